"""The name of the current call's caller."""

from contextvars import ContextVar
from typing import Final

UNKNOWN: Final = "unknown"
# Set by the interceptor that identifies the caller, read by the one that counts; both run in the call's own task.
current_caller: Final[ContextVar[str]] = ContextVar("current_caller", default=UNKNOWN)
