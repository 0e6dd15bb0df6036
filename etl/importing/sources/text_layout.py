"""Detects a text file's encoding and delimiter from its beginning."""

import codecs
import csv
import io
import re
from collections import Counter
from typing import Final

from charset_normalizer import from_bytes

from etl.importing.sources.errors import EncodingError, FileKindError

SAMPLE_BYTES: Final = 256 * 1024
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_SPREADSHEET: Final = "cp1252"
_TIE: Final = 0.1
_BINARY_SHARE: Final = 0.05
_ROWS_LOOKED_AT: Final = 50
_NAMED: Final = re.compile(r'\ufeff?"?sep=(.)"?[,;\t|]*[\r\n]', re.IGNORECASE)


def detect_encoding(sample: bytes) -> str:
    """Return the Python name of the encoding of a text that begins with `sample`.

    A sample that is valid UTF-8 is taken for UTF-8, also if it is plain ASCII. Rows further down that are not valid
    UTF-8 go to quarantine.

    Raises:
        FileKindError: If the file is not a text file.
        EncodingError: If no encoding fits.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if _is_utf8(sample):
        return "utf-8"
    control = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    found = from_bytes(sample)
    best = found.best()
    is_wide = best is not None and best.encoding.startswith(("utf_16", "utf_32"))
    if control > len(sample) * _BINARY_SHARE and not is_wide:
        message = "This is not a text file."
        raise FileKindError(message, "Import CSV, TSV or XLSX, each also gzipped.")
    if best is None:
        message = "The text encoding of the file could not be detected."
        raise EncodingError(message, "Name it with --encoding, for example --encoding cp1252.")
    # If the encoding that spreadsheets write fits about as well as the best one, it is more likely.
    usual = [each for each in found if each.encoding == _SPREADSHEET and each.chaos <= best.chaos + _TIE]
    return _SPREADSHEET if usual else best.encoding


def check_encoding(name: str) -> str:
    """Return an encoding's Python name.

    Raises:
        EncodingError: If there is none of that name.
    """
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        message = f"There is no text encoding {name!r}."
        raise EncodingError(message, "Use a name such as utf-8, cp1252 or iso-8859-1.") from error


def named_delimiter(text: str) -> str | None:
    """Return the delimiter that the first line names, as spreadsheets do with "sep=;"; None if it is no such line."""
    match = _NAMED.match(text)
    return match[1] if match else None


def detect_delimiter(text: str) -> str:
    """Return the delimiter with which the most rows have the same number of cells; a comma if none fits.

    Args:
        text: The beginning of the file.
    """
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(rows, range(_ROWS_LOOKED_AT), strict=False) if row]
    except csv.Error:
        return 0.0, 0
    # The sample may end in the middle of its last row.
    found = Counter(widths[:-1] or widths)
    width, agreeing = max(found.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(1, 0))
    return (agreeing / found.total(), width) if width > 1 else (0.0, 0)


def _is_utf8(sample: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)
    except UnicodeDecodeError:
        return False
    return True
