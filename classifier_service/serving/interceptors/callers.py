"""Lets only known callers through."""

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Final

from classifier_service.serving.callers import ANONYMOUS, Callers
from classifier_service.serving.grpc_types import Context
from classifier_service.serving.interceptors.around_calls import AroundCalls
from classifier_service.serving.interceptors.current_caller import current_caller

_HEALTH: Final = "/grpc.health.v1.Health/"


class CallerInterceptor(AroundCalls):
    """Lets callers in whose token the service knows; health checks are open to all, because probes have no token."""

    def __init__(self, callers: Callable[[], Callers | None]) -> None:
        """Ask `callers` at every call, because the tokens file may change; None lets everybody in."""
        super().__init__()
        self._callers = callers

    @contextlib.asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Find out the caller's name and remember it for the call."""
        callers = self._callers()
        if callers is None or method.startswith(_HEALTH):
            current_caller.set(_certificate_name(context))
        else:
            current_caller.set(callers.caller_of(context.invocation_metadata() or ()))
        yield


def _certificate_name(context: Context) -> str:
    names = [*context.auth_context().get("x509_common_name", ())]
    return names[0].decode("utf-8", "replace") if names else ANONYMOUS
