"""Aliases for grpc's types, which are generic in grpc's type stubs but not at run time."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import grpc

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
"""One call, as the service sees it."""
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
"""The function of one method, and how its messages are read and written."""
MaybeHandler: TypeAlias = "grpc.RpcMethodHandler[Any, Any] | None"
"""None for a method that does not exist."""
Continuation: TypeAlias = "Callable[[grpc.HandlerCallDetails], Awaitable[MaybeHandler]]"
"""Asks the next interceptor for a method's handler."""
