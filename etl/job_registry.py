"""Every job there is."""

from typing import Final

from etl.job import Job
from etl.jobs import (
    check_data_quality,
    classify_tickets,
    prune_history,
    publish_rules,
    rebuild_marts,
    refresh_marts,
)

_MODULES: Final = (
    refresh_marts,
    rebuild_marts,
    publish_rules,
    classify_tickets,
    check_data_quality,
    prune_history,
)

JOBS: Final[dict[str, Job]] = {module.JOB.name: module.JOB for module in _MODULES}
