"""Connections that say nothing are closed, so that no number of them keeps others out."""

import asyncio
import resource
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS: Final = 15.0
"""How long the head of a request may take to arrive; browsers open connections before they need them."""
READING_SECONDS: Final = 30.0
"""How long a client may take none of an answer that is being sent."""
MOST_CONNECTIONS: Final = 4_096
_OTHER_FILES: Final = 128
"""Files and connections to the database that the portal has open besides."""
_MANY_FILES: Final = 65_536


def raise_file_limit() -> None:
    """Take as many open files as the system lets us have, up to a large number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, _MANY_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections() -> int:
    """Return how many connections may be open, so that files are left for what else is to be opened."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(1, min(MOST_CONNECTIONS, soft - _OTHER_FILES))


class BoundedConnection(H11Protocol):
    """One connection; it is closed when no request comes, or when nobody takes the answer.

    When there are too many, the one that has been silent for longest gives way to the new one.

    Attributes:
        request_seconds: How long the head of a request may take to arrive.
        reading_seconds: How long a client may take none of an answer.
        most: How many connections may be open; None: as many as there are files for.
    """

    request_seconds: float = REQUEST_SECONDS
    reading_seconds: float = READING_SECONDS
    most: int | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as the base class takes them
        """Start without a connection."""
        super().__init__(*arguments, **named)
        self._request_timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None
        self.silent_since = 0.0

    @property
    def is_silent(self) -> bool:
        """Whether no request is being worked on."""
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr] # None before the first request

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the base class
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait_for_request()
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting_for_request()
        self._stop_waiting_for_reader()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes; the time for a request runs on while its head is not complete."""
        super().data_received(data)
        if not self.is_silent:
            self._stop_waiting_for_request()
        elif self._request_timer is None:
            self._wait_for_request()

    def pause_writing(self) -> None:
        """Begin to watch whether the client takes more of its answer."""
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        """Go on sending."""
        self._stop_waiting_for_reader()
        super().resume_writing()

    def _wait_for_request(self) -> None:
        self.silent_since = self.loop.time()
        self._request_timer = self.loop.call_later(self.request_seconds, self._close_if_silent)

    def _stop_waiting_for_request(self) -> None:
        if self._request_timer is not None:
            self._request_timer.cancel()
            self._request_timer = None

    def _close_if_silent(self) -> None:
        self._request_timer = None
        if self.is_silent:
            self.transport.close()

    def _wait_for_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._reading_timer = self.loop.call_later(self.reading_seconds, self._leave_idle_reader, left)

    def _stop_waiting_for_reader(self) -> None:
        if self._reading_timer is not None:
            self._reading_timer.cancel()
            self._reading_timer = None

    def _leave_idle_reader(self, left: int) -> None:
        if self.transport.get_write_buffer_size() < left:
            self._wait_for_reader()
        else:
            self.transport.abort()

    def _make_room(self) -> None:
        most = most_connections() if self.most is None else self.most
        if len(self.connections) <= most:
            return
        silent = [each for each in self.connections if isinstance(each, BoundedConnection) and each.is_silent]
        min(silent, key=lambda each: each.silent_since).transport.abort()
