"""Says which results are about another desk: they are from before an import that brought much of what there is."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from warehouse.tables.ops import data_version, job_runs
from warehouse.tables.raw import imports

_MUCH: Final = 0.1
"""Part of all records that came by imports."""


def much_came_at() -> sa.ScalarSelect[datetime]:
    """Return the query of when much last came in, or was taken back, that the marts have by now."""
    new, updated = (imports.c.report[name].as_integer() for name in ("new_count", "updated_count"))
    whole = sa.select(sa.func.sum(new)).scalar_subquery()
    settled = sa.func.coalesce(imports.c.undone_at, imports.c.finished_at)
    return (
        sa.select(sa.func.max(settled))
        .where(new + updated > 0, new + updated >= _MUCH * whole)
        .where(settled <= sa.select(data_version.c.refreshed_at).scalar_subquery())
        .scalar_subquery()
    )


def outdated_jobs(connection: sa.Connection) -> frozenset[str]:
    """Return the jobs whose latest successful run began before much came in."""
    jobs = sa.select(job_runs.c.job).where(job_runs.c.outcome == "succeeded").group_by(job_runs.c.job)
    return frozenset(connection.scalars(jobs.having(sa.func.max(job_runs.c.started_at) < much_came_at())))
