"""ZIP files, opened with care: workbooks are ZIP files too."""

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileDamagedError, FileKindError, FileTooLargeError
from etl.importing.sources.limits import ImportLimits

_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, ParseError, EOFError, LookupError, ValueError, ArithmeticError),
    *(struct.error, RuntimeError, OSError),
)
"""What the libraries raise when the bytes of a ZIP file or of the XML in it make no sense."""
_METHODS: Final = {
    1: "shrink",
    6: "implode",
    9: "Deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    98: "PPMd",
}
_LONGEST_DIRECTORY: Final = 4 * 1024 * 1024
_WORKBOOKS: Final = 4
_NAMES_SHOWN: Final = 10
_OTHER_DOCUMENTS: Final = (
    ("xl/workbook.bin", "a binary workbook (XLSB)", "Save it as XLSX or CSV, then import that."),
    ("word/document.xml", "a Word document", "Export the tickets as CSV or XLSX."),
    ("ppt/presentation.xml", "a presentation", "Export the tickets as CSV or XLSX."),
    ("Index/Document.iwa", "a Numbers or Pages document", "Export it as XLSX or CSV, then import that."),
    ("content.xml", "an OpenDocument file (ODS or ODT)", "Save it as XLSX or CSV, then import that."),
)
WORKBOOK: Final = "xl/workbook.xml"


@contextlib.contextmanager
def damage_named(what: str) -> Iterator[None]:
    """Turn what libraries raise at damaged bytes into one named error.

    Raises:
        FileDamagedError: Naming what is damaged.
    """
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(what) from error


def undamaged(rows: Iterator[SourceRow], what: str) -> Iterator[SourceRow]:
    """Yield rows; damage on the way becomes one named error.

    Raises:
        FileDamagedError: Naming what is damaged.
    """
    try:
        yield from rows
    except _DAMAGE as error:
        raise _damaged(what) from error


def _damaged(what: str) -> FileDamagedError:
    message = f"The {what} is damaged and cannot be read."
    return FileDamagedError(message, "Get or save it again, then import it; nothing was imported.")


class ZipArchive:
    """The files in a ZIP file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take an open ZIP file."""
        self._archive = archive
        self.names = archive.namelist()

    @classmethod
    @contextlib.contextmanager
    def opened(cls, content: IO[bytes], packed: int, limits: ImportLimits) -> "Iterator[ZipArchive]":
        """Open a ZIP file.

        Args:
            content: Its bytes, seekable.
            packed: Its size.
            limits: How much may come out of it.

        Raises:
            FileDamagedError: If it is damaged.
            FileTooLargeError: If more would come out than the limits allow.
        """
        with contextlib.ExitStack() as stack:
            with damage_named("ZIP file or workbook"):
                archive = stack.enter_context(zipfile.ZipFile(_Bounded(content)))
            _guard(archive, packed, limits)
            yield cls(archive)

    def read(self, name: str) -> IO[bytes]:
        """Open one of the files.

        Raises:
            FileKindError: If it is protected by a password, or packed in a way that is not supported.
            FileDamagedError: If it is damaged, or there is none of that name.
        """
        with damage_named("ZIP file or workbook"):
            entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            message = f"{_shown(name)} is protected by a password."
            raise FileKindError(message, "Unpack it with the password, then import what was inside.")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            method = _METHODS.get(entry.compress_type, f"number {entry.compress_type}")
            message = f"{_shown(name)} is packed by a method that is not supported ({method})."
            raise FileKindError(message, "Unpack it and import what is inside, or pack it as an ordinary ZIP file.")
        with damage_named("ZIP file or workbook"):
            return self._archive.open(entry)

    def only_file(self) -> str:
        """Return the name of the one file with data.

        Raises:
            FileKindError: If there is none or several, or this is a document that is no table.
        """
        for part, kind, hint in _OTHER_DOCUMENTS:
            if part in self.names:
                message = f"This is {kind}."
                raise FileKindError(message, hint)
        files = [name for name in self.names if _is_data(name)]
        if len(files) == 1:
            return files[0]
        if not files:
            message = "The ZIP file has no file in it."
            raise FileKindError(message, "Get it again, then import it.")
        more = f" and {len(files) - _NAMES_SHOWN:,} more" if len(files) > _NAMES_SHOWN else ""
        message = f"The ZIP file has {len(files):,} files: {', '.join(map(_shown, files[:_NAMES_SHOWN]))}{more}."
        raise FileKindError(message, "Unpack it and import the files with tickets one by one.")


def _is_data(name: str) -> bool:
    path = PurePosixPath(name)
    is_litter = path.name.startswith(".") or path.name in {"Thumbs.db", "desktop.ini"} or "__MACOSX" in path.parts
    return not name.endswith("/") and not is_litter


def _shown(name: str) -> str:
    longest = 80
    return repr(name if len(name) <= longest else f"{name[:longest]}...")


def _guard(archive: zipfile.ZipFile, packed: int, limits: ImportLimits) -> None:
    inflated = sum(entry.file_size for entry in archive.infolist())
    is_workbook = WORKBOOK in archive.namelist()
    free = limits.free_inflated_bytes * (_WORKBOOKS if is_workbook else 1)
    if inflated > max(free, packed * limits.inflation_ratio) or inflated > limits.inflated_bytes:
        what = "workbook" if is_workbook else "ZIP file"
        message = f"The {what} inflates to {inflated // 2**20} MiB, which no table of its size does."
        raise FileTooLargeError(message, "If it is genuine, save it as CSV, or unpack it, and import that.")


class _Bounded(io.RawIOBase):
    """A file of which no part is read that is larger than the list of files of any honest ZIP file."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__()
        self._content = content

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if size > _LONGEST_DIRECTORY:
            message = "The ZIP file lists more files than any honest one."
            raise FileTooLargeError(message, "Unpack it and import the files with tickets one by one.")
        return self._content.read(size if size >= 0 else _LONGEST_DIRECTORY)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move."""
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._content.tell()

    def seekable(self) -> bool:
        """Say that one can move."""
        return True

    def readable(self) -> bool:
        """Say that this can be read."""
        return True
