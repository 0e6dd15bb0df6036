"""Locks on a directory; the kernel releases a lock when its last holder dies."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_POLL_SECONDS = 0.05


@dataclass(slots=True)
class DirectoryLock:
    """A flock(2) on a small file.

    The lock belongs to the open file, so a child that inherits ``descriptor`` keeps the lock after its parent was
    killed. Process ids are not used, because another process may get the same id later.
    """

    path: Path
    descriptor: int = -1

    def acquire(self, *, shared: bool = False, wait_seconds: float | None = 0.0) -> bool:
        """Take the lock; return whether it was obtained.

        Args:
            shared: Take a shared lock, which any number of holders may have at the same time.
            wait_seconds: How long to try; 0 tries once, None waits for ever.

        Raises:
            PermissionError: If the file belongs to somebody else.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        operation = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        give_up_at = None if wait_seconds is None else time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(descriptor, operation)
            except BlockingIOError:
                if give_up_at is not None and time.monotonic() >= give_up_at:
                    os.close(descriptor)
                    return False
                time.sleep(_POLL_SECONDS)
            except BaseException:
                os.close(descriptor)
                raise
            else:
                self.descriptor = descriptor
                return True

    def release(self) -> None:
        """Release the lock of this process; releasing it twice does nothing."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        """Return the lock, which the caller has acquired."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release the lock."""
        self.release()
