"""Strangers open connections and say nothing, or half of something."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from portal.web.connections import BoundedConnection
from tests.conftest import DEPTH
from tests.integration.classifier_service.serving.serving_server import wait_until

STRANGERS = 2_000 if DEPTH == "deep" else 300
MOST = STRANGERS // 2
LARGE = 64 * 1024 * 1024


class Patient(BoundedConnection):
    """Waits for long; makes room."""

    most = MOST


class Impatient(BoundedConnection):
    """Waits hardly at all."""

    request_seconds = 0.3
    reading_seconds = 0.5


async def hello(_request: Request) -> Response:
    """Answer shortly."""
    return PlainTextResponse("hello")


async def much(_request: Request) -> Response:
    """Answer at length."""
    return PlainTextResponse("x" * LARGE)


@contextlib.contextmanager
def served(protocol: type[BoundedConnection]) -> Iterator[uvicorn.Server]:
    """Serve a small application until the context ends."""
    app = Starlette(routes=[Route("/", hello), Route("/much", much)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=protocol, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        wait_until(lambda: server.started, "it does not listen")
        yield server
    finally:
        server.should_exit = True
        thread.join()


def port_of(server: uvicorn.Server) -> int:
    """Return the port that a server listens on."""
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


def stranger(server: uvicorn.Server, words: bytes) -> socket.socket:
    """Open a connection and say some words."""
    opened = socket.create_connection(("127.0.0.1", port_of(server)), timeout=60)
    opened.sendall(words)
    return opened


@pytest.mark.parametrize("words", [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: "])
def test_a_request_is_answered_beside_very_many_silent_connections(words: bytes) -> None:
    """The oldest silent ones give way, so that there are never more than are allowed."""
    with served(Patient) as server, contextlib.ExitStack() as stack:
        for _ in range(STRANGERS):
            stack.enter_context(stranger(server, words))
        answer = httpx2.get(f"http://127.0.0.1:{port_of(server)}/", timeout=60)
        assert answer.text == "hello"
        wait_until(lambda: len(server.server_state.connections) <= MOST, "too many are open")


def test_half_a_head_is_not_waited_for_for_ever() -> None:
    """Neither as the first request of a connection nor as a later one."""
    with served(Impatient) as server, stranger(server, b"GET / HTTP/1.1\r\nHo") as first:
        assert first.recv(1) == b""
        with stranger(server, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as second:
            assert second.recv(1000).startswith(b"HTTP/1.1 200")
            second.sendall(b"GET / HTTP/1.1\r\nHo")
            while second.recv(1000):
                pass


def test_an_answer_that_nobody_takes_is_given_up() -> None:
    """So that a reader who stops keeps no thread and no memory."""
    with served(Impatient) as server, stranger(server, b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n") as reader:
        assert reader.recv(100)
        wait_until(lambda: not server.server_state.connections, "it is still open")


def test_an_answer_that_is_taken_slowly_arrives() -> None:
    """Only who takes nothing at all is left."""
    with served(Impatient) as server, stranger(server, b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n") as reader:
        received = 0
        while received < LARGE:
            part = reader.recv(1024 * 1024)
            assert part
            received += len(part)
