"""What only Linux has, and what stands in for it elsewhere."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_DESCRIPTORS = Path("/proc/self/fd")
_LIBC = ctypes.CDLL(None, use_errno=True)


def tie_to(parent: int, death_signal: signal.Signals) -> Callable[[], None] | None:
    """Return what a child runs between fork and exec, so that the kernel ends it with its parent.

    Elsewhere than on Linux that is nothing: a child is stopped by its parent, but outlives one that was killed. The
    locks that it inherited then keep a second one from starting.
    """
    if sys.platform != "linux":
        return None

    def tie() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def path_of_descriptor(descriptor: int, directory: Path) -> str:
    """Return a path to an open directory that needs no right to pass its parents.

    Elsewhere than on Linux that is the directory's own path, and an account that cannot pass the parents is refused.
    """
    return f"{_DESCRIPTORS}/{descriptor}" if _DESCRIPTORS.is_dir() else str(directory)
