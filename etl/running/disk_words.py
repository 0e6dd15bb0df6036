"""What `etl status` says of a full disk: whose runs met one, and whether there is room now."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from etl.running.runner import LastRun
from storage.full_disk import DiskFullError, free_bytes

_LEAST_BYTES: Final = 32 * 2**20
_FULL: Final = "disk_full"


def disk_words(runs: Sequence[LastRun], data_dir: Path) -> list[str]:
    """Return the sentences, none where there is room and no latest run missed it.

    Args:
        runs: The latest run of each job.
        data_dir: The data directory; where it is not there, its disk is not looked at.
    """
    jobs = [run.job for run in runs if run.error == _FULL]
    met = [f"There was no room on a disk for: {', '.join(jobs)}. They run again at their times."] if jobs else []
    room = free_bytes(data_dir) if data_dir.is_dir() else None
    return [*met, str(DiskFullError(data_dir))] if room is not None and room < _LEAST_BYTES else met
