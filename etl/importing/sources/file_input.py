"""Opens what a person names as a file: a regular file, or a pipe, which is first written to a temporary file."""

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

from etl.importing.sources.errors import FileTooLargeError, FileUnreadableError
from etl.importing.sources.limits import ImportLimits

STANDARD_INPUT: Final = Path("-")
_CHUNK: Final = 1024 * 1024
_EXPORT_HINT: Final = "Name a file with tickets: CSV, TSV, XLSX or JSON."


def open_input(path: Path, limits: ImportLimits) -> BinaryIO:
    """Open a file for reading; a pipe comes as a temporary file without a name.

    Args:
        path: A path, or "-" for standard input.
        limits: How much a pipe may bring.

    Raises:
        FileUnreadableError: If it is missing, may not be read, or is no file.
        FileTooLargeError: If more comes through a pipe than the limits allow.
    """
    if path == STANDARD_INPUT:
        return _spooled(sys.stdin.buffer, limits)
    try:
        # Opening a pipe waits for its writer; opening a device may do anything, so its kind is looked at before.
        _refuse_no_file(path, path.stat().st_mode)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be one of a file"
        message = f"The file {path.name} cannot be opened: {reason.lower()}."
        raise FileUnreadableError(message, "Check the path and the permissions.") from error
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    with file:
        return _spooled(file, limits)


def is_pipe(path: Path) -> bool:
    """Say whether data comes through a pipe, so that its name means nothing."""
    return path == STANDARD_INPUT or path.is_fifo()


def _refuse_no_file(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        message = f"{path.name or path} is a directory, not a file."
        raise FileUnreadableError(message, f"{_EXPORT_HINT} Several files are imported one by one.")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        message = f"{path.name} is a device, not a file."
        raise FileUnreadableError(message, _EXPORT_HINT)
    if stat.S_ISSOCK(mode):
        message = f"{path.name} is a socket, not a file."
        raise FileUnreadableError(message, _EXPORT_HINT)


def _spooled(pipe: BinaryIO, limits: ImportLimits) -> BinaryIO:
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(tempfile.TemporaryFile())
        taken = 0
        while chunk := pipe.read(_CHUNK):
            taken += len(chunk)
            if taken > limits.piped_bytes:
                message = f"More than {limits.piped_bytes // 2**20} MiB came through the pipe."
                hint = "Write it to a file and import that, or raise piped_bytes in the profile's [limits]."
                raise FileTooLargeError(message, hint)
            store.write(chunk)
        store.seek(0)
        stack.pop_all()
    return store
