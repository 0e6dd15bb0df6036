"""Every job there is."""

from typing import Final

from etl.job import Job
from etl.jobs import check_data_quality, prune_history, rebuild_marts, refresh_marts

_ALL: Final = (refresh_marts.JOB, rebuild_marts.JOB, check_data_quality.JOB, prune_history.JOB)

JOBS: Final[dict[str, Job]] = {job.name: job for job in _ALL}
