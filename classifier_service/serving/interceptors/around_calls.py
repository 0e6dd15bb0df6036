"""The base of interceptors that do something before and after every call."""

import inspect
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from classifier_service.serving.grpc_types import Context, Handler
from classifier_service.serving.interceptors.wrapping import WrappingInterceptor, behaviour_of, replaced


class AroundCalls(WrappingInterceptor):
    """Base of interceptors that do something before and after a call."""

    @abstractmethod
    def around(self, method: str, context: Context) -> AbstractAsyncContextManager[None]:
        """Return the context for one call of a method, for example `/classifier.v1.ClassifierService/GetModel`."""

    def wrap(self, handler: Handler, method: str) -> Handler:
        """Return the handler with this interceptor around it."""
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
