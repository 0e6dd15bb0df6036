"""The server: listens, keeps the classifier current, reports its health, and stops without dropping a call."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import grpc
from grpc_reflection.v1alpha import reflection

from analytics.errors import SettingsError
from classifier_service.serving.classifier_holder import ClassifierHolder
from classifier_service.serving.health import HEALTH_SERVICE_NAME, ServiceHealth
from classifier_service.serving.interceptors.callers import CallerInterceptor
from classifier_service.serving.interceptors.counting import CountingInterceptor
from classifier_service.serving.interceptors.errors import ErrorInterceptor
from classifier_service.serving.interceptors.messages import MessageInterceptor
from classifier_service.serving.interceptors.reading import ReadingInterceptor
from classifier_service.serving.memory import give_memory_back
from classifier_service.serving.metrics import ServiceMetrics
from classifier_service.serving.served_classifier import ClassifierSource
from classifier_service.serving.servicer import ClassifierServicer
from classifier_service.serving.tokens_file import TokensFile
from classifier_service.settings import ServiceSettings, TlsFiles
from protos.gen.classifier.v1 import classifier_service_pb2
from protos.gen.classifier.v1.classifier_service_pb2_grpc import add_ClassifierServiceServicer_to_server
from storage.given_file import GivenFileError, read_given

SERVICE_NAME: Final = classifier_service_pb2.DESCRIPTOR.services_by_name["ClassifierService"].full_name
_LOGGER: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class RunningServer:
    """A server that listens.

    Attributes:
        port: Port that it listens on.
        metrics_port: Port of `/metrics`; None when it serves no metrics.
    """

    port: int
    metrics_port: int | None
    _server: grpc.aio.Server
    _health: ServiceHealth
    _settings: ServiceSettings

    async def stop(self) -> None:
        """Say NOT_SERVING, take calls for a moment more, then let running calls end."""
        await self._health.stop()
        _LOGGER.info("draining")
        await asyncio.sleep(self._settings.drain_seconds)
        await self._server.stop(self._settings.grace_seconds)
        _LOGGER.info("stopped")


@contextlib.asynccontextmanager
async def running_server(
    settings: ServiceSettings, source: ClassifierSource, *, shares_port: bool = False
) -> AsyncIterator[RunningServer]:
    """Listen, and keep the classifier current, until the context ends.

    Args:
        settings: How to serve.
        source: Where models and rules come from.
        shares_port: Whether other processes may listen on the same port.

    Raises:
        SettingsError: If the address, the certificates or the tokens cannot be used.
    """
    metrics = ServiceMetrics()
    holder = ClassifierHolder(source, metrics.observer)
    tokens = TokensFile(settings.tokens_file)
    interceptors = [
        CountingInterceptor(metrics),
        ErrorInterceptor(),
        CallerInterceptor(tokens.callers),
        ReadingInterceptor(),
        MessageInterceptor(),
    ]
    server = grpc.aio.server(interceptors=interceptors, options=_options(settings, shares_port=shares_port))
    with ThreadPoolExecutor(settings.worker_threads, "classify") as workers:
        servicer = ClassifierServicer(holder, workers, settings.max_content_characters)
        add_ClassifierServiceServicer_to_server(servicer, server)
        health = ServiceHealth((SERVICE_NAME,))
        await health.add_to(server)
        reflection.enable_server_reflection((SERVICE_NAME, HEALTH_SERVICE_NAME, reflection.SERVICE_NAME), server)
        port = _listen(server, settings)
        metrics_port = metrics.serve(settings.host, settings.metrics_port) if settings.metrics_port else None
        await server.start()
        _LOGGER.info("listening", extra={"fields": {"port": port, "process": os.getpid()}})
        running = RunningServer(port, metrics_port, server, health, settings)
        keeper = asyncio.create_task(_keep_current(holder, tokens, health, settings.poll_seconds))
        try:
            yield running
        finally:
            keeper.cancel()
            await running.stop()


def _options(settings: ServiceSettings, *, shares_port: bool) -> list[tuple[str, int]]:
    return [
        ("grpc.so_reuseport", int(shares_port)),
        ("grpc.max_receive_message_length", settings.max_request_bytes),
        ("grpc.max_send_message_length", -1),
        # What nobody has asked for yet stays with its sender; grpc would let megabytes of each call in beforehand.
        ("grpc.http2.bdp_probe", 0),
        # These notice a peer that has vanished without closing the connection, and end its streams.
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ]


def _listen(server: grpc.aio.Server, settings: ServiceSettings) -> int:
    try:
        if settings.tls is None:
            return server.add_insecure_port(settings.address)
        return server.add_secure_port(settings.address, _credentials(settings.tls))
    except RuntimeError as error:
        message = f"The classifier cannot listen on {settings.address}."
        hint = "Another program may use the port, or a certificate may not fit its key; see CLASSIFIER_ADDRESS."
        raise SettingsError(message, hint) from error


def _credentials(tls: TlsFiles) -> grpc.ServerCredentials:
    try:
        key, certificate = read_given(tls.key), read_given(tls.certificate)
        client_ca = read_given(tls.client_ca) if tls.client_ca else None
    except GivenFileError as error:
        raise SettingsError(error.message, "Check the CLASSIFIER_TLS_ variables: its certificate and key.") from error
    return grpc.ssl_server_credentials([(key, certificate)], client_ca, client_ca is not None)


async def _keep_current(
    holder: ClassifierHolder, tokens: TokensFile, health: ServiceHealth, poll_seconds: float
) -> None:
    """Every few seconds ask the registry and return freed memory; say SERVING once there is a classifier to serve."""
    while True:
        await asyncio.to_thread(holder.refresh)
        await asyncio.to_thread(give_memory_back)
        tokens.refresh()
        if holder.is_serving:
            await health.serve()
        await asyncio.sleep(poll_seconds)


async def serve_until_stopped(settings: ServiceSettings, source: ClassifierSource, parent: int | None) -> None:
    """Serve until SIGTERM or SIGINT; one of several processes also stops when the process that started it is gone.

    Args:
        settings: How to serve.
        source: Where models and rules come from.
        parent: Id of the process that started this one; None for a single process.

    Raises:
        SettingsError: If the address, the certificates or the tokens cannot be used.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    orphaned = asyncio.create_task(_when_orphaned(parent, stopped)) if parent is not None else None
    async with running_server(settings, source, shares_port=parent is not None):
        await stopped.wait()
    if orphaned:
        orphaned.cancel()


async def _when_orphaned(parent: int, stopped: asyncio.Event) -> None:
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells a process that its parent is gone
        await asyncio.sleep(1)
    stopped.set()
