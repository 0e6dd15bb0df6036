"""Messages that cost memory are read a few at a time."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakValueDictionary

import grpc

from classifier_service.errors import MalformedRequestError
from classifier_service.serving.grpc_types import Context, Handler
from classifier_service.serving.interceptors.current_caller import current_caller
from classifier_service.serving.interceptors.wrapping import WrappingInterceptor, behaviour_of
from classifier_service.serving.memory import give_memory_back

HEALTH_METHODS: Final = "/grpc.health.v1.Health/"
_BATCH_METHOD: Final = "/classifier.v1.ClassifierService/BatchClassifyTickets"


@dataclass(frozen=True, slots=True)
class _Limits:
    """How the requests of a method are read.

    Attributes:
        at_once: From one caller at one address, so that nobody keeps others waiting.
        seconds: How long one may take to arrive; None to leave that to the call's deadline.
        bytes: The longest; None for whatever the server takes.
    """

    at_once: int
    seconds: float | None
    bytes: int | None


_OF_HEALTH: Final = _Limits(at_once=4, seconds=2, bytes=256)
_OF_BATCHES: Final = _Limits(at_once=16, seconds=None, bytes=None)


class ReadingInterceptor(WrappingInterceptor):
    """Reads few health checks and batches of one caller at once, and answers no health check that is long.

    grpc itself reads the whole message of such a method, as long as any message may be, before it calls the handler.
    A method that takes a stream decides for itself when to read, and what is not read yet stays with the sender.
    """

    def __init__(self) -> None:
        """Start with nothing being read."""
        super().__init__()
        self._slots: WeakValueDictionary[tuple[str, str], asyncio.Semaphore] = WeakValueDictionary()

    def wrap(self, handler: Handler, method: str) -> Handler:
        """Return a handler that reads the one request by itself; other methods stay as they are."""
        limits = _limits_of(method)
        if limits is None or handler.request_streaming:
            return handler
        _name, inner = behaviour_of(handler)
        answer = self._answer_of(inner, handler.request_deserializer, limits)
        return grpc.stream_stream_rpc_method_handler(answer, response_serializer=handler.response_serializer)

    def _answer_of(
        self, inner: Callable[..., Any], deserialize: Callable[[bytes], Any] | None, limits: _Limits
    ) -> Callable[[AsyncIterator[bytes], Context], Any]:
        async def answer(_requests: AsyncIterator[bytes], context: Context) -> None:
            response = inner(await self._read(context, deserialize, limits), context)
            if inspect.isawaitable(response):
                response = await response
            if response is not None:
                await context.write(response)

        return answer

    async def _read(self, context: Context, deserialize: Callable[[bytes], Any] | None, limits: _Limits) -> object:
        caller = (current_caller.get(), context.peer().rpartition(":")[0])
        slots = self._slots.setdefault(caller, asyncio.Semaphore(limits.at_once))
        try:
            async with slots, asyncio.timeout(limits.seconds):
                data = await context.read()  # an iterator over the requests would hold the last one
                if not isinstance(data, bytes):
                    data = b""  # the stream ended without a message
                if limits.bytes is None or len(data) <= limits.bytes:
                    return deserialize(data) if deserialize else data
        except TimeoutError as error:
            message = f"The health check took more than {limits.seconds} s to arrive."
            raise MalformedRequestError(message) from error
        del data  # the error holds this frame for a while
        give_memory_back()
        message = "A health check is no longer than a service's name."
        raise MalformedRequestError(message)


def _limits_of(method: str) -> _Limits | None:
    if method.startswith(HEALTH_METHODS):
        return _OF_HEALTH
    return _OF_BATCHES if method == _BATCH_METHOD else None
