"""One id, one log line and one measurement for every request."""

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.web.metrics_endpoint import PortalMetrics
from portal.web.own_paths import ALIVE, METRICS, READY

REQUEST_ID_HEADER: Final = "X-Request-ID"
_LOGGER: Final = logging.getLogger("portal.requests")
_QUIET_ROUTES: Final = frozenset({ALIVE, READY, METRICS})


class RequestObserver:
    """ASGI middleware around everything else.

    The log names the route, never the address as typed: that may hold words of a search or somebody's e-mail.
    """

    def __init__(self, app: ASGIApp, *, metrics: PortalMetrics, route_of: Callable[[str], str]) -> None:
        """Wrap an application.

        Args:
            app: What answers.
            metrics: Where requests are counted.
            route_of: Path -> its route, one of a few.
        """
        self._app = app
        self._metrics = metrics
        self._route_of = route_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        observed = _Observed(send, request_id)
        started = time.perf_counter()
        try:
            await self._app(_with_id(scope, request_id), receive, observed.send)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the last edge: nothing may leave without an answer and a line
            _LOGGER.error("request failed", extra={"fields": {"request_id": request_id, "error": type(error).__name__}})  # noqa: TRY400 - the message may hold data
            if observed.status is None:
                await PlainTextResponse("Something went wrong.", 500)(scope, receive, observed.send)
        finally:
            self._note(scope, observed, time.perf_counter() - started)

    def _note(self, scope: Scope, observed: "_Observed", seconds: float) -> None:
        route = self._route_of(scope["path"])
        status = observed.status or 499
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.observe(method, route, status, seconds)
        if route not in _QUIET_ROUTES:
            fields = {
                "request_id": observed.request_id,
                "method": method,
                "route": route,
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
                "bytes": observed.byte_count,
            }
            _LOGGER.info("request", extra={"fields": fields})


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Observed:
    """What was sent as the answer to one request."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status: int | None = None
        self.byte_count = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            name = REQUEST_ID_HEADER.lower().encode()
            headers = [pair for pair in message.get("headers", []) if pair[0].lower() != name]
            message = {**message, "headers": [*headers, (name, self.request_id.encode())]}
        else:
            self.byte_count += len(message.get("body", b""))
        await self._send(message)


def _with_id(scope: Scope, request_id: str) -> Scope:
    """Hand the id on as a header, in place of one that the client made up."""
    name = REQUEST_ID_HEADER.lower().encode()
    headers = [pair for pair in scope["headers"] if pair[0] != name]
    return {**scope, "headers": [*headers, (name, request_id.encode())]}
