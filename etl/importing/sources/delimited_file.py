"""Reads CSV and TSV files: each row with the line of the file on which it starts."""

import io
from typing import Any, Final

from analytics.notices import Notice
from etl.importing.sources.delimited_rows import DelimitedRows
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.escaped_quotes import are_escaped, doubled
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.header_row import split_header
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.source_table import SourceTable, header_of
from etl.importing.sources.text_encoding import SAMPLE_BYTES, check_encoding, detect_encoding, error_handler
from etl.importing.sources.text_layout import detect_delimiter, named_delimiter
from etl.importing.sources.text_lines import TextLines

_DELIMITER_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def open_delimited(
    file: FileBytes,
    sample: "io.BufferedReader[Any]",
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
    start = beginning.decode(encoding, errors="replace")
    named = named_delimiter(start)
    delimiter = delimiter or named or detect_delimiter(start)
    text = io.TextIOWrapper(sample, encoding=encoding, errors=error_handler(encoding), newline="")
    is_escaped = are_escaped(start, delimiter)
    lines = TextLines(text, limits.line_characters, doubled if is_escaped else None)
    records = DelimitedRows(lines, delimiter, limits.line_characters)
    rows = records.read()
    if named:
        next(rows)
    row, skipped, rest = split_header(rows)
    if row.problem:
        message = f"A quote in the names of the columns (line {row.line_number}) never closes."
        raise HeaderError(message, "Correct that line, then import the file again; nothing was imported.")
    header = header_of(row.cells, limits)
    kind = "TSV" if delimiter == "\t" else "CSV"
    layout = f"{kind}, {_DELIMITER_NAMES.get(delimiter, repr(delimiter))}, {encoding}"
    notices = (*skipped, Notice("quotes_escaped")) if is_escaped else skipped
    return SourceTable(header.saying(notices), rest, layout, file, records.notices)
