"""Opens what a person names as a file, whatever it is: neither a pipe, a device nor its size can hold a command up."""

import codecs
import contextlib
import os
import select
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

from analytics.errors import ErrorKind, SupportAnalyticsError

PATIENCE_SECONDS: Final = 30.0
"""How long a pipe may have no writer."""
SMALL_BYTES: Final = 4 * 2**20
"""Room for whatever a person writes by hand: profiles, keys, passwords."""
_LONGEST_QUOTE: Final = 300
_CHUNK: Final = 2**20
_OTHER_ENCODINGS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class GivenFileError(SupportAnalyticsError):
    """A file that a person named cannot be used as it is.

    Attributes:
        reason: Why, as the end of a sentence: "it is a directory".
    """

    kind = ErrorKind.INVALID

    def __init__(self, path: Path, reason: str, hint: str = "Check the path and the permissions.") -> None:
        """Name the file."""
        super().__init__(f"The file {shown(path)} cannot be read: {reason}.", hint)
        self.reason = reason


class GivenFileTooLargeError(GivenFileError):
    """A file that a person named is larger than what may be read."""


def shown(path: Path) -> str:
    """Return a path's last part, safe to print and to store: what cannot be printed is a dot."""
    return shortened(path.name or str(path))


def shortened(text: str) -> str:
    """Return what somebody else wrote as it may stand in a sentence: printable, and not without end."""
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return "".join(letter if letter.isprintable() else "·" for letter in cut)


def open_given(path: Path, most_bytes: int, *, bounds_pipes_only: bool = False) -> BinaryIO:
    """Open a file for reading; what comes through a pipe comes as a temporary file without a name.

    Args:
        path: What the person named.
        most_bytes: How large it may be.
        bounds_pipes_only: Whether a file on a disk may have any size, as it is read piece by piece.

    Raises:
        GivenFileError: If it is missing, may not be read, or is no file.
        GivenFileTooLargeError: If it is larger than that.
    """
    try:
        # Opening a device may do anything, so its kind is looked at before. Opening a pipe would wait for its writer.
        _refuse_no_file(path, path.stat().st_mode)
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be one of a file"
        raise GivenFileError(path, reason.lower()) from error
    with contextlib.ExitStack() as stack:
        stack.callback(file.close)
        status = os.fstat(file.fileno())
        # The name may stand for another thing by now.
        _refuse_no_file(path, status.st_mode)
        if stat.S_ISREG(status.st_mode):
            if status.st_size > most_bytes and not bounds_pipes_only:
                raise too_large(path, most_bytes)
            stack.pop_all()
            return file
        return spooled(path, file, most_bytes, _first_piece(path, file.fileno()))


def read_given(path: Path, most_bytes: int = SMALL_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises:
        GivenFileError: If it cannot be read, or is larger than that.
    """
    with open_given(path, most_bytes) as file:
        try:
            # One more, as a file may grow while it is read.
            content = file.read(most_bytes + 1)
        except OSError as error:
            raise GivenFileError(path, (error.strerror or "it broke off").lower()) from error
    if len(content) > most_bytes:
        raise too_large(path, most_bytes)
    return content


def read_given_text(path: Path, most_bytes: int = SMALL_BYTES) -> str:
    """Return the text of a file in UTF-8; a byte-order mark is left out.

    Raises:
        GivenFileError: If it cannot be read, is larger than that, or is not UTF-8.
    """
    content = read_given(path, most_bytes)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GivenFileError(path, not_utf8(content), "Save it as UTF-8.") from error


def standard_input() -> BinaryIO:
    """Return the standard input.

    Raises:
        GivenFileError: If the program was started without one.
    """
    # Typed as never None, but it is where whoever started the program has closed it.
    if (given := cast("TextIO | None", sys.stdin)) is None or given.closed:
        raise GivenFileError(Path("-"), "there is no standard input", "Pass a file, or pipe something in.")
    return given.buffer


def not_utf8(content: bytes) -> str:
    r"""Return the reason why bytes that are not UTF-8 are not, as the end of a sentence.

    Example:
        >>> not_utf8(b"caf\xe9")
        'it is not UTF-8'
    """
    other = next((name for mark, name in _OTHER_ENCODINGS if content.startswith(mark)), None)
    return f"it is {other}, not UTF-8" if other else "it is not UTF-8"


def spooled(path: Path, pipe: BinaryIO, most_bytes: int, first: bytes = b"") -> BinaryIO:
    """Return what comes through a pipe as a temporary file, after the bytes that were read from it already.

    Raises:
        GivenFileError: If it breaks off.
        GivenFileTooLargeError: If more comes than that.
    """
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(tempfile.TemporaryFile())
        chunk, taken = first, 0
        while chunk or (chunk := _next_piece(path, pipe)):
            taken += len(chunk)
            if taken > most_bytes:
                raise too_large(path, most_bytes)
            store.write(chunk)
            chunk = b""
        store.seek(0)
        stack.pop_all()
    return store


def _next_piece(path: Path, pipe: BinaryIO) -> bytes:
    try:
        return pipe.read(_CHUNK)
    except OSError as error:
        raise GivenFileError(path, (error.strerror or "it broke off").lower()) from error


def too_large(path: Path, most_bytes: int) -> GivenFileTooLargeError:
    """Return the error of a file that is larger than that."""
    size = f"{most_bytes // 2**20} MiB" if most_bytes >= 2**20 else f"{most_bytes} bytes"
    return GivenFileTooLargeError(path, f"it is larger than {size}", "Name the right file, or give less at once.")


def _refuse_no_file(path: Path, mode: int) -> None:
    for test, noun in (
        (stat.S_ISDIR, "a directory"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISSOCK, "a socket"),
    ):
        if test(mode):
            raise GivenFileError(path, f"it is {noun}", "Name a file.")


def _first_piece(path: Path, descriptor: int) -> bytes:
    """Return the first bytes of a pipe, b"" if its writer wrote none; later reads wait for what is written."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    # The pipe hangs up when the last writer has left, and not while none has come yet.
    has_come = bool(waiting.poll(PATIENCE_SECONDS * 1000))
    first = b""
    with contextlib.suppress(BlockingIOError):
        first = os.read(descriptor, _CHUNK)
        if not first and not has_come:
            raise GivenFileError(path, "it is a pipe that nobody writes to", "Start what writes to it first.")
    # Where it would have blocked, somebody has it open to write to and takes longer.
    os.set_blocking(descriptor, True)
    return first
