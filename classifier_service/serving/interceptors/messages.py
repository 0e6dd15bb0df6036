"""Answers malformed messages with an error that says so; grpc itself would answer INTERNAL."""

import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc
from google.protobuf.message import DecodeError

from classifier_service.errors import MalformedRequestError
from classifier_service.serving.grpc_types import Context, Continuation, Handler, MaybeHandler
from classifier_service.serving.interceptors.around_calls import behaviour_of, replaced


class MessageInterceptor(grpc.aio.ServerInterceptor):  # type: ignore[type-arg] # generic in its stub only
    """The innermost interceptor, so that nothing is said about a message before its sender is known."""

    def __init__(self) -> None:
        """Start with nothing wrapped."""
        self._wrapped: dict[str, Handler] = {}

    async def intercept_service(  # type: ignore[override] # the stub forgets unknown methods
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> MaybeHandler:
        """Return the handler with its messages checked; None (an unknown method) stays None."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is not None and method not in self._wrapped:
            name, inner = behaviour_of(handler)
            check = _check_stream if handler.request_streaming else _check
            deserialize = _forgiving(handler.request_deserializer)
            self._wrapped[method] = replaced(handler, **{name: check(inner), "request_deserializer": deserialize})
        return self._wrapped.get(method, handler)


class _NoMessage:
    """Stands for bytes that are not a message."""


def _forgiving(deserialize: Callable[[bytes], Any] | None) -> Callable[[bytes], Any]:
    """Read bytes that are not a message as `_NoMessage`, because grpc itself would answer them with INTERNAL."""

    def read(data: bytes) -> object:
        try:
            return deserialize(data) if deserialize else data
        except (DecodeError, UnicodeDecodeError):
            return _NoMessage()

    return read


def _checked(request: object) -> object:
    if isinstance(request, _NoMessage):
        message = "The request is not a message of the contract."
        raise MalformedRequestError(message, "Check that every text in it is UTF-8.")
    return request


def _check(inner: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(inner):

        async def generate(request: object, context: Context) -> AsyncIterator[Any]:
            async for response in inner(_checked(request), context):
                yield response

        return generate

    async def answer(request: object, context: Context) -> object:
        return await inner(_checked(request), context)

    return answer


def _check_stream(inner: Callable[..., Any]) -> Callable[..., Any]:
    async def checked(requests: AsyncIterator[object]) -> AsyncIterator[object]:
        async for request in requests:
            yield _checked(request)

    if inspect.isasyncgenfunction(inner):

        async def generate(requests: AsyncIterator[object], context: Context) -> AsyncIterator[Any]:
            async for response in inner(checked(requests), context):
                yield response

        return generate

    async def answer(requests: AsyncIterator[object], context: Context) -> object:
        return await inner(checked(requests), context)

    return answer
