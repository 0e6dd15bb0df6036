"""Every job there is."""

from typing import Final

from etl.job import Job
from etl.jobs import rebuild_marts, refresh_marts

JOBS: Final[dict[str, Job]] = {job.name: job for job in (refresh_marts.JOB, rebuild_marts.JOB)}
