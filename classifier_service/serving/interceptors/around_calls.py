"""The base of interceptors that do something before and after every call."""

import inspect
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, cast

import grpc

from classifier_service.serving.grpc_types import Context, Continuation, Handler, MaybeHandler

_BEHAVIOURS: Final = ("unary_unary", "unary_stream", "stream_unary", "stream_stream")


class AroundCalls(grpc.aio.ServerInterceptor):  # type: ignore[type-arg] # generic in its stub only
    """Base of interceptors that do something before and after a call; each method is wrapped once."""

    def __init__(self) -> None:
        """Start with nothing wrapped."""
        self._wrapped: dict[str, Handler] = {}

    @abstractmethod
    def around(self, method: str, context: Context) -> AbstractAsyncContextManager[None]:
        """Return the context for one call of a method, for example `/classifier.v1.ClassifierService/GetModel`."""

    async def intercept_service(  # type: ignore[override] # the stub forgets unknown methods
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MaybeHandler:
        """Return the handler with this interceptor around it; None (an unknown method) stays None."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is not None and method not in self._wrapped:
            self._wrapped[method] = self._wrap(handler, method)
        return self._wrapped.get(method, handler)

    def _wrap(self, handler: Handler, method: str) -> Handler:
        name, inner = behaviour_of(handler)
        return replaced(handler, **{name: self._surrounded(inner, method)})

    def _surrounded(self, inner: Callable[..., Any], method: str) -> Callable[..., Any]:
        if inspect.isasyncgenfunction(inner):

            async def generate(request: object, context: Context) -> AsyncIterator[Any]:
                async with self.around(method, context):
                    async for response in inner(request, context):
                        yield response

            return generate

        async def answer(request: object, context: Context) -> object:
            async with self.around(method, context):
                return await inner(request, context)

        return answer


def behaviour_of(handler: Handler) -> tuple[str, Callable[..., Any]]:
    """Return the name of the handler's attribute that holds its function, and the function."""
    return next((name, getattr(handler, name)) for name in _BEHAVIOURS if getattr(handler, name) is not None)


def replaced(handler: Handler, **parts: object) -> Handler:
    """Return a handler with some attributes replaced; grpc's own handlers are named tuples."""
    return cast("Handler", cast("Any", handler)._replace(**parts))
