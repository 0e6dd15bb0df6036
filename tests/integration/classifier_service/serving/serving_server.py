"""A real server over a real port, on an event loop of its own thread, so that tests can be plain functions."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from classifier_service.serving.served_classifier import ClassifierSource
from classifier_service.serving.server import RunningServer, running_server
from classifier_service.settings import ServiceSettings
from protos.gen.classifier.v1.classifier_service_pb2_grpc import ClassifierServiceStub

SERVICE = "classifier.v1.ClassifierService"
WAIT_SECONDS = 60.0


def make_settings(directory: Path, **overrides: object) -> ServiceSettings:
    """Return settings for a free port; overrides are by the variable's name without CLASSIFIER_."""
    variables = {
        "ADDRESS": "127.0.0.1:0",
        "REGISTRY_URL": str(directory / "models"),
        "SIGNING_KEY_FILE": str(directory / "key"),
        "POLL_SECONDS": 1,
        "DRAIN_SECONDS": 0,
    }
    values = {f"CLASSIFIER_{name}": str(value) for name, value in (variables | overrides).items()}
    return ServiceSettings.from_environment(values)


@dataclass(slots=True)
class Served:
    """A server that runs.

    Attributes:
        running: The server itself.
        loop: The event loop that it runs on.
        channel: A connection to it.
    """

    running: RunningServer
    loop: asyncio.AbstractEventLoop
    channel: grpc.Channel

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.running.port}"

    @property
    def stub(self) -> ClassifierServiceStub:
        """The contract's methods."""
        return ClassifierServiceStub(self.channel)

    def status(self, service: str = SERVICE) -> int:
        """Ask the health service."""
        return status_of(self.channel, service)


def status_of(channel: grpc.Channel, service: str = SERVICE) -> int:
    """Ask a health service."""
    stub = health_pb2_grpc.HealthStub(channel)
    answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=5, wait_for_ready=True)
    return int(answer.status)


def wait_until(what: Callable[[], bool], message: str, seconds: float = WAIT_SECONDS) -> None:
    """Wait for something to become true, and fail with the message when it does not."""
    give_up_at = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < give_up_at, message
        time.sleep(0.02)


@contextmanager
def serving(
    settings: ServiceSettings,
    source: ClassifierSource,
    *,
    credentials: grpc.ChannelCredentials | None = None,
    waits: bool = True,
    options: Mapping[str, object] | None = None,
) -> Iterator[Served]:
    """Run a server until the context ends.

    Args:
        settings: Of the server.
        source: Where its classifiers come from.
        credentials: Of the channel; None speaks in the clear.
        waits: Whether to wait for SERVING.
        options: Of the channel.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    manager = running_server(settings, source)

    def on_loop(work: Awaitable[Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(_itself(work), loop).result(WAIT_SECONDS)

    try:
        running = on_loop(manager.__aenter__())
        address, arguments = f"127.0.0.1:{running.port}", [*(options or {}).items()]
        channel = (
            grpc.secure_channel(address, credentials, arguments)
            if credentials
            else grpc.insecure_channel(address, arguments)
        )
        with channel:
            served = Served(running, loop, channel)
            try:
                if waits:
                    wait_until(lambda: served.status() == health_pb2.HealthCheckResponse.SERVING, "it never served")
                yield served
            finally:
                on_loop(manager.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(WAIT_SECONDS)
        loop.close()


async def _itself(work: Awaitable[Any]) -> Any:
    return await work
