"""Lets only known callers through, before anything that they send is read."""

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Final

import grpc

from classifier_service.errors import UnknownCallerError
from classifier_service.serving.callers import ANONYMOUS, Callers
from classifier_service.serving.grpc_types import Context, Continuation, Handler, MaybeHandler
from classifier_service.serving.interceptors.around_calls import AroundCalls
from classifier_service.serving.interceptors.current_caller import current_caller
from classifier_service.serving.interceptors.reading import HEALTH_METHODS


class CallerInterceptor(AroundCalls):
    """Lets callers in whose token the service knows; health checks are open to all, because probes have no token."""

    def __init__(self, callers: Callable[[], Callers | None]) -> None:
        """Ask `callers` at every call, because the tokens file may change; None lets everybody in."""
        super().__init__()
        self._callers = callers
        self._refusals: dict[str, Handler] = {}

    async def intercept_service(  # type: ignore[override] # the stub forgets unknown methods
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MaybeHandler:
        """Return the method's handler for a known caller; for a stranger one that does not read the request.

        grpc reads and decodes the message of a unary method before it calls the handler. So a stranger's call has to
        be turned away here, by its metadata alone, or it costs the memory of all that it sends.
        """
        handler = await super().intercept_service(continuation, handler_call_details)
        method = handler_call_details.method
        if handler is None or self._lets_in(method, handler_call_details):
            return handler
        if method not in self._refusals:
            self._refusals[method] = self.wrap(_REFUSAL, method)
        return self._refusals[method]

    @contextlib.asynccontextmanager
    async def around(self, method: str, context: Context) -> AsyncIterator[None]:
        """Find out the caller's name and remember it for the call."""
        callers = self._callers()
        if callers is None or method.startswith(HEALTH_METHODS):
            current_caller.set(_certificate_name(context))
        else:
            current_caller.set(callers.caller_of(context.invocation_metadata() or ()))
        yield

    def _lets_in(self, method: str, details: grpc.HandlerCallDetails) -> bool:
        callers = self._callers()
        if callers is None or method.startswith(HEALTH_METHODS):
            return True
        try:
            callers.caller_of(details.invocation_metadata or ())
        except UnknownCallerError:
            return False
        return True


async def _refuse(_requests: AsyncIterator[bytes], _context: Context) -> None:
    """Stand in for a method; the check around it raises before, unless the tokens file changed in between."""
    message = "The service did not know this caller's token when the call began."
    raise UnknownCallerError(message, "Call again.")


# A method that takes a stream is called before the first message is read.
_REFUSAL: Final[Handler] = grpc.stream_stream_rpc_method_handler(_refuse)


def _certificate_name(context: Context) -> str:
    names = [*context.auth_context().get("x509_common_name", ())]
    return names[0].decode("utf-8", "replace") if names else ANONYMOUS
