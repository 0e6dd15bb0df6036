"""Opening any supported file as a table: CSV, TSV or XLSX, each also gzipped."""

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.importing.sources.delimited_file import open_delimited
from etl.importing.sources.errors import FileKindError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.source_table import SourceTable
from etl.importing.sources.text_encoding import SAMPLE_BYTES
from etl.importing.sources.workbook import open_workbook

_ZIP_MAGIC: Final = b"PK\x03\x04"
_OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What a person or a profile says about the file; None and "" mean find out from the file.

    Attributes:
        encoding: Text encoding.
        delimiter: One character.
        sheet: Name of the sheet of a workbook; "" means the first sheet.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str = ""


@contextlib.contextmanager
def open_table(path: Path, layout: FileLayout, limits: ImportLimits) -> Iterator[SourceTable]:
    """Open a file as a table; the kind of file follows from its content, not from its name.

    Raises:
        ImportFileError: If the file cannot be read as a table.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(contextlib.closing(FileBytes(path, limits)))
        buffered = stack.enter_context(io.BufferedReader(file, SAMPLE_BYTES))
        beginning = buffered.peek(len(_ZIP_MAGIC))
        if beginning.startswith(_OLD_EXCEL_MAGIC):
            message = "This is a workbook of an old kind (XLS) or protected by a password."
            raise FileKindError(message, "Save it as XLSX without a password, or as CSV.")
        if not beginning.startswith(_ZIP_MAGIC):
            yield open_delimited(file, buffered, limits, layout.encoding, layout.delimiter)
            return
        unpacked = stack.enter_context(tempfile.TemporaryFile())
        shutil.copyfileobj(buffered, unpacked)
        unpacked.seek(0)
        yield stack.enter_context(open_workbook(unpacked, file, limits, layout.sheet))
