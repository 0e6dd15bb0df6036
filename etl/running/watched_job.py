"""A job that runs again and again: until nothing is left to do, and after a failure not before a pause."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from etl.running.runner import JobRun, Outcome

_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 60.0


def repeat_until_done(run: Callable[[], JobRun], should_stop: Callable[[], bool] = lambda: False) -> JobRun:
    """Run a job until its result says that nothing waits any more, and return the last run.

    Args:
        run: Runs it once. A job that stops before it is done says in its details how many rows are `waiting`.
        should_stop: Asked between runs.
    """
    while (done := run()).outcome is Outcome.SUCCEEDED and not should_stop():
        if done.result is None or not done.result.details.get("waiting"):
            break
    return done


@dataclass(slots=True)
class WatchedJob:
    """Runs whenever it is called, unless it has just failed.

    Attributes:
        run: Runs the job once.
        tell: Takes a run that failed or changed something.
        should_stop: Asked between runs.
        clock: Seconds that only grow.
    """

    run: Callable[[], JobRun]
    tell: Callable[[JobRun], None]
    should_stop: Callable[[], bool]
    clock: Callable[[], float] = time.monotonic
    _pause_seconds: float = field(default=_FIRST_PAUSE_SECONDS, init=False)
    _rests_until: float = field(default=float("-inf"), init=False)

    def __call__(self) -> None:
        """Run the job; after each failure in a row it rests for twice as long, a minute at most."""
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
        """How long it rests from now on; None when it does not."""
        left = self._rests_until - self.clock()
        return left if left > 0 else None

    def _once(self) -> JobRun:
        done = self.run()
        if done.outcome is not Outcome.SUCCEEDED or (done.result and done.result.row_count):
            self.tell(done)
        return done


def run_watched(jobs: Sequence[WatchedJob]) -> float | None:
    """Run jobs in their order, and return after how many seconds the first of those that failed has rested."""
    for job in jobs:
        job()
    rests = [seconds for job in jobs if (seconds := job.rests_seconds) is not None]
    return min(rests, default=None)
