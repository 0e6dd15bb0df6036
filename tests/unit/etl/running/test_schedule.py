"""A job is due when its time has come round since it last ran, in the reporting time zone's clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.jobs.registry import JOBS
from etl.running.job import Job, JobResult
from etl.running.schedule import UnreadableScheduleError, due_before, is_due

ZONE = "Africa/Johannesburg"
JOB = Job(
    "count_stars", "Counts stars.", (), (), lambda _context: JobResult(0), lock="count_stars", schedule="0 2 * * *"
)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_a_time_is_that_of_the_reporting_zone() -> None:
    """Two in the morning in Johannesburg is midnight in Greenwich."""
    assert due_before("0 2 * * *", NOON, ZONE) == datetime(2026, 3, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("succeeded_at", "due"),
    [
        (None, True),
        (NOON - timedelta(days=3), True),
        (datetime(2026, 3, 3, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 4, 0, 0, tzinfo=UTC), False),
        (NOON, False),
    ],
)
def test_a_job_is_due_until_it_has_run_since_its_time(succeeded_at: datetime | None, due: bool) -> None:
    """Never run, or last run before its latest time: due; a time missed while the machine was off counts once."""
    assert is_due(JOB, succeeded_at, NOON, ZONE) is due


def test_a_job_without_a_schedule_is_never_due() -> None:
    """What is run by hand only is left alone, even if it never ran."""
    assert not is_due(replace(JOB, schedule=None), None, NOON, ZONE)


@pytest.mark.parametrize("schedule", ["", "often", "61 2 * * *", "0 2 * *", "0 0 31 2 *"])
def test_a_schedule_that_cannot_be_read_is_refused(schedule: str) -> None:
    """A mistake in a schedule is told in one sentence that names it."""
    with pytest.raises(UnreadableScheduleError, match="cannot be read"):
        due_before(schedule, NOON, ZONE)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_daily_time_has_passed_within_a_day(now: datetime) -> None:
    """In a zone without summer time, a daily time has passed within a day."""
    assert now - timedelta(days=1) < due_before("0 2 * * *", now, ZONE) <= now


def test_every_job_has_a_readable_schedule_or_is_run_by_hand() -> None:
    """Only a rebuild waits for a person: refreshes keep the marts equal to one."""
    by_hand = {name for name, job in JOBS.items() if job.schedule is None}
    assert by_hand == {"rebuild_marts"}
    for job in JOBS.values():
        assert job.schedule is None or due_before(job.schedule, NOON, ZONE) <= NOON
