"""A request is there as a whole before a thread works on it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send

from portal.web.request_body import RequestBody

SCOPE: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}


def chunks(*bodies: bytes) -> Callable[[], Awaitable[Message]]:
    """Return what a server receives: the chunks of a body, then the end of the connection."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    messages += [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return messages.pop(0)

    return receive


def ask(receive: Receive, seconds: float = 20.0) -> tuple[list[Message], list[Message]]:
    """Return what the application received and what was sent."""
    received: list[Message] = []
    sent: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        received.extend([await receive(), await receive()])

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(RequestBody(app, most_bytes=10, seconds=seconds)(SCOPE, receive, send))
    return received, sent


def test_a_body_in_pieces_arrives_as_one() -> None:
    """Then comes whatever follows it."""
    received, sent = ask(chunks(b"12345", b"67890"))
    assert received[0] == {"type": "http.request", "body": b"1234567890", "more_body": False}
    assert received[1]["type"] == "http.disconnect"
    assert sent == []


@pytest.mark.parametrize("pieces", [(b"12345678901",), (b"1234567890", b"1")])
def test_a_body_that_is_too_large_is_refused(pieces: tuple[bytes, ...]) -> None:
    """Whether or not it says its length."""
    received, sent = ask(chunks(*pieces))
    assert received == []
    assert sent[0]["status"] == 413


def test_a_body_that_never_arrives_is_given_up() -> None:
    """A slow sender holds no thread."""

    async def nothing() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    received, sent = ask(nothing, seconds=0.01)
    assert received == []
    assert sent[0]["status"] == 408
