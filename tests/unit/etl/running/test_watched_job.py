"""A watched job runs until nothing waits, and rests after a failure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.running.job import JobResult
from etl.running.runner import JobRun, Outcome
from etl.running.watched_job import WatchedJob, repeat_until_done, run_watched

FAILED = JobRun("score", Outcome.FAILED, 0.1, error="The service does not answer.")
IDLE = JobRun("score", Outcome.SUCCEEDED, 0.1, JobResult(0))


def busy(waiting: int) -> JobRun:
    """Return a run that did something and left something."""
    return JobRun("score", Outcome.SUCCEEDED, 0.1, JobResult(5, {"waiting": waiting}))


@dataclass(slots=True)
class Script:
    """A job whose runs are known beforehand.

    Attributes:
        runs: What comes of each.
        told: Runs that were told of.
        now: Seconds.
    """

    runs: Iterator[JobRun]
    told: list[JobRun] = field(default_factory=list)
    now: float = 0.0

    def watched(self) -> WatchedJob:
        return WatchedJob(lambda: next(self.runs), self.told.append, lambda: False, lambda: self.now)


def test_a_job_is_repeated_until_nothing_waits() -> None:
    """What one run left is done by the next, and the last run is what is told."""
    runs = iter([busy(9), busy(3), busy(0), FAILED])
    assert repeat_until_done(lambda: next(runs)) == busy(0)


def test_a_job_that_is_told_to_stop_is_not_repeated() -> None:
    """A stop does not wait for a queue to empty."""
    runs = iter([busy(9), FAILED])
    assert repeat_until_done(lambda: next(runs), lambda: True) == busy(9)


def test_only_runs_that_did_something_or_failed_are_told() -> None:
    """A log of a quiet day is short."""
    script = Script(iter([IDLE, busy(0), FAILED]))
    watched = script.watched()
    for _ in range(3):
        watched()
    assert script.told == [busy(0), FAILED]


def test_pauses_double_up_to_a_minute_and_a_success_ends_them() -> None:
    """A service that is down is asked now and then, and one that is back soon."""
    script = Script(iter([*[FAILED] * 8, IDLE, FAILED]))
    watched, pauses = script.watched(), []
    for _ in range(8):
        assert run_watched([watched]) is not None
        pauses.append(watched.rests_seconds)
        watched()
        script.now += watched.rests_seconds or 0
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert run_watched([watched]) is None
    assert run_watched([watched]) == 1
