"""Asks what the Data health page shows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from portal.topics.data_health.dataset import (
    Background,
    ImportRow,
    JobRow,
    Quarantine,
    QuarantineRow,
    RuleRow,
    WorkRow,
)
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import Artefacts
from warehouse.work_queue.work import Kind, Work

_MOST_WORKS: Final = 12
_MOST_IMPORTS: Final = 20
ROWS_A_PAGE: Final = 10
_LONGEST_VALUE: Final = 80
_SILENCE: Final = timedelta(seconds=60)
_IMPORTS: Final = sa.text("""
    select
        made.id, made.kind, made.source, made.file_name, made.started_at, made.undone_at, made.keeps_replaced,
        cast(made.report ->> 'row_count' as bigint) as rows,
        cast(made.report ->> 'new_count' as bigint) as new,
        cast(made.report ->> 'updated_count' as bigint) as changed,
        (
            select count(*) from raw.quarantined_records as held
            where held.import_id = made.id and held.released_at is null
        ) as waiting
    from raw.imports as made
    where made.finished_at is not null
    order by made.id desc
    limit :limit
""")
_WAITING: Final = sa.text("select count(*) from raw.quarantined_records where released_at is null")
_QUARANTINED: Final = sa.text("""
    select made.file_name, held.line_number, held.reasons, held.payload
    from raw.quarantined_records as held
    inner join raw.imports as made on made.id = held.import_id
    where held.released_at is null
    order by held.id desc
    limit :limit offset :skipped
""")
_JOBS: Final = sa.text("""
    select distinct on (run.job)
        run.job, run.started_at, run.outcome, run.row_count as rows, coalesce(run.error, '') as error,
        extract(epoch from run.finished_at - run.started_at)::float as seconds,
        (
            select count(*) from ops.job_runs as past
            where past.job = run.job and past.outcome in ('failed', 'abandoned')
            and past.started_at > now() - interval '7 days'
        ) as failures,
        (
            select max(past.started_at) from ops.job_runs as past
            where past.job = run.job and past.outcome = 'succeeded'
        ) as succeeded_at
    from ops.job_runs as run
    order by run.job, run.id desc
""")
_RULES: Final = sa.text("""
    select distinct on (check_name)
        check_name as rule, checked_at, failing_count as failing, sample_ticket_ids as tickets
    from ops.data_quality_results
    order by check_name, id desc
""")


def background(connection: sa.Connection, artefacts: Artefacts, reader: str) -> Background:
    """Return the latest works; what they have to tell is read for their owner only."""
    seen = queue.last_seen(connection)
    now = datetime.now(UTC)
    there = {name for name, at in seen.items() if now - at < _SILENCE}
    works = tuple(_row(each, artefacts, reader) for each in queue.recent(connection, _MOST_WORKS))
    return Background(works, "jobs" in there, "portal" in there)


def own_work(connection: sa.Connection, artefacts: Artefacts, number: int, reader: str) -> WorkRow:
    """Return a work of the reader's own.

    Raises:
        WorkError: If it is not.
    """
    return _row(queue.work_of(connection, number, reader), artefacts, reader)


def imports(connection: sa.Connection) -> tuple[ImportRow, ...]:
    """Return the latest imports, the latest first."""
    return tuple(ImportRow(**row) for row in connection.execute(_IMPORTS, {"limit": _MOST_IMPORTS}).mappings())


def quarantine(connection: sa.Connection, page: int) -> Quarantine:
    """Return how many rows wait, and a page of them, the latest first."""
    total = int(connection.scalar(_WAITING) or 0)
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(1, page), pages)
    bound = {"limit": ROWS_A_PAGE, "skipped": (page - 1) * ROWS_A_PAGE}
    rows = connection.execute(_QUARANTINED, bound)
    return Quarantine(total, tuple(_quarantined(*row) for row in rows), page, pages)


def jobs(connection: sa.Connection) -> tuple[JobRow, ...]:
    """Return the latest run of each job, by name."""
    return tuple(JobRow(**row) for row in connection.execute(_JOBS).mappings())


def rules(connection: sa.Connection) -> tuple[RuleRow, ...]:
    """Return the latest look at each rule of the data, those that are broken first."""
    rows = (RuleRow(**{**row, "tickets": tuple(row["tickets"])}) for row in connection.execute(_RULES).mappings())
    return tuple(sorted(rows, key=lambda each: (-each.failing, each.rule)))


def _row(each: Work, artefacts: Artefacts, reader: str) -> WorkRow:
    is_own = each.asked_by == reader
    has_ended = each.finished_at is not None
    return WorkRow(
        each.id,
        each.kind,
        str(each.parameters.get("job", "")) if each.kind == Kind.RUN_JOB else "",
        str(each.parameters.get("name", "")) if is_own else "",
        each.asked_by,
        each.asked_at,
        each.state,
        each.step,
        each.done_count,
        each.total_count,
        each.is_cancel_wanted,
        each.error or "",
        each.result,
        each.file_bytes if is_own and each.file_name else None,
        artefacts.answer(each.id) if is_own and has_ended else {},
        each.parameters if is_own else {},
    )


def _quarantined(
    file_name: str, line: int, reasons: Sequence[dict[str, str]], payload: dict[str, Any]
) -> QuarantineRow:
    told = tuple((each["code"], each["column"]) for each in reasons)
    values = {column: str(payload[column])[:_LONGEST_VALUE] for _, column in told if column in payload}
    return QuarantineRow(file_name, line, told, values)
