"""The standard health service: NOT_SERVING at first, then SERVING, and NOT_SERVING for good once the server stops."""

from collections.abc import Sequence
from typing import Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

HEALTH_SERVICE_NAME: Final = health.SERVICE_NAME
LIVE_SERVICE_NAME: Final = "live"
"""This name is SERVING from the start, even without a model: a liveness probe must not restart a server that waits."""
_SERVING: Final = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING: Final = health_pb2.HealthCheckResponse.NOT_SERVING


class ServiceHealth:
    """Health of the whole server, under the empty name, and of its services."""

    def __init__(self, service_names: Sequence[str]) -> None:
        """Remember the services' names; `add_to` then says that they do not serve yet."""
        self._names = ("", *service_names)
        self._servicer = health.aio.HealthServicer()  # type: ignore[attr-defined] # the stub has only threads
        self._is_serving = False

    async def add_to(self, server: grpc.aio.Server) -> None:
        """Answer health checks on a server, with NOT_SERVING at first."""
        for name in self._names:
            await self._servicer.set(name, _NOT_SERVING)
        await self._servicer.set(LIVE_SERVICE_NAME, _SERVING)
        health_pb2_grpc.add_HealthServicer_to_server(self._servicer, server)

    async def serve(self) -> None:
        """Say SERVING; do nothing if that was said before, or if the server is stopping."""
        if not self._is_serving:
            self._is_serving = True
            for name in self._names:
                await self._servicer.set(name, _SERVING)

    async def stop(self) -> None:
        """Say NOT_SERVING for good."""
        await self._servicer.enter_graceful_shutdown()
