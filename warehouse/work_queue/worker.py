"""Does queued work, one after the other: takes it up, holds it by a lease, and says how it ended."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from analytics.log_lines import failure_fields
from warehouse.full_disk import named
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import Artefacts
from warehouse.work_queue.work import KEPT, Kind, State, Work, WorkCancelledError, WorkLostError

LEASE: Final = timedelta(seconds=30)
_LOOK_SECONDS: Final = 1.0
_FORGET_SECONDS: Final = 3_600.0
_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a work did.

    Attributes:
        result: Its numbers.
        answer: What only its owner reads; {} for nothing.
        file_name: Name of the file that it made; None without one.
        file_bytes: Its size.
    """

    result: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    file_name: str | None = None
    file_bytes: int | None = None


@dataclass(slots=True)
class HeldWork:
    """A work in a worker's hands.

    Attributes:
        work: The work.
        artefacts: Where its files lie.
    """

    work: Work
    artefacts: Artefacts
    _progress: dict[str, Any] = field(default_factory=dict)
    _is_cancelled: bool = False
    _is_lost: bool = False

    def say(self, *, step: str = "", done: int | None = None, total: int | None = None) -> None:
        """Say how far the work is; shown with the next sign of life.

        Raises:
            WorkCancelledError: If whoever asked does not want it any more.
            WorkLostError: If another worker has it by now.
        """
        told = {"step": step or None, "done_count": done, "total_count": total}
        self._progress = {**self._progress, **{name: value for name, value in told.items() if value is not None}}
        self.check()

    def check(self) -> None:
        """Raise if the work is to stop.

        Raises:
            WorkCancelledError: If whoever asked does not want it any more.
            WorkLostError: If another worker has it by now.
        """
        if self._is_lost:
            message = "Another worker has taken this work up."
            raise WorkLostError(message)
        if self._is_cancelled:
            message = "The work was cancelled."
            raise WorkCancelledError(message)

    def show_life(self, engine: sa.Engine, lease: timedelta) -> None:
        """Renew the lease, show how far it is, and hear whether it is to stop."""
        heard = queue.renew(engine, self.work, lease, self._progress)
        self._is_lost = heard is None
        self._is_cancelled = bool(heard)


Do = Callable[[HeldWork], Outcome]


@dataclass(slots=True)
class Worker:
    """Does the works of some kinds.

    Attributes:
        name: Which part of the product it is, as in `ops.workers`.
        engine: Database, in a role that may change the queue.
        artefacts: Where files lie.
        kinds: How each kind is done.
        lease: How long a work is held without a sign of life.
    """

    name: str
    engine: sa.Engine
    artefacts: Artefacts
    kinds: Mapping[Kind, Do]
    lease: timedelta = LEASE
    _forgot_at: float = float("-inf")

    def run_until_stopped(self, should_stop: Callable[[], bool]) -> None:
        """Do what is queued, and wait for more; while the database is away, wait for it."""
        while not should_stop():
            try:
                while not should_stop() and self.run_one():
                    pass
            except Exception as error:  # noqa: BLE001 - a worker outlives whatever a single look at the queue meets
                _LOGGER.warning("queue not reached", extra={"fields": failure_fields(error)})
            until = time.monotonic() + _LOOK_SECONDS
            while time.monotonic() < until and not should_stop():
                time.sleep(0.1)

    def run_one(self) -> bool:
        """Do the oldest work; returns False when there is none."""
        queue.show_presence(self.engine, self.name)
        self._forget()
        taken = queue.claim(self.engine, tuple(self.kinds), self.lease)
        if taken is None:
            return False
        held = HeldWork(taken, self.artefacts)
        ended = threading.Event()
        heart = threading.Thread(target=self._beat, args=(held, ended), daemon=True)
        heart.start()
        try:
            self._do(held)
        finally:
            ended.set()
            heart.join()
        return True

    def _do(self, held: HeldWork) -> None:
        try:
            if held.work.is_cancel_wanted:
                queue.finish(self.engine, held.work, State.CANCELLED)
                return
            outcome = self.kinds[Kind(held.work.kind)](held)
        except WorkLostError:
            return
        except WorkCancelledError:
            queue.finish(self.engine, held.work, State.CANCELLED)
            return
        except Exception as raised:  # noqa: BLE001 - whatever a work meets is told of where it was asked for
            self._fail(held, named(raised))
            return
        if outcome.answer:
            self.artefacts.write_answer(held.work.id, dict(outcome.answer))
        told = {"result": dict(outcome.result), "file_name": outcome.file_name, "file_bytes": outcome.file_bytes}
        queue.finish(self.engine, held.work, State.DONE, **told)

    def _fail(self, held: HeldWork, error: Exception) -> None:
        is_foreseen = isinstance(error, SupportAnalyticsError)
        fields = {"work": held.work.id, "kind": held.work.kind, **failure_fields(error)}
        _LOGGER.error("work failed", extra={"fields": fields})
        if isinstance(error, SupportAnalyticsError):
            self.artefacts.write_answer(held.work.id, {"message": error.message, "hint": error.hint})
        slug = error.slug if isinstance(error, SupportAnalyticsError) else "database_or_program"
        queue.finish(self.engine, held.work, State.FAILED, error=slug[:100] if is_foreseen else slug)

    def _beat(self, held: HeldWork, ended: threading.Event) -> None:
        while not ended.wait(min(1.0, self.lease.total_seconds() / 4)):
            try:
                held.show_life(self.engine, self.lease)
                queue.show_presence(self.engine, self.name)
            except sa.exc.SQLAlchemyError as error:
                _LOGGER.warning("no sign of life", extra={"fields": failure_fields(error)})

    def _forget(self) -> None:
        """Delete what is older than a week, once an hour."""
        if time.monotonic() - self._forgot_at < _FORGET_SECONDS:
            return
        for number in queue.forget_before(self.engine, tuple(self.kinds), datetime.now(UTC) - KEPT):
            self.artefacts.forget(number)
        self._forgot_at = time.monotonic()
