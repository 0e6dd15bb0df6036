"""Watching processes end, for the tests of the supervised group."""

import time
from collections.abc import Callable

import psutil

WAIT_SECONDS = 120.0


def is_gone(process: psutil.Process) -> bool:
    """Say whether a process has ended, reaped by its new parent or not."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def eventually(condition: Callable[[], bool]) -> bool:
    """Wait for a condition; a bound on failure only, not a measurement."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not condition() and time.monotonic() < give_up_at:
        time.sleep(0.05)
    return condition()
