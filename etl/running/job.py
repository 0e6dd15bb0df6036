"""What a job is: a name, what it reads and writes, and one function that is safe to run twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

Detail = int | float | str | list[int]


def _no_progress(_message: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job is given.

    Attributes:
        engine: Database, in the role `etl_writer`.
        now: The instant the run began; the only clock a job may read.
        time_zone: IANA name of the reporting time zone.
        say: Takes one short line of progress at a time.
    """

    engine: sa.Engine
    now: datetime
    time_zone: str
    say: Callable[[str], None] = _no_progress


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a run did.

    Attributes:
        row_count: Rows it wrote or changed; 0 when there was nothing to do.
        details: Figures worth keeping with the run. No personal data.
    """

    row_count: int
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled piece of work.

    Attributes:
        name: Name of the job, also of its command, its CronJob and its rows in `ops.job_runs`.
        description: One sentence for the person who lists the jobs.
        reads: Tables it reads.
        writes: Tables it writes.
        run: Does the work. Running it twice changes nothing.
        lock: Jobs with the same lock never run at the same time.
        schedule: When it runs by itself, as five cron fields in the reporting time zone; None means only by hand.
        takes_older_schema: Whether it works before the database is migrated too, as a backup does.
    """

    name: str
    description: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[JobContext], JobResult]
    lock: str
    schedule: str | None = None
    takes_older_schema: bool = False
