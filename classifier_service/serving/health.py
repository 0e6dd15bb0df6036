"""The standard health service, as this server uses it: not serving, serving, and never again once it stops."""

from collections.abc import Sequence
from typing import Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

HEALTH_SERVICE_NAME: Final = health.SERVICE_NAME
LIVE_SERVICE_NAME: Final = "live"
"""Serves from the start, model or not: a probe that asks for it restarts what hangs, not what waits for a model."""
_SERVING: Final = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING: Final = health_pb2.HealthCheckResponse.NOT_SERVING


class ServiceHealth:
    """Health of the whole server, under the empty name, and of its services."""

    def __init__(self, service_names: Sequence[str]) -> None:
        """Know the services' names; `add_to` says that they do not serve yet."""
        self._names = ("", *service_names)
        self._servicer = health.aio.HealthServicer()  # type: ignore[attr-defined] # its stub knows threads only
        self._is_serving = False

    async def add_to(self, server: grpc.aio.Server) -> None:
        """Answer health checks on a server, with NOT_SERVING at first."""
        for name in self._names:
            await self._servicer.set(name, _NOT_SERVING)
        await self._servicer.set(LIVE_SERVICE_NAME, _SERVING)
        health_pb2_grpc.add_HealthServicer_to_server(self._servicer, server)

    async def serve(self) -> None:
        """Say SERVING; does nothing once it is said, or once the server stops."""
        if not self._is_serving:
            self._is_serving = True
            for name in self._names:
                await self._servicer.set(name, _SERVING)

    async def stop(self) -> None:
        """Say NOT_SERVING for good."""
        await self._servicer.enter_graceful_shutdown()
