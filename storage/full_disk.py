"""A full disk, whoever met it first: this program, the database, or a library in between."""

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError

NO_SPACE: Final = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT))
"""What programs say of a full disk and of a used-up quota, in the language that ours run in."""
_ERRNOS: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
# https://www.postgresql.org/docs/current/errcodes-appendix.html: disk_full.
_SQLSTATE: Final = "53100"
_NO_ROOM_BYTES: Final = 2**20
_ROLLED_BACK_BYTES: Final = 64 * 2**20
"""How much may be free again once the database has given back what it could not complete."""
_MIB: Final = 2**20


class DiskFullError(SupportAnalyticsError):
    """There is no room to write to.

    Attributes:
        place: The directory whose disk is full; None when it is not known, as with a database on another machine.
    """

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, place: Path | None, *, is_database: bool = False) -> None:
        """Say what is full, and how much is free where that is known.

        Args:
            place: A file or directory on the full disk; None when it is not known.
            is_database: Whether it was the database that found no room.
        """
        place = None if place is None else _directory(place)
        where = "of the database" if place is None and is_database else "" if place is None else f"that holds {place}"
        super().__init__(
            f"The disk {where}".rstrip() + f" is full{_left(place)}.",
            "Make room there, then do it again; what had been written before is kept.",
        )
        self.place = place


def disk_full(error: BaseException, places: Sequence[Path] = ()) -> DiskFullError | None:
    """Return the error of a full disk if that is what stands behind an error, else None.

    Args:
        error: Whatever was raised; what it was raised from is looked at too.
        places: Where the program writes. A write's error does not say where it was, so the one without room is named.
    """
    for each in _chain(error):
        if isinstance(each, DiskFullError):
            return each
        if isinstance(each, OSError) and each.errno in _ERRNOS:
            named = Path(os.fsdecode(each.filename)) if isinstance(each.filename, str | bytes) else None
            return DiskFullError(named or _place_without_room([*places, Path(tempfile.gettempdir()), Path.cwd()]))
        if getattr(each, "pgcode", None) == _SQLSTATE:
            return DiskFullError(_place_without_room(places, _ROLLED_BACK_BYTES), is_database=True)
    return None


def free_bytes(place: Path) -> int | None:
    """Return how much may still be written to the disk of a directory; None when the system does not say."""
    try:
        disk = os.statvfs(_directory(place))
    except OSError:
        return None
    if not disk.f_blocks:
        return None
    # A disk that counts its files may have room for no more of them. One that does not count them says 0.
    return 0 if disk.f_files and not disk.f_favail else disk.f_bavail * disk.f_frsize


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, and what it was raised from or wraps."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [getattr(each, "orig", None), each.__cause__]
        if not each.__suppress_context__:
            waiting.append(each.__context__)


def _directory(path: Path) -> Path:
    """Return the nearest directory that is there."""
    path = path.absolute()
    return next((each for each in (path, *path.parents) if each.is_dir()), path)


def _place_without_room(places: Sequence[Path], least_bytes: int = _NO_ROOM_BYTES) -> Path | None:
    rooms = {place: room for place in places if (room := free_bytes(place)) is not None}
    fullest = min(rooms, key=lambda place: rooms[place], default=None)
    return fullest if fullest is not None and rooms[fullest] < least_bytes else None


def _left(place: Path | None) -> str:
    room = None if place is None else free_bytes(place)
    if room is None:
        return ""
    words = "free" if room < _NO_ROOM_BYTES else "free now, which was too little"
    return f" ({room / _MIB:,.1f} MiB {words})"
