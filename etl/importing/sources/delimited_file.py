"""Reads CSV and TSV files: each row with the line of the file on which it starts."""

import csv
import io
from collections.abc import Iterator
from typing import Final, TextIO

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileTooLargeError, HeaderError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.source_table import SourceTable, header_of
from etl.importing.sources.text_layout import SAMPLE_BYTES, check_encoding, detect_delimiter, detect_encoding

_DELIMITER_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
UNCLOSED_QUOTE: Final = "unclosed_quote"


def open_delimited(
    file: FileBytes,
    sample: "io.BufferedReader[FileBytes]",
    limits: ImportLimits,
    encoding: str | None,
    delimiter: str | None,
) -> SourceTable:
    """Open a CSV or TSV file.

    Bytes that break the encoding do not stop the reading. They come as lone surrogates, and the row's validation finds
    those.

    Args:
        file: The file, for progress and hash.
        sample: The same file, buffered, so that its beginning can be read in advance.
        limits: Bounds on what is read.
        encoding: Name of the encoding; None means detect it.
        delimiter: One character; None means detect it.

    Raises:
        ImportFileError: If the file cannot be read as a table.
    """
    beginning = sample.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
    if not beginning:
        message = "The file is empty."
        raise HeaderError(message, "Export it again; nothing was imported.")
    encoding = check_encoding(encoding) if encoding else detect_encoding(beginning)
    delimiter = delimiter or detect_delimiter(beginning.decode(encoding, errors="replace"))
    text = io.TextIOWrapper(sample, encoding=encoding, errors=_error_handler(encoding), newline="")
    rows = _rows(text, delimiter, limits)
    header = header_of(next(rows, SourceRow(1, [])).cells, limits)
    kind = "TSV" if delimiter == "\t" else "CSV"
    layout = f"{kind}, {_DELIMITER_NAMES.get(delimiter, repr(delimiter))}, {encoding}"
    return SourceTable(header, rows, layout, file)


def _error_handler(encoding: str) -> str:
    is_wide = encoding.replace("_", "-").startswith(("utf-16", "utf-32"))
    return "replace" if is_wide else "surrogateescape"


def _rows(text: TextIO, delimiter: str, limits: ImportLimits) -> Iterator[SourceRow]:
    lines = _Lines(text, limits.line_characters)
    csv.field_size_limit(limits.line_characters)
    reader = csv.reader(lines.read(), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if any(cells):
                # The reader asks for more after the last line only while it looks for the end of a quoted cell.
                yield SourceRow(start, cells, UNCLOSED_QUOTE if lines.ended else "")
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"The cell that starts on line {start} is longer than {limits.line_characters} characters."
        hint = "A quote that never closes does this. Correct that line, or raise line_characters in [limits]."
        raise FileTooLargeError(message, hint) from error


class _Lines:
    """The lines of a file, each of limited length; knows when there are no more."""

    __slots__ = ("_limit", "_text", "ended")

    def __init__(self, text: TextIO, limit: int) -> None:
        self._text = text
        self._limit = limit
        self.ended = False

    def read(self) -> Iterator[str]:
        """Yield the lines with their ends."""
        readline, limit, number = self._text.readline, self._limit, 0
        while line := readline(limit):
            number += 1
            if len(line) >= limit and line[-1] not in "\r\n":
                message = f"Line {number} is longer than {limit} characters."
                raise FileTooLargeError(message, "If it is genuine, raise line_characters in the profile's [limits].")
            yield line
        self.ended = True
