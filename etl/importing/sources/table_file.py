"""Opening any supported file as a table: CSV, TSV, XLSX or JSON, each also gzipped or alone in a ZIP file."""

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final

from etl.importing.sources.delimited_file import open_delimited
from etl.importing.sources.errors import FileKindError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.file_kinds import refuse_other_kinds
from etl.importing.sources.json_file import is_json, open_json
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.source_table import Judge, SourceTable, by_size
from etl.importing.sources.text_encoding import SAMPLE_BYTES
from etl.importing.sources.workbook import open_workbook
from etl.importing.sources.zip_archive import WORKBOOK, ZipArchive, damage_named, undamaged
from storage.given_file import shown

_ZIP_MAGIC: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What a person or a profile says about the file; None and "" mean find out from the file.

    Attributes:
        encoding: Text encoding.
        delimiter: One character.
        sheet: Name of the sheet of a workbook, or of the list in a JSON file.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str = ""


@contextlib.contextmanager
def open_table(
    path: Path, layout: FileLayout, limits: ImportLimits, judge: Judge = by_size, name: str = ""
) -> Iterator[SourceTable]:
    """Open a file as a table; the kind of file follows from its content, not from its name.

    Args:
        path: The file; "-" is standard input.
        layout: What is known about it.
        limits: Bounds on what is read.
        judge: Says which of several sheets or lists looks most like tickets.
        name: What the file is called where the path does not say it.

    Raises:
        ImportFileError: If the file cannot be read as a table.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(contextlib.closing(FileBytes(path, limits)))
        yield _Opening(stack, file, layout, limits, judge).table(file, name or shown(path))


@dataclass(frozen=True, slots=True)
class _Opening:
    """One file that is being opened, and what is known about it."""

    stack: contextlib.ExitStack
    file: FileBytes
    layout: FileLayout
    limits: ImportLimits
    judge: Judge

    def table(self, content: Any, name: str, *, is_packed: bool = False) -> SourceTable:  # noqa: ANN401 - any raw stream
        """Open what the content is: the file's own, or that of the one file in a ZIP file."""
        buffered: io.BufferedReader[Any] = self.stack.enter_context(io.BufferedReader(content, SAMPLE_BYTES))
        beginning = buffered.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
        refuse_other_kinds(beginning, name)
        if beginning.startswith(_ZIP_MAGIC):
            return self._from_zip(buffered, is_packed=is_packed)
        if is_json(_latin(beginning)):
            return open_json(buffered, self.file, self.limits, self.stack, self.layout.sheet, self.judge)
        return open_delimited(self.file, buffered, self.limits, self.layout.encoding, self.layout.delimiter)

    def _from_zip(self, buffered: IO[bytes], *, is_packed: bool) -> SourceTable:
        unpacked = self.stack.enter_context(contextlib.closing(tempfile.TemporaryFile()))  # noqa: SIM115 - the stack closes it
        shutil.copyfileobj(buffered, unpacked)
        size = unpacked.tell()
        unpacked.seek(0)
        archive = self.stack.enter_context(ZipArchive.opened(unpacked, size, self.limits))
        if WORKBOOK in archive.names:
            opened = open_workbook(archive, self.file, self.limits, self.layout.sheet, self.judge)
            return self.stack.enter_context(opened)
        name = archive.only_file()
        if is_packed:
            message = f"The ZIP file has another ZIP file in it: {name!r}."
            raise FileKindError(message, "Unpack it, then import what is inside.")
        content = self.stack.enter_context(archive.read(name))
        with damage_named("ZIP file"):
            table = self.table(content, name, is_packed=True)
        return replace(table, rows=undamaged(table.rows, "ZIP file"), layout=f"ZIP, {name}: {table.layout}")


def _latin(beginning: bytes) -> str:
    """Return the ASCII characters at the beginning of a text in whatever encoding."""
    return beginning[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")
