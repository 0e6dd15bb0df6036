"""Runs a job again and again, until nothing is left to do; after a failure it pauses first."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from etl.running.runner import JobRun, Outcome

_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 60.0


def repeat_until_done(run: Callable[[], JobRun], should_stop: Callable[[], bool] = lambda: False) -> JobRun:
    """Run a job until its result says that nothing is waiting, and return the last run.

    Args:
        run: Runs the job once. The details of the result may say how many rows are still `waiting`.
        should_stop: Asked between runs.
    """
    while (done := run()).outcome is Outcome.SUCCEEDED and not should_stop():
        if done.result is None or not done.result.details.get("waiting"):
            break
    return done


@dataclass(slots=True)
class WatchedJob:
    """A job that runs whenever it is called, unless it pauses after a failure.

    Attributes:
        run: Runs the job once.
        tell: Takes a run that failed or changed something.
        should_stop: Asked between runs.
        clock: A monotonic clock, in seconds.
    """

    run: Callable[[], JobRun]
    tell: Callable[[JobRun], None]
    should_stop: Callable[[], bool]
    clock: Callable[[], float] = time.monotonic
    _pause_seconds: float = field(default=_FIRST_PAUSE_SECONDS, init=False)
    _rests_until: float = field(default=float("-inf"), init=False)

    def __call__(self) -> None:
        """Run the job; the pause after a failure doubles with each further failure, up to a minute."""
        if self.clock() < self._rests_until:
            return
        done = repeat_until_done(self._once, self.should_stop)
        if done.outcome is Outcome.FAILED:
            self._rests_until = self.clock() + self._pause_seconds
            self._pause_seconds = min(2 * self._pause_seconds, _LONGEST_PAUSE_SECONDS)
        else:
            self._pause_seconds = _FIRST_PAUSE_SECONDS

    @property
    def rests_seconds(self) -> float | None:
        """Seconds until the pause ends; None if the job does not pause."""
        left = self._rests_until - self.clock()
        return left if left > 0 else None

    def _once(self) -> JobRun:
        done = self.run()
        if done.outcome is not Outcome.SUCCEEDED or (done.result and done.result.row_count):
            self.tell(done)
        return done


def run_watched(jobs: Sequence[WatchedJob]) -> float | None:
    """Run jobs in their order, and return the seconds until the first pause ends; None if no job pauses."""
    for job in jobs:
        job()
    rests = [seconds for job in jobs if (seconds := job.rests_seconds) is not None]
    return min(rests, default=None)
