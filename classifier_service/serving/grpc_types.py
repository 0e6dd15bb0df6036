"""Names for grpc's types, which are generic in their stubs only."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import grpc

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
"""One call, seen from the service."""
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
"""One method's behaviour, with how its messages are read and written."""
MaybeHandler: TypeAlias = "grpc.RpcMethodHandler[Any, Any] | None"
"""None for a method that nobody answers."""
Continuation: TypeAlias = "Callable[[grpc.HandlerCallDetails], Awaitable[MaybeHandler]]"
"""Asks the next interceptor for a method's handler."""
