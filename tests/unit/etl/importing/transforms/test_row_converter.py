"""A row becomes exactly the ticket that its profile says, or a record with every rule it breaks."""

import json
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.source_row import SourceRow
from etl.importing.transforms.cell_rules import NULL
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import InstantRules
from etl.importing.transforms.reasons import FieldError, Reason, Rule
from etl.importing.transforms.row_converter import RowConverter

HEADER = ("id", "email", "text", "state", "made", "done", "stars", "place")
PROFILE = ImportProfile(
    "test",
    "test",
    external_id=("id",),
    columns={
        "customer_email": "email",
        "content": "text",
        "status": "state",
        "created_at": "made",
        "resolved_at": "done",
        "customer_satisfaction_score": "stars",
    },
    values={"status": {"Sorted": "resolved"}},
)
GOOD = {"id": "7", "email": "Ann@Example.org", "made": "2025-03-01 10:00", "done": "2025-03-02 11:00", "place": "Maun"}


def converter(
    profile: ImportProfile = PROFILE, zone: str | None = "Africa/Gaborone", limit: int = 1000
) -> RowConverter:
    """Return a converter for the test's header."""
    rules = InstantRules(ZoneInfo(zone) if zone else None, ZoneInfo("Africa/Johannesburg"))
    return RowConverter(profile, HEADER, rules, limit)


def unescaped(field: str) -> str | None:
    """Return what PostgreSQL reads from a field of COPY's text format."""
    if field == NULL:
        return None
    parts = field.split("\\\\")
    for mark, letter in (("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\\x02", "\x02")):
        parts = [part.replace(mark, letter) for part in parts]
    return "\\".join(parts)


def staged(line: str, columns: Sequence[str]) -> dict[str, Any]:
    """Return the columns of a line for COPY."""
    assert line.endswith("\n")
    assert line.count("\n") == 1
    fields = line[:-1].split("\t")
    row = {name: unescaped(field) for name, field in zip(columns, fields, strict=True)}
    return {
        name: json.loads(text) if text and name in {"reasons", "payload", "metadata"} else text
        for name, text in row.items()
    }


def converted(profile: ImportProfile = PROFILE, /, **cells: str) -> dict[str, Any]:
    """Return what a good row with some other cells becomes."""
    given_cells = GOOD | cells
    reader = converter(profile)
    return staged(reader.convert(SourceRow(2, [given_cells.get(name, "") for name in HEADER])), reader.columns)


