"""When a job is due, from its five cron fields."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from analytics.errors import SupportAnalyticsError
from etl.running.job import Job

_HINT: Final = "Five fields are meant: minute, hour, day of the month, month, day of the week."


class UnreadableScheduleError(SupportAnalyticsError):
    """A schedule is not a cron expression."""


def due_before(schedule: str, now: datetime, time_zone: str) -> datetime:
    """Return the latest time of a schedule that is not after `now`.

    Raises:
        UnreadableScheduleError: If the schedule cannot be read or never comes.
    """
    # CronSim, going backwards, leaves out the instant it starts from. A minute later includes the present minute.
    return _latest_before(schedule, now.replace(second=0, microsecond=0) + timedelta(minutes=1), time_zone)


def is_due(job: Job, succeeded_at: datetime | None, now: datetime, time_zone: str) -> bool:
    """Say whether a job has not succeeded since the latest time of its schedule.

    If several times passed while the machine was off, the job runs once for all of them. A job that never ran is due at
    once.

    Args:
        job: The job; without a schedule it is never due.
        succeeded_at: When its latest successful run began; None when there was none.
        now: With a time zone.
        time_zone: IANA name of the time zone of the schedule.
    """
    if job.schedule is None:
        return False
    return succeeded_at is None or succeeded_at < due_before(job.schedule, now, time_zone)


def _latest_before(schedule: str, now: datetime, time_zone: str) -> datetime:
    try:
        return next(CronSim(schedule, now.astimezone(ZoneInfo(time_zone)), reverse=True))
    except (CronSimError, StopIteration) as error:
        message = f"The schedule {schedule!r} cannot be read."
        raise UnreadableScheduleError(message, _HINT) from error
