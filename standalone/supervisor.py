"""Supervises a group of services: they start in order, are restarted when they die, and stop together."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Final, Protocol

from analytics.errors import SupportAnalyticsError

_POLL_SECONDS: Final = 0.1
_FIRST_BACKOFF_SECONDS: Final = 1.0
_LONGEST_BACKOFF_SECONDS: Final = 30.0
_SETTLED_SECONDS: Final = 60.0
_STOPPING_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServiceFailedError(SupportAnalyticsError):
    """A service did not become ready at the first start."""


class Supervised(Protocol):
    """A service that can be supervised: a process, or a server with processes of its own."""

    @property
    def name(self) -> str:
        """Short name for people and log files."""

    def start(self) -> None:
        """Start the service; this is called again after it has died."""

    def stop(self) -> None:
        """Stop the service and its child processes; do nothing if it is stopped already."""

    def is_alive(self) -> bool:
        """Say whether the service runs."""

    def is_ready(self) -> bool:
        """Say whether the service is ready to work."""

    def why_not(self) -> str:
        """Say where to look when the service is not ready."""


@dataclass(slots=True)
class _Watched:
    service: Supervised
    backoff_seconds: float = _FIRST_BACKOFF_SECONDS
    started_at: float = 0.0
    restart_at: float | None = None


@dataclass(slots=True)
class Supervisor:
    """Runs services until it is stopped.

    Attributes:
        services: Services in the order of their start; they stop in the reverse order.
        say: Prints one line for a person.
        clock: Seconds of a clock that never goes back.
        sleep: Waits for a number of seconds.
        background: Services that start when all others are ready, so as not to delay them; nothing waits for these.
        ready_seconds: How long a service may take to become ready at the first start.
    """

    services: Sequence[Supervised]
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    background: Sequence[Supervised] = ()
    ready_seconds: float = 90.0
    _watched: list[_Watched] = field(default_factory=list, init=False)

    def start(self) -> None:
        """Start the services in order, wait until all are ready, then start the background services.

        A service does not wait for the one before it to be ready.

        Raises:
            ServiceFailedError: If a service does not become ready; call `stop` then to stop the others.
        """
        self._start(self.services)
        for service in self.services:
            self._await_ready(service)
        self._start(self.background)

    def _start(self, services: Sequence[Supervised]) -> None:
        for service in services:
            self._watched.append(_Watched(service, started_at=self.clock()))
            service.start()

    def _await_ready(self, service: Supervised) -> None:
        give_up_at = self.clock() + self.ready_seconds
        while not service.is_ready():
            if not service.is_alive() or self.clock() >= give_up_at:
                message = f"The {service.name} did not start."
                raise ServiceFailedError(message, service.why_not())
            self.sleep(_POLL_SECONDS)

    def watch_once(self) -> None:
        """Check every service once, and restart dead services whose waiting time (backoff) has passed."""
        for watched in self._watched:
            self._look_after(watched)

    def _look_after(self, watched: _Watched) -> None:
        now = self.clock()
        if watched.service.is_alive():
            if now - watched.started_at >= _SETTLED_SECONDS:
                watched.backoff_seconds = _FIRST_BACKOFF_SECONDS
            return
        if watched.restart_at is None:
            watched.restart_at = now + watched.backoff_seconds
            self.say(f"The {watched.service.name} stopped; restarting it in {watched.backoff_seconds:.0f} s.")
            watched.backoff_seconds = min(2 * watched.backoff_seconds, _LONGEST_BACKOFF_SECONDS)
        elif now >= watched.restart_at:
            watched.restart_at, watched.started_at = None, now
            self._restart(watched.service)

    def _restart(self, service: Supervised) -> None:
        try:
            service.start()
        except (SupportAnalyticsError, OSError) as error:
            self.say(f"The {service.name} cannot be restarted: {error}")

    def watch(self) -> None:
        """Check the services again and again until KeyboardInterrupt."""
        while True:
            self.watch_once()
            self.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Stop every service in the reverse order; a further Ctrl-C does not interrupt this."""
        with signals_ignored():
            while self._watched:
                self._watched.pop().service.stop()


class signals_ignored:  # noqa: N801 - reads as a statement
    """Context in which Ctrl-C and SIGTERM do nothing, so that a stop completes."""

    def __enter__(self) -> None:
        """Remember the signal handlers and ignore the signals."""
        self._before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING_SIGNALS}

    def __exit__(self, *_: object) -> None:
        """Restore the signal handlers."""
        for number, handler in self._before.items():
            signal.signal(number, handler)


def interrupt_on_stop_signals() -> None:
    """Make SIGTERM and SIGHUP end the command as Ctrl-C does, so that all services are stopped."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in _STOPPING_SIGNALS:
        signal.signal(number, interrupt)
