"""Handlers of methods in a wrapper, made once for each method."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Final, cast

import grpc

from classifier_service.serving.grpc_types import Continuation, Handler, MaybeHandler

_BEHAVIOURS: Final = ("unary_unary", "unary_stream", "stream_unary", "stream_stream")


class WrappingInterceptor(grpc.aio.ServerInterceptor):  # type: ignore[type-arg] # generic in its stub only
    """Base of interceptors that put another handler in place of a method's own."""

    def __init__(self) -> None:
        """Start with nothing wrapped."""
        self._wrapped: dict[tuple[str, Handler], Handler] = {}

    @abstractmethod
    def wrap(self, handler: Handler, method: str) -> Handler:
        """Return what answers instead of a handler.

        Args:
            handler: The method's own.
            method: Its name, for example `/classifier.v1.ClassifierService/GetModel`.
        """

    async def intercept_service(  # type: ignore[override] # the stub forgets unknown methods
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MaybeHandler:
        """Return the wrapped handler of a method; None, which means unknown, stays None."""
        handler = await continuation(handler_call_details)
        if handler is None:
            return None
        method = handler_call_details.method
        known = (method, handler)  # a caller who is refused gets another handler than one who is let in
        if known not in self._wrapped:
            self._wrapped[known] = self.wrap(handler, method)
        return self._wrapped[known]


def behaviour_of(handler: Handler) -> tuple[str, Callable[..., Any]]:
    """Return a handler's function and the name of the part that holds it."""
    return next((name, getattr(handler, name)) for name in _BEHAVIOURS if getattr(handler, name) is not None)


def replaced(handler: Handler, **parts: object) -> Handler:
    """Return a handler with some parts replaced; grpc's own handlers are named tuples."""
    return cast("Handler", cast("Any", handler)._replace(**parts))
