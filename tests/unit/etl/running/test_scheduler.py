"""The scheduler runs what is due, in order, and does not insist on what has just failed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from etl.running.job import Job, JobResult
from etl.running.scheduler import Scheduler

START = datetime(2026, 3, 4, 12, tzinfo=UTC)


def job(name: str, schedule: str | None = "0 2 * * *") -> Job:
    """Return a job that is never run itself: the desk below stands for its process."""
    return Job(name, "Counts stars.", (), (), lambda _context: JobResult(0), lock=name, schedule=schedule)


@dataclass
class Desk:
    """A clock, a history and a record of what ran."""

    broken: set[str] = field(default_factory=set)
    ran: list[str] = field(default_factory=list)
    history: dict[str, datetime] = field(default_factory=dict)
    time: datetime = START
    most: int = 100

    def run(self, each: Job) -> int:
        self.ran.append(each.name)
        if each.name in self.broken:
            return 1
        self.history[each.name] = self.time
        return 0

    def scheduler(self, *jobs: Job) -> Scheduler:
        return Scheduler(
            jobs, "UTC", lambda: self.history, self.run, lambda: len(self.ran) >= self.most, now=lambda: self.time
        )


def test_everything_runs_once_at_first_and_in_order() -> None:
    """A new installation has all its numbers as soon as possible, and then waits for the night."""
    desk = Desk()
    scheduler = desk.scheduler(job("first"), job("by_hand", None), job("second"))
    scheduler.run_due()
    scheduler.run_due()
    assert desk.ran == ["first", "second"]


def test_a_job_runs_again_when_its_time_comes_round() -> None:
    """After the next night it has run twice."""
    desk = Desk()
    scheduler = desk.scheduler(job("nightly"))
    scheduler.run_due()
    desk.time += timedelta(hours=13)
    scheduler.run_due()
    desk.time += timedelta(hours=2)
    scheduler.run_due()
    assert desk.ran == ["nightly", "nightly"]


def test_a_job_that_failed_rests_and_the_others_go_on() -> None:
    """A broken job is tried again after a quarter of an hour, and holds up nobody."""
    desk = Desk(broken={"broken"})
    scheduler = desk.scheduler(job("broken"), job("sound"))
    scheduler.run_due()
    scheduler.run_due()
    assert desk.ran == ["broken", "sound"]
    desk.time += timedelta(minutes=16)
    scheduler.run_due()
    assert desk.ran == ["broken", "sound", "broken"]


def test_a_wish_to_stop_is_heard_between_jobs() -> None:
    """Once a stop is asked for, no further job begins."""
    desk = Desk(most=1)
    desk.scheduler(job("first"), job("second")).run_due()
    assert desk.ran == ["first"]
