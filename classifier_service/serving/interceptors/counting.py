"""Counts every call, and logs failed calls."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import Final

import grpc

from classifier_service.serving.grpc_types import Context
from classifier_service.serving.interceptors.around_calls import AroundCalls
from classifier_service.serving.interceptors.current_caller import current_caller
from classifier_service.serving.metrics import ServiceMetrics

_LOGGER: Final = logging.getLogger(__name__)


class CountingInterceptor(AroundCalls):
    """Counts every call; logs failed calls, and the others at level debug."""

    def __init__(self, metrics: ServiceMetrics) -> None:
        """Count in these metrics."""
        super().__init__()
        self._metrics = metrics

    @contextlib.asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Measure the time of one call and record its outcome."""
        name = method.rpartition("/")[2]
        code = grpc.StatusCode.OK
        began = time.perf_counter()
        try:
            yield
        except asyncio.CancelledError:
            is_late = (context.time_remaining() or 1) <= 0
            code = grpc.StatusCode.DEADLINE_EXCEEDED if is_late else grpc.StatusCode.CANCELLED
            raise
        except grpc.aio.AbortError:
            code = context.code()
            raise
        finally:
            self._note(name, code, time.perf_counter() - began)

    def _note(self, name: str, code: grpc.StatusCode, seconds: float) -> None:
        caller = current_caller.get()
        self._metrics.observe(name, code.name, caller, seconds)
        level = logging.DEBUG if code is grpc.StatusCode.OK else logging.INFO
        if _LOGGER.isEnabledFor(level):
            milliseconds = round(seconds * 1000, 2)
            fields = {"method": name, "code": code.name, "caller": caller, "milliseconds": milliseconds}
            _LOGGER.log(level, "call", extra={"fields": fields})
