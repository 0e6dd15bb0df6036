"""What is no table is named for what it is, with what to do."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.importing.sources.errors import FileDamagedError, FileKindError, FileTooLargeError, ImportFileError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
CSV = b"id,created\n1,2025-03-01\n"


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, each in files:
            archive.writestr(name, each)
    return content.getvalue()


def protected(archive: bytes) -> bytes:
    """Return a ZIP file whose one file is said to be encrypted, in both of its headers."""
    changed = bytearray(archive)
    changed[archive.index(b"PK\x03\x04") + 6] |= 1
    changed[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def read(folder: Path, content: bytes, name: str = "file.xls") -> tuple[str, list[list[str]]]:
    """Return layout and rows."""
    path = folder / name
    path.write_bytes(content)
    with open_table(path, FileLayout(), ImportLimits()) as table:
        return table.layout, [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html><table><tr><td>id</td></tr></table></html>", r"a web page saved as \.xls\. Open it in a spreadsheet"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><body>Sign in", r"a web page saved as \.xls.*sign in"),
        (b'<?xml version="1.0"?><html lang="de">', "a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel 2003"),
        (b'<?xml version="1.0"?><tickets/>', "an XML file"),
        (OLD + "Workbook".encode("utf-16-le"), r"an old kind \(XLS\), not"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLD + "WordDocument".encode("utf-16-le"), "a Word document"),
        (OLD, "old kind .* or protected"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"BZh91AY&SY", "bzip2"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
        (zipped(("content.xml", b"<office/>"), ("mimetype", b"x")), "OpenDocument"),
        (zipped(("xl/workbook.bin", b"")), "XLSB"),
        (zipped(("word/document.xml", b"")), "Word"),
        (zipped(("a.csv", CSV), ("b.csv", CSV)), r"2 files: 'a\.csv', 'b\.csv'\. Unpack"),
        (zipped(("folder/", b"")), "no file in it"),
        (zipped(), "nothing in it"),
        (zipped(("b.zip", zipped(("a.csv", CSV)))), "another ZIP file"),
        (zipped(("a.csv", CSV), method=zipfile.ZIP_LZMA), r"not supported \(LZMA\)"),
        (protected(zipped(("a.csv", CSV))), "protected by a password"),
    ],
)
def test_each_kind_of_file_that_is_no_table_has_its_own_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(FileKindError, match=told):
        read(tmp_path, content)


def test_the_one_file_in_a_zip_file_is_read_whatever_its_kind(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["id", "created"])
    book.active.append(["1", "2025-03-01"])
    saved = io.BytesIO()
    book.save(saved)
    litter = ("__MACOSX/._a.csv", b"\0"), ("folder/", b""), (".DS_Store", b"\0")
    for name, content in (
        ("a.csv", CSV),
        ("a.xlsx", saved.getvalue()),
        ("a.json", b'[{"id":1,"created":"2025-03-01"}]'),
    ):
        layout, rows = read(tmp_path, zipped(*litter, (f"folder/{name}", content)), "export.zip")
        assert rows == [["1", "2025-03-01"]]
        assert layout.startswith(f"ZIP, folder/{name}: ")


def test_a_zip_file_that_inflates_without_measure_or_is_damaged_is_refused(tmp_path: Path) -> None:
    bomb = zipped(("a.csv", b"\0" * 300_000_000))
    with pytest.raises(FileTooLargeError, match="inflates to 286 MiB"):
        read(tmp_path, bomb)
    whole = bytearray(zipped(("a.csv", CSV * 1000)))
    whole[60] ^= 0xFF
    with pytest.raises(FileDamagedError):
        read(tmp_path, bytes(whole))


def test_a_zip_file_with_a_list_of_files_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.importing.sources.zip_archive._LONGEST_DIRECTORY", 50_000)
    with pytest.raises(ImportFileError, match="more files than any honest one"):
        read(tmp_path, zipped(*((f"{number}.csv", b"") for number in range(2000))))
