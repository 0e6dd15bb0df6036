"""The name of whoever calls, for as long as the call lasts."""

from contextvars import ContextVar
from typing import Final

UNKNOWN: Final = "unknown"
# Set where the caller is found out, read where the call is counted; both are in the call's own task.
current_caller: Final[ContextVar[str]] = ContextVar("current_caller", default=UNKNOWN)
