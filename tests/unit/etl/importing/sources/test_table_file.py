"""Any supported file becomes the same table, and what is odd about it is found."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import EncodingError, FileKindError, FileTooLargeError, HeaderError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table

HEADER = ("id", "subject", "city")
ROWS = (["1", "Dumela, rra", "Gaborone"], ["2", "Ke a leboga — née", "Maun"])


_AS_IT_IS = FileLayout()
_USUAL = ImportLimits()


def read(
    path: Path, layout: FileLayout = _AS_IT_IS, limits: ImportLimits = _USUAL
) -> tuple[tuple[str, ...], list[SourceRow], str, tuple[Notice, ...]]:
    """Return header, rows, layout and notices."""
    with open_table(path, layout, limits) as table:
        return table.header.names, list(table.rows), table.layout, table.header.notices


def delimited(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return rows as a spreadsheet would write them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-32"])
def test_delimiter_encoding_and_compression_are_told_from_the_file(
    tmp_path: Path, packed: bool, delimiter: str, encoding: str
) -> None:
    text = delimited([HEADER, *ROWS], delimiter)
    content = "\ufeff".encode("utf-16-le") + text.encode("utf-16-le") if "bom" in encoding else text.encode(encoding)
    path = tmp_path / "any.name"
    path.write_bytes(gzip.compress(content) if packed else content)
    header, rows, layout, _ = read(path)
    assert header == HEADER
    assert [row.cells for row in rows] == list(ROWS)
    assert layout.startswith("TSV" if delimiter == "\t" else "CSV")


def test_an_encoding_of_windows_is_told_from_the_text(tmp_path: Path) -> None:
    words = "Réclamation générale à propos d'un élève très déçu, prêt à être remboursé"
    path = tmp_path / "old.csv"
    path.write_bytes(delimited([("id", "sujet"), *[(str(n), words) for n in range(40)]]).encode("cp1252"))
    assert read(path)[1][0].cells[1] == words


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("id,naïve\n1,£5\n".encode("iso-8859-1"))
    assert read(path, FileLayout(encoding="iso-8859-1"))[1][0].cells == ["1", "£5"]
    with pytest.raises(EncodingError, match="klingon"):
        read(path, FileLayout(encoding="klingon"))


def test_bytes_that_break_the_encoding_come_as_lone_surrogates(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes(b"id,subject\n" + b"1,fine\n" * 50_000 + b"2,caf\xe9\n")
    assert read(path)[1][-1].cells == ["2", "caf\udce9"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=8),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_cells_come_back_with_the_line_they_start_on(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("cells") / "file.csv"
    written = [("first", "second"), *cells]
    path.write_bytes(delimited(written).encode())
    _, rows, _, _ = read(path, FileLayout(encoding="utf-8", delimiter=","))
    starts, line = [], 1
    for row in written:
        starts.append(line)
        line += len(delimited([row]).replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1
    expected = [(start, row) for start, row in zip(starts[1:], cells, strict=True) if any(row)]
    assert [(row.line_number, row.cells) for row in rows] == expected


def test_lines_are_physical_ones_also_after_cells_over_several_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes(b'id,text\r\n1,"a\r\nb\r\nc"\r\n\r\n2,d\r\n,\r\n3,e')
    rows = read(path)[1]
    assert [(row.line_number, row.cells[0]) for row in rows] == [(2, "1"), (6, "2"), (8, "3")]


def test_a_quote_that_never_closes_marks_the_row_it_swallowed(tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    path.write_bytes(b'id,text\n1,fine\n2,"open\nno row\n')
    assert [(row.line_number, row.problem) for row in read(path)[1]] == [(2, ""), (3, "unclosed_quote")]


def test_a_line_without_end_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(b"id,text\n1," + b"x" * 100_000)
    with pytest.raises(FileTooLargeError, match="Line 2"):
        read(path, limits=ImportLimits(line_characters=10_000))


def test_a_cell_without_end_over_many_lines_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(b'id,text\n1,"' + b"x\n" * 100_000)
    with pytest.raises(FileTooLargeError, match="line 2"):
        read(path, limits=ImportLimits(line_characters=10_000))


def test_nul_characters_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "nul.csv"
    path.write_bytes(b"id,text\n1,a\0b\n2,c\n")
    assert [row.cells for row in read(path)[1]] == [["1", "a\0b"], ["2", "c"]]


def test_a_header_that_repeats_or_lacks_names_loses_no_column(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    path.write_bytes(b"id,note,,note,column 3\n1,a,b,c,d\n")
    header, rows, _, notices = read(path)
    assert header == ("id", "note", "column 3 (2)", "note (2)", "column 3")
    assert rows[0].cells == ["1", "a", "b", "c", "d"]
    assert [each.as_json() for each in notices] == [
        {"notice": "column_without_name", "position": 3, "given": "column 3 (2)"},
        {"notice": "column_repeated", "position": 4, "name": "note", "given": "note (2)"},
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n", b" , \n , \n"],
    ids=["nothing", "blank", "mark", "no names", "spaces"],
)
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    with pytest.raises(HeaderError, match="empty"):
        read(path)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    path.write_bytes(b"id,created\n")
    assert read(path)[:2] == (("id", "created"), [])


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(b",".join(b"c%d" % number for number in range(30)) + b"\n")
    with pytest.raises(HeaderError, match="30 columns"):
        read(path, limits=ImportLimits(columns=10))


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(200), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(content)
    with pytest.raises((FileKindError, EncodingError)):
        read(path)
