"""Whether the portal's disk, or its database's, has room: a refusal is remembered, so nothing is written to ask.

A full disk counts as full until there is twice the room, or nothing has been refused for some minutes. So the answer
does not change with every file that comes and goes.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from storage.full_disk import disk_full

LEAST_BYTES: Final = 32 * 2**20
"""Less room than this counts as none, except on small disks."""
LEAST_SHARE: Final = 0.02
"""Less than this share counts as none on small disks."""
REMEMBERED_SECONDS: Final = 300.0


class DiskRoom:
    """What is known of the room on the data directory's disk and on the database's."""

    def __init__(self, data_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing refused.

        Args:
            data_dir: Directory whose disk is asked; one that is not there is not.
            clock: A monotonic clock, in seconds.
        """
        self._data_dir = data_dir
        self._clock = clock
        self._refused_at = float("-inf")
        self._was_full = False

    def watch(self, engine: sa.Engine) -> None:
        """Remember what the database refuses to an engine, whoever asked."""

        @sa.event.listens_for(engine, "handle_error")
        def remember(context: sa.engine.ExceptionContext) -> None:
            self.note(context.original_exception)

    def note(self, error: BaseException) -> None:
        """Remember an error, if it is that of a full disk."""
        if disk_full(error) is not None:
            self._refused_at = self._clock()

    def is_full(self) -> bool:
        """Say whether there is too little room to go on writing."""
        return self._is_disk_full() or self._clock() < self._refused_at + REMEMBERED_SECONDS

    def _is_disk_full(self) -> bool:
        try:
            disk = os.statvfs(self._data_dir)
        except OSError:
            return False
        least = min(LEAST_BYTES, disk.f_blocks * disk.f_frsize * LEAST_SHARE)
        self._was_full = disk.f_bavail * disk.f_frsize < (2 * least if self._was_full else least)
        return self._was_full
