"""Requests are received whole before a thread works on them, so that slow senders hold no thread."""

import asyncio
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS: Final = 20.0


class RequestBody:
    """ASGI middleware that hands requests on with their whole body."""

    def __init__(self, app: ASGIApp, *, most_bytes: int, seconds: float = _SECONDS) -> None:
        """Wrap an application.

        Args:
            app: What answers.
            most_bytes: The largest body taken.
            seconds: How long a body may take to arrive.
        """
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _has_two_lengths(scope):
            refusal = PlainTextResponse("The request states two lengths.", 400, {"connection": "close"})
            await refusal(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(self._read(receive), self._seconds)
        except TimeoutError:
            await PlainTextResponse("The request took too long to arrive.", 408)(scope, receive, send)
            return
        if body is None:
            await PlainTextResponse("The request is larger than the portal takes.", 413)(scope, receive, send)
            return
        await self._app(scope, _Replay(body, receive).receive, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the body; None when it is too large."""
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._most_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body)


def _has_two_lengths(scope: Scope) -> bool:
    """Say whether a request is sent in chunks and states a length: two programs may see its end at two places.

    https://www.rfc-editor.org/rfc/rfc9112#section-6.3
    """
    names = [name.lower() for name, _value in scope["headers"]]
    return (b"transfer-encoding" in names and b"content-length" in names) or names.count(b"content-length") > 1


class _Replay:
    """Gives a body that was read as one message, then whatever follows."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._receive = receive

    async def receive(self) -> Message:
        message, self._message = self._message, None
        return await self._receive() if message is None else message
