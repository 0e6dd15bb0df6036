"""Opens what a person names as a file: a regular file, or a pipe, which is first written to a temporary file."""

import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

from etl.importing.sources.errors import FileTooLargeError, FileUnreadableError
from etl.importing.sources.limits import ImportLimits
from storage.full_disk import disk_full
from storage.given_file import GivenFileError, GivenFileTooLargeError, open_given, spooled, standard_input

STANDARD_INPUT: Final = Path("-")
_EXPORT_HINT: Final = "Name a file with tickets: CSV, TSV, XLSX or JSON; several are imported one by one."
_NO_NAMES: Final = frozenset({STANDARD_INPUT, Path("/dev/stdin"), Path("/proc/self/fd/0"), Path("/dev/fd/0")})
_SEND_HINT: Final = "Send a file in: support-analytics import - --name tickets.csv < tickets.csv"


def open_input(path: Path, limits: ImportLimits) -> BinaryIO:
    """Open a file for reading; a pipe comes as a temporary file without a name.

    Args:
        path: A path, or "-" for standard input.
        limits: How much a pipe may bring.

    Raises:
        FileUnreadableError: If it is missing, may not be read, or is no file; or if nothing comes through a pipe.
        FileTooLargeError: If more comes through a pipe than the limits allow, or than there is room for.
    """
    try:
        file = _opened(path, limits)
    except GivenFileTooLargeError as error:
        message = f"More than {limits.piped_bytes // 2**20} MiB came through the pipe."
        hint = "Write it to a file and import that, or raise piped_bytes in the profile's [limits]."
        raise FileTooLargeError(message, hint) from error
    except GivenFileError as error:
        raise FileUnreadableError(error.message, f"{error.hint} {_EXPORT_HINT}") from error
    except OSError as error:
        if disk_full(error) is None:
            raise
        message = f"What comes through the pipe does not fit into {tempfile.gettempdir()}, where it is kept meanwhile."
        raise FileTooLargeError(message, "Make room there, or name a directory on another disk with TMPDIR.") from error
    if is_pipe(path):
        _refuse_nothing(file)
    return file


def is_pipe(path: Path) -> bool:
    """Say whether data comes through a pipe, so that its name means nothing."""
    return path in _NO_NAMES or path.is_fifo()


def _opened(path: Path, limits: ImportLimits) -> BinaryIO:
    if path != STANDARD_INPUT:
        return open_given(path, limits.piped_bytes, bounds_pipes_only=True)
    given = standard_input()
    if given.isatty():
        message = "Standard input is the terminal: no file comes through it."
        raise FileUnreadableError(message, _SEND_HINT)
    return spooled(path, given, limits.piped_bytes)


def _refuse_nothing(file: BinaryIO) -> None:
    if file.seek(0, os.SEEK_END):
        file.seek(0)
        return
    file.close()
    message = "Nothing came through the pipe."
    raise FileUnreadableError(message, f"Whatever should write to it wrote nothing. {_SEND_HINT}")
