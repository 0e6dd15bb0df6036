"""Tells from its first bytes what a file is that is no table, and says what to do with it."""

import re
from typing import Final

from etl.importing.sources.errors import FileKindError

_AS_TABLE: Final = "Import CSV, TSV, XLSX or JSON, each also gzipped or in a ZIP file."
_SAVE_AS: Final = "Open it in a spreadsheet and save it as XLSX or CSV, then import that."
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPACE: Final = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_PACKED: Final = "Unpack it and import what is inside, or pack it as ZIP or gzip."
_SIGNATURES: Final = (
    (b"%PDF", "a PDF document", "Export the tickets as CSV or XLSX; a table cannot be taken out of a PDF safely."),
    (b"\x89PNG", "a picture (PNG)", _AS_TABLE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _AS_TABLE),
    (b"GIF8", "a picture (GIF)", _AS_TABLE),
    (b"II*\0", "a picture (TIFF)", _AS_TABLE),
    (b"MM\0*", "a picture (TIFF)", _AS_TABLE),
    (b"{\\rtf", "a text document (RTF)", "Export the tickets as CSV or XLSX."),
    (b"\x1f\x8b", "gzipped twice", "Unpack it once, then import it."),
    (b"BZh", "packed with bzip2", _PACKED),
    (b"\xfd7zXZ\0", "packed with xz", _PACKED),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _PACKED),
    (b"Rar!", "a RAR archive", _PACKED),
    (b"PAR1", "a Parquet file", "Export the tickets as CSV, or convert it, for example with DuckDB."),
    (b"SQLite format 3\0", "an SQLite database", "Export its table of tickets as CSV."),
    (b"PGDMP", "a dump of a PostgreSQL database", "Restore it, and export its table of tickets as CSV."),
    (b"\x7fELF", "a program", _AS_TABLE),
    (b"PK\x05\x06", "a ZIP file with nothing in it", "Get the file again, then import it."),
    (b"PK\x07\x08", "one part of a ZIP file in several parts", "Unpack it and import what is inside."),
)
_WEB_PAGE: Final = re.compile(rb"<!doctype\s+html|<(html|head|body|table|meta|style|script)[\s>]", re.IGNORECASE)
_XML, _OLD_XML, _MIME = "an XML file", "a spreadsheet in the XML of Excel 2003", "a web archive or an e-mail (MIME)"
_OFFICE_PARTS: Final = ("EncryptedPackage", "Workbook", "Book", "WordDocument")


def refuse_other_kinds(beginning: bytes, name: str) -> None:
    """Refuse a file that is known to be no table.

    Args:
        beginning: Its first bytes.
        name: Its name, for its ending.

    Raises:
        FileKindError: Naming the kind of file and what to do.
    """
    for signature, kind, hint in _SIGNATURES:
        if beginning.startswith(signature):
            raise _refusal(kind, hint)
    if beginning.startswith(_OLE):
        raise _old_office(beginning)
    text = beginning.lstrip(_SPACE)[:2048]
    if text.startswith(b"<"):
        _refuse_markup(text.replace(b"\0", b""), name)
    if text.lower().startswith(b"mime-version:") or b"\nMIME-Version: 1.0" in text[:1024]:
        raise _refusal(_MIME, _SAVE_AS)


def _refuse_markup(text: bytes, name: str) -> None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise _refusal(_OLD_XML, _SAVE_AS)
    if _WEB_PAGE.search(text[:1024]):
        ending = name.rpartition(".")[2].lower() if "." in name else "html"
        kind = "a web page" if ending in {"htm", "html"} else f"a web page saved as .{ending}"
        raise _refusal(kind, f"{_SAVE_AS} If it is a page that asks you to sign in, download the file again.")
    if text.startswith(b"<?xml"):
        raise _refusal(_XML, "Export the tickets as CSV, XLSX or JSON.")


def _old_office(beginning: bytes) -> FileKindError:
    """Return the refusal of a file in the container that Office used before 2007, and uses for passwords."""
    parts = {part for part in _OFFICE_PARTS if part.encode("utf-16-le") in beginning}
    if "EncryptedPackage" in parts:
        return _refusal("a workbook protected by a password", "Save it as XLSX without a password, or as CSV.")
    if "WordDocument" in parts:
        return _refusal("a Word document", "Export the tickets as CSV or XLSX.")
    if parts:
        return _refusal("a workbook of an old kind (XLS)", "Save it as XLSX or CSV, then import that.")
    message = "This is a workbook of an old kind (XLS) or protected by a password."
    return FileKindError(message, "Save it as XLSX without a password, or as CSV.")


def _refusal(kind: str, hint: str) -> FileKindError:
    message = f"This is {kind}, not a table." if not kind.startswith("a web page") else f"This is {kind}."
    return FileKindError(message, hint)
