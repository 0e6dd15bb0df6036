"""Files of labelled tickets are read as they stand, or refused with the place of what is wrong."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.errors import TrainingDataError
from classifier_service.training.csv_tickets import Columns, read_labelled


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a file will be, with a space in its name."""
    return tmp_path / "my tickets.csv"


def test_a_csv_of_texts_and_categories(file: Path) -> None:
    """Quotes, line ends in cells, a byte order mark and rows without a label are no trouble."""
    file.write_text('\ufefftext,category\n"Where, is\nit?",book_order\nno label,\nDikgang,general_inquiry\n', "utf-8")
    tickets = read_labelled(file, Columns())
    assert tickets.texts == ("Where, is\nit?", "Dikgang")
    assert tickets.labels == ("book_order", "general_inquiry")
    assert tickets.instants is None


def test_named_columns_dates_and_weights(file: Path) -> None:
    """Subject and content become one text; a time without a zone is UTC."""
    file.write_text(
        "s,c,l,d,w\nLate,My order,order,2026-07-01T10:00:00,3\nHi,there,other,2026-07-01T12:00:00+02:00,1\n"
    )
    tickets = read_labelled(file, Columns(("s", "c"), "l", "d", "w"))
    assert tickets.texts == ("Late\nMy order", "Hi\nthere")
    assert tickets.weights == (3.0, 1.0)
    assert tickets.instants == (datetime(2026, 7, 1, 10, tzinfo=UTC),) * 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no column 'text'"),
        ("body,category\na,b\n", "it has body, category"),
        ("text,category\na,\n", "no row with a label"),
        ("text,category,d,w\na,b,yesterday,1\n", "line 2"),
        ("text,category,d,w\na,b,,heavy\n", "line 2"),
        ("text,category,d,w\na,b,,-1\n", "has to be above 0"),
    ],
)
def test_what_is_wrong_is_named(file: Path, content: str, words: str) -> None:
    """With the column or the line, so that it can be found."""
    file.write_text(content)
    columns = Columns(date="d", weight="w") if ",d,w" in content else Columns()
    with pytest.raises(TrainingDataError, match=words):
        read_labelled(file, columns)


def test_other_bytes_are_refused(file: Path) -> None:
    """A spreadsheet, or text in another encoding."""
    file.write_bytes(b"text,category\n\xff\xfe,b\n")
    with pytest.raises(TrainingDataError, match="it is not UTF-8"):
        read_labelled(file, Columns())
    with pytest.raises(TrainingDataError, match="no such file"):
        read_labelled(file.with_name("none.csv"), Columns())


def test_parts_of_a_json(file: Path) -> None:
    """The form in which CLINC150 is published; all parts unless some are named."""
    path = file.with_suffix(".json")
    path.write_text(json.dumps({"train": [["hi", "greeting"]], "val": [["bye", "farewell"]], "oos": [["x", "oos"]]}))
    assert read_labelled(path, Columns(), ["val", "oos"]).labels == ("farewell", "oos")
    assert len(read_labelled(path, Columns())) == 3
    with pytest.raises(TrainingDataError, match="it has train, val, oos"):
        read_labelled(path, Columns(), ["test"])


@pytest.mark.parametrize("content", ["[]", "3", '{"a": 1}', '{"a": [1]}', '{"a": [["x"]]}', '{"a": [["x", 2]]}', "{"])
def test_another_json_is_refused(file: Path, content: str) -> None:
    """Never a crash."""
    path = file.with_suffix(".json")
    path.write_text(content)
    with pytest.raises(TrainingDataError):
        read_labelled(path, Columns())


def test_a_json_that_is_nested_without_end_is_refused(file: Path) -> None:
    """It would use up the stack of whoever reads it."""
    path = file.with_suffix(".json")
    path.write_text("[" * 100_000)
    with pytest.raises(TrainingDataError, match="nested too deeply"):
        read_labelled(path, Columns())


def test_a_cell_that_is_too_long_is_named(file: Path) -> None:
    """With the most that a cell may have."""
    file.write_text(f"text,category\n{'x' * 1_000_001},a\n")
    with pytest.raises(TrainingDataError, match="more than 1,000,000 characters"):
        read_labelled(file, Columns())


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever a file holds."""
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(b"text,category\n" + content)
    try:
        tickets = read_labelled(path, Columns())
    except TrainingDataError:
        return
    assert all(tickets.labels)
    assert len(tickets) > 0


def test_texts_are_read_as_the_service_reads_them(file: Path) -> None:
    """Control characters and markup are no words to learn."""
    file.write_text("text,category\n<p>Where is it?</p>,order\nHi\u200b there,other\n", "utf-8")
    assert read_labelled(file, Columns()).texts == ("Where is it?", "Hi there")
