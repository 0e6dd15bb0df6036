"""JSON as APIs give it becomes a table in which no value is lost or changed."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import (
    FileDamagedError,
    FileKindError,
    FileTooLargeError,
    HeaderError,
    ImportFileError,
)
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table

_USUAL = ImportLimits()


def read(
    path: Path, sheet: str = "", limits: ImportLimits = _USUAL
) -> tuple[tuple[str, ...], list[SourceRow], tuple[Notice, ...]]:
    """Return header, rows and notices."""
    with open_table(path, FileLayout(sheet=sheet), limits) as table:
        return table.header.names, list(table.rows), table.header.notices


def table(folder: Path, text: str | bytes, sheet: str = "") -> list[dict[str, str]]:
    """Return the rows of a text by the names of their columns, blank cells left out."""
    path = folder / "export.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    names, rows, _ = read(path, sheet)
    return [{name: cell for name, cell in zip(names, row.cells, strict=True) if cell} for row in rows]


TWO = [{"id": "1", "state": "open"}, {"id": "2", "made": "2025-03-01"}]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "state": "open"}, {"id": 2, "made": "2025-03-01", "state": null}]',
        '{"tickets": [{"id": 1, "state": "open"}, {"id": 2, "made": "2025-03-01"}], "next_page": null, "count": 2}',
        '{"data": {"issues": {"nodes": [{"id": 1, "state": "open"}, {"id": 2, "made": "2025-03-01"}]}}}',
        '{"id": 1, "state": "open"}\n{"id": 2, "made": "2025-03-01"}\n',
        '{"id": 1, "state": "open"}\r\n\r\n{"id": 2, "made": "2025-03-01"}',
        '[{"ticket": {"id": 1, "state": "open"}}, {"ticket": {"id": 2, "made": "2025-03-01"}}]',
        '{"ticket": {"id": 1, "state": "open"}}\n{"ticket": {"id": 2, "made": "2025-03-01"}}',
        '\n [\n{"id": "1", "state": "open"},\n{"id": "2", "made": "2025-03-01"}\n]\n',
    ],
    ids=["list", "object", "nested", "lines", "blank lines", "wrapped", "wrapped lines", "spaces"],
)
@pytest.mark.parametrize("packed", ["plain", "gzip", "utf-16"])
def test_the_usual_forms_of_exports_all_become_the_same_rows(tmp_path: Path, text: str, packed: str) -> None:
    content = text.encode("utf-16" if packed == "utf-16" else "utf-8")
    assert table(tmp_path, gzip.compress(content) if packed == "gzip" else content) == TWO


def test_one_ticket_alone_is_one_row_with_its_lists_in_it(tmp_path: Path) -> None:
    text = '{"ticket": {"id": 7, "comments": [{"id": 1, "body": "a"}, {"id": 2, "body": "b"}]}}'
    assert table(tmp_path, text) == [{"id": "7", "comments.id": "1, 2", "comments.body": "a, b"}]


def test_nested_names_are_joined_by_dots_and_lists_by_commas(tmp_path: Path) -> None:
    record = {
        "via": {"channel": "web", "source": {"from": {}}},
        "tags": ["vip", "refund"],
        "names": ["Doe, J.", "Ann"],
        "labels": [{"name": "bug"}, {"name": "ui"}],
        "custom_fields": [{"id": 11, "value": "x"}, {"id": 12, "value": True}],
        "none": [],
        "mixed": [1, {"a": 2}],
    }
    assert table(tmp_path, json.dumps([record])) == [
        {
            "via.channel": "web",
            "tags": "vip, refund",
            "names": '["Doe, J.","Ann"]',
            "labels.name": "bug, ui",
            "custom_fields.11": "x",
            "custom_fields.12": "true",
            "mixed": '["1",{"a":"2"}]',
        }
    ]


def test_no_digit_of_a_number_changes(tmp_path: Path) -> None:
    text = '[{"id": 123456789012345678901234567890, "score": 4.10, "huge": 1e400, "long": ' + "9" * 5000 + "}]"
    (row,) = table(tmp_path, text)
    assert (row["id"], row["score"], row["huge"]) == ("123456789012345678901234567890", "4.10", "1e400")
    assert row["long"] == "9" * 5000


def test_of_several_lists_one_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    text = '{"users": [{"id": 9}], "tickets": [{"id": 1, "made": "x"}, {"id": 2}], "groups": []}'
    assert table(tmp_path, text) == [{"id": "1", "made": "x"}, {"id": "2"}]
    assert [each.as_json() for each in read(tmp_path / "export.json")[2]] == [
        {"notice": "list_not_read", "name": "users", "row_count": 1, "is_cut": False}
    ]
    assert table(tmp_path, text, "users") == [{"id": "9"}]
    with pytest.raises(FileKindError, match="'groups'"):
        table(tmp_path, text, "groups")


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ('[{"id": 1}, {"id": 2', FileDamagedError, "line 1"),
        ('[{"id": 1},\n{"id": 2} {"id": 3}]', FileDamagedError, "line 2"),
        ('{"id": 1}\n{"id": 2}\n{"id": oops}\n', FileDamagedError, "line 3"),
        ('{"tickets": [{"id": 1}]} and more', FileDamagedError, "line 1"),
        ('[{"id": 1}, 7]', FileKindError, "Record 2"),
        ("[]", HeaderError, "no list"),
        ('{"tickets": []}', HeaderError, "no list"),
        ('["a", "b"]', FileKindError, "Record 1"),
        ('[{"a":' + '{"a":' * 100_000 + "1" + "}" * 100_001 + "]", FileDamagedError, "too deeply"),
        ("[" * 100_000, FileDamagedError, "too deeply"),
        ("[{" + ",".join(f'"c{number}": 1' for number in range(3000)) + "}]", HeaderError, "2000 different names"),
        ('{"list' + '": [{"a": 1}], "list'.join(map(str, range(60))) + '": []}', FileTooLargeError, "50 lists"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, text: str, error: type[ImportFileError], told: str
) -> None:
    with pytest.raises(error, match=told):
        table(tmp_path, text)


def test_a_value_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "endless.json"
    path.write_text('[{"id": 1}, {"id": "' + "x" * 300_000)
    with pytest.raises(FileTooLargeError, match="200000 characters"):
        read(path, limits=ImportLimits(line_characters=200_000))


def test_a_long_list_comes_whole(tmp_path: Path) -> None:
    """Also where a record lies on the border between two parts that were read."""
    records = [{"id": str(number), "note": "é" * (number % 90)} for number in range(30_000)]
    for text in (json.dumps({"tickets": records}), "\n".join(map(json.dumps, records))):
        rows = table(tmp_path, text)
        assert rows == [{name: value for name, value in record.items() if value} for record in records]


@given(
    st.lists(
        st.dictionaries(
            st.text(st.sampled_from("abc"), min_size=1, max_size=3),
            st.text(st.characters(exclude_categories=["Cs"])),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_texts_come_back(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> None:
    wrapped = [{"key": str(number), **record} for number, record in enumerate(records)]
    expected = [{name: text for name, text in record.items() if text} for record in wrapped]
    assert table(tmp_path_factory.mktemp("any"), json.dumps(wrapped)) == expected