def codes(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the reasons of a record in quarantine."""
    return [(reason["code"], reason["column"]) for reason in row["reasons"]]


def test_a_good_row_becomes_its_ticket() -> None:
    row = converted(text="  It is late \n", state="Sorted", stars="5")
    assert row["reasons"] is None
    assert (row["line_number"], row["external_id"]) == ("2", "7")
    assert row["customer_email"] == "ann@example.org"
    assert row["content"] == "It is late"
    assert row["status"] == "resolved"
    assert not {"priority", "channel"} & row.keys()
    assert row["created_at"] == "2025-03-01T08:00:00+00:00"
    assert row["resolved_at"] == "2025-03-02T09:00:00+00:00"
    assert row["customer_satisfaction_score"] == "5"
    assert row["is_date_only"] == "f"
    assert row["metadata"] == {"place": "Maun"}
    assert row["payload"]["text"] == "  It is late \n"


def test_a_row_without_customer_has_the_customer_of_nobody() -> None:
    assert converted(email=" ")["customer_email"] == "unknown@customer.invalid"


def test_without_a_status_the_close_date_decides() -> None:
    assert converted()["status"] == "resolved"
    row = converted(done="")
    assert (row["status"], row["resolved_at"]) == ("open", None)


def test_a_ticket_that_is_open_has_no_resolution_whatever_the_date_says() -> None:
    row = converted(state="open")
    assert (row["status"], row["resolved_at"]) == ("open", None)


@pytest.mark.parametrize(
    ("made", "done"), [("2025-03-01", "2025-03-02"), ("2025-03-01 10:00", "2025-03-02"), ("2025-03-01", "")]
)
def test_a_ticket_with_any_bare_date_has_only_dates(made: str, done: str) -> None:
    row = converted(made=made, done=done)
    assert row["is_date_only"] == "t"
    assert row["created_at"] == ("2025-02-28T22:00:00+00:00")
    assert row["resolved_at"] == ("2025-03-01T22:00:00+00:00" if done else None)


def test_a_ticket_closed_on_the_night_the_clocks_go_back_is_not_closed_before_it_was_opened() -> None:
    rules = InstantRules(ZoneInfo("America/New_York"), ZoneInfo("Africa/Johannesburg"))
    cells = ["1", "", "", "", "2025-11-02 01:50", "2025-11-02 01:10", "", ""]
    reader = RowConverter(PROFILE, HEADER, rules, 1000)
    row = staged(reader.convert(SourceRow(2, cells)), reader.columns)
    assert (row["created_at"], row["resolved_at"]) == ("2025-11-02T05:50:00+00:00", "2025-11-02T06:10:00+00:00")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"made": "0000-00-00"}, [("bad_date", "made")]),
        ({"made": ""}, [("missing", "made")]),
        ({"made": "1066-10-14"}, [("date_out_of_range", "made")]),
        ({"id": " "}, [("missing", "id")]),
        ({"id": "x" * 201}, [("too_long", "id")]),
        ({"place": "x" * 1001}, [("too_long", "place")]),
        ({"place": "a\0b"}, [("nul_character", "place")]),
        ({"text": "caf\udce9"}, [("bad_encoding", "text")]),
        (
            {"id": "", "place": "a\0b", "made": "?"},
            [("missing", "id"), ("bad_date", "made"), ("nul_character", "place")],
        ),
    ],
)
def test_a_row_that_breaks_rules_is_kept_with_each_of_them(
    cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    row = converted(**cells)
    assert sorted(codes(row)) == sorted(expected)
    assert row["created_at"] is None
    assert row["payload"]["email"] == "Ann@Example.org"
    assert all(Reason(Rule(each["code"]), each["column"]).message.endswith(".") for each in row["reasons"])


def test_what_cannot_be_stored_is_kept_in_a_form_that_can_be_read() -> None:
    assert converted(text="a\0b")["payload"]["text"] == "a␀b"
    assert converted(text="caf\udce9")["payload"]["text"] == "caf\\xe9"


@pytest.mark.parametrize(
    ("cells", "field", "value", "rule"),
    [
        ({"done": "2025-02-28 10:00"}, "resolved_at", None, "closed_before_opened"),
        ({"done": "soon"}, "resolved_at", None, "bad_date"),
        ({"state": "sleeping"}, "status", "resolved", "unknown_value"),
        ({"stars": "6"}, "customer_satisfaction_score", None, "bad_number"),
        ({"stars": "4.5"}, "customer_satisfaction_score", None, "bad_number"),
        ({"stars": "lovely"}, "customer_satisfaction_score", None, "unknown_value"),
        ({"email": "x" * 256}, "customer_email", "unknown@customer.invalid", "too_long"),
    ],
)
def test_an_optional_cell_never_costs_the_ticket(
    cells: dict[str, str], field: str, value: str | None, rule: str
) -> None:
    """Its text is kept in the metadata, and the report counts it with its line."""
    reader = converter()
    given_cells = GOOD | cells
    line = reader.convert(SourceRow(2, [given_cells.get(name, "") for name in HEADER]))
    row = staged(line, reader.columns)
    ((column, text),) = cells.items()
    assert (row["reasons"], row[field], row["metadata"][column]) == (None, value, text)
    first, *_ = (notice.facts for notice in reader.notices())
    assert (first["rule"], first["column"], first["row_count"], first["lines"]) == (rule, column, 1, "2")


def test_a_row_with_too_few_or_too_many_cells_keeps_them_all() -> None:
    row = staged(converter().convert(SourceRow(5, ["7", "x@example.org"])), converter().columns)
    assert codes(row) == [("wrong_cell_count", "")]
    assert row["payload"] == {"id": "7", "email": "x@example.org"}
    cells = [*[GOOD.get(name, "") for name in HEADER], "more", ""]
    row = staged(converter().convert(SourceRow(5, cells)), converter().columns)
    assert row["payload"]["extra cells"] == ["more", ""]


def test_blank_cells_beyond_the_header_are_nothing() -> None:
    cells = [*[GOOD.get(name, "") for name in HEADER], "", ""]
    row = staged(converter().convert(SourceRow(5, cells)), converter().columns)
    assert row["reasons"] is None


def test_what_is_wrong_with_the_form_of_a_row_is_its_reason() -> None:
    line = converter().convert(SourceRow(5, ["7"], "unclosed_quote"))
    assert codes(staged(line, converter().columns)) == [("unclosed_quote", "")]


def test_a_formula_for_a_spreadsheet_is_kept_as_it_is() -> None:
    assert converted(text="=cmd|' /C calc'!A0")["content"] == "=cmd|' /C calc'!A0"


def test_the_hash_changes_with_the_payload_and_with_the_mapping_and_with_nothing_else() -> None:
    hashes = {converted()["payload_hash"], converted()["payload_hash"]}
    assert len(hashes) == 1
    other = ImportProfile("test", "test", external_id=("id",), columns={"created_at": "made", "subject": "place"})
    hashes |= {converted(place="Kasane")["payload_hash"], converted(other)["payload_hash"]}
    assert len(hashes) == 3


def test_a_key_of_several_columns_joins_them() -> None:
    profile = ImportProfile("test", "test", external_id=("id", "place"), columns={"created_at": "made"})
    assert converted(profile)["external_id"] == "7|Maun"


def test_a_row_without_key_has_its_content_as_key() -> None:
    profile = ImportProfile("test", "test", columns={"created_at": "made"})
    row = converted(profile)
    assert row["external_id"] == row["payload_hash"]


def test_a_constant_that_breaks_a_rule_is_refused() -> None:
    with pytest.raises(FieldError, match="unknown_value"):
        converter(ImportProfile("test", "test", columns={"created_at": "made"}, constants={"status": "sleeping"}))


@given(
    st.fixed_dictionaries(
        {
            name: st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
            for name in ("text", "place", "email", "id")
        }
    )
)
def test_any_text_reaches_postgresql_as_it_was_or_goes_to_quarantine(cells: dict[str, str]) -> None:
    row = converted(**cells)
    if row["reasons"]:
        assert not cells["id"].strip() or any("\0" in cell for cell in cells.values())
        return
    assert row["payload"] == {**dict.fromkeys(HEADER, ""), **GOOD, **cells}
    assert row["external_id"] == cells["id"].strip()
    if cells["text"].strip() not in {"NULL", "\\N"}:
        assert row["content"] == cells["text"].strip()
    if cells["place"].strip() not in {"", "NULL", "\\N"}:
        assert row["metadata"] == {"place": cells["place"].strip()}


def test_columns_of_one_name_are_one_list_of_tags() -> None:
    """Each label of an issue has a column of its own, and of several columns with one name all but one get a number."""
    header = ("id", "made", "Labels", "Labels (2)", "Labels (3)", "Label notes (2)")
    profile = ImportProfile(
        "test", "test", external_id=("id",), columns={"created_at": "made", "tags": "Labels"}, time_zone="UTC"
    )
    rules = InstantRules(ZoneInfo("UTC"), ZoneInfo("UTC"))
    reader = RowConverter(profile, header, rules, 1000)
    row = staged(reader.convert(SourceRow(2, ["7", "2025-03-01 10:00", "late", "", "van", "x"])), reader.columns)
    assert row["tags"] == '{"late","van"}'
    assert row["metadata"] == {"Label notes (2)": "x"}
    assert row["payload"]["Labels (3)"] == "van", "the record keeps every cell"


def test_the_first_of_two_columns_with_one_name_can_be_named() -> None:
    header = ("id", "made", "State", "State (2)")
    profile = ImportProfile(
        "test", "test", external_id=("id",), columns={"created_at": "made", "status": "state (1)"}, time_zone="UTC"
    )
    reader = RowConverter(profile, header, InstantRules(ZoneInfo("UTC"), ZoneInfo("UTC")), 1000)
    row = staged(reader.convert(SourceRow(2, ["7", "2025-03-01 10:00", "pending", "open"])), reader.columns)
    assert (row["status"], row["metadata"]) == ("pending", {"State (2)": "open"})


def test_a_time_just_before_the_creation_is_taken_for_it_and_said() -> None:
    reader = converter()
    cells = GOOD | {"made": "2025-03-01 10:00:40", "done": "2025-03-01 10:00:00"}
    row = staged(reader.convert(SourceRow(2, [cells.get(name, "") for name in HEADER])), reader.columns)
    assert row["resolved_at"] == row["created_at"]
    assert [(each.slug, each.facts["row_count"], each.facts["lines"]) for each in reader.notices()] == [
        ("clocks_differ", 1, "2")
    ]
