"""Answers malformed messages with an error that says so; grpc itself would answer INTERNAL."""

import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

from google.protobuf.message import DecodeError

from classifier_service.errors import MalformedRequestError
from classifier_service.limits import MAX_BATCH_TICKETS
from classifier_service.serving.converters import too_many_tickets
from classifier_service.serving.grpc_types import Context, Handler
from classifier_service.serving.interceptors.wrapping import WrappingInterceptor, behaviour_of, replaced
from classifier_service.serving.wire_format import has_more_fields


class MessageInterceptor(WrappingInterceptor):
    """Innermost, so that nothing is said about a message before its sender is known."""

    def wrap(self, handler: Handler, method: str) -> Handler:
        """Return the handler with its messages checked."""
        del method
        name, inner = behaviour_of(handler)
        check = _checked_stream if handler.request_streaming else _checked
        deserialize = _forgiving(handler.request_deserializer)
        return replaced(handler, **{name: _given(inner, check), "request_deserializer": deserialize})


class _NoMessage:
    """Stands for bytes that are not a message."""


class _TooManyFields:
    """Stands for a message with more tickets than a batch may have; two million empty ones fit into 4 MiB."""


def _forgiving(deserialize: Callable[[bytes], Any] | None) -> Callable[[bytes], Any]:
    """Read bytes that are not a message as `_NoMessage`, because grpc itself would answer them with INTERNAL."""

    def read(data: bytes) -> object:
        if has_more_fields(data, MAX_BATCH_TICKETS):
            return _TooManyFields()
        try:
            return deserialize(data) if deserialize else data
        except (DecodeError, UnicodeDecodeError):
            return _NoMessage()

    return read


def _checked(request: object) -> object:
    if isinstance(request, _NoMessage):
        message = "The request is not a message of the contract."
        raise MalformedRequestError(message, "Check that every text in it is UTF-8.")
    if isinstance(request, _TooManyFields):
        raise too_many_tickets()
    return request


async def _checked_stream(requests: AsyncIterator[object]) -> AsyncIterator[object]:
    async for request in requests:
        yield _checked(request)


def _given(inner: Callable[..., Any], check: Callable[[Any], object]) -> Callable[..., Any]:
    """Return a method's function that is given its request, or the stream of them, checked."""
    if inspect.isasyncgenfunction(inner):

        async def generate(request: object, context: Context) -> AsyncIterator[Any]:
            async for response in inner(check(request), context):
                yield response

        return generate

    async def answer(request: object, context: Context) -> object:
        return await inner(check(request), context)

    return answer
