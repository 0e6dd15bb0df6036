"""The real complaints come in right to the row, checked against a reading of the file that shares nothing with ours."""

import csv
import gzip
import os
from collections import Counter
from pathlib import Path

import pytest

from etl.importing.profile_file import read_profile
from tests.integration.etl.importing.imported_desk import Desk

ROOT = Path(__file__).parents[4]
FILE = (
    Path(os.environ.get("SUPPORT_SHARED_DATA", ROOT.parent / "shared" / "data"))
    / "tickets"
    / "nyc_complaints_2015_2016.csv.gz"
)

Row = dict[str, str]


@pytest.fixture(scope="module")
def lines() -> list[Row]:
    """The rows of the file; no cell of it has a line end, so a row is a line."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_is_the_one_that_was_described(lines: list[Row]) -> None:
    """Rows: 100,434; keys: 100,371; 63 keys stand twice, each with other content."""
    keys = Counter(line["unique_key"] for line in lines)
    twice = [key for key, count in keys.items() if count > 1]
    contents = {tuple(line.values()) for line in lines}
    assert (len(lines), len(keys), len(twice), max(keys.values()), len(contents)) == (100_434, 100_371, 63, 2, 100_434)
    last = {line["unique_key"]: line for line in lines}
    for rows in (lines, list(last.values())):
        assert sum(not line["complaint_type"].strip() for line in rows) == 3_748
        assert sum(not line["closedate"].strip() for line in rows) == 201


def test_the_import_is_right_to_the_row_and_importing_again_changes_nothing(desk: Desk, lines: list[Row]) -> None:
    profile = read_profile("nyc_complaints")
    report = desk.load(FILE, profile)
    expected = {line["unique_key"]: (number, line) for number, line in enumerate(lines, start=2)}
    assert (report.row_count, report.new_count, report.quarantined_count, report.duplicate_count) == (
        100_434,
        100_371,
        0,
        0,
    )
    overruled = {
        (number, expected[line["unique_key"]][0], line["unique_key"])
        for number, line in enumerate(lines, start=2)
        if expected[line["unique_key"]][0] != number
    }
    assert {(each.line_number, each.by_line_number, each.external_id) for each in report.superseded} == overruled
    assert len(overruled) == 63
    _check_tickets(desk, expected)
    _check_records(desk, expected, overruled, lines)
    counts = desk.rows(
        "select count(*), count(category), count(resolved_at), bool_and(is_date_only) from support.support_tickets"
    )
    assert counts == [(100_371, 100_371 - 3_748, 100_371 - 201, True)]
    again = desk.load(FILE, profile)
    assert (again.new_count, again.updated_count, again.unchanged_count) == (0, 0, 100_371)
    assert desk.value("select count(*) from raw.superseded_records") == 63
    assert desk.value("select count(distinct ticket_id) from support.ticket_changes") == 100_371
    assert desk.value("select count(*) from support.customers") == 0


def _check_tickets(desk: Desk, expected: dict[str, tuple[int, Row]]) -> None:
    stored = desk.rows(
        "select external_id, line_number, category, subject, status, metadata, "
        "(created_at at time zone 'Africa/Johannesburg')::text, (resolved_at at time zone 'Africa/Johannesburg')::text "
        "from raw.records join support.support_tickets on id = ticket_id"
    )
    wanted = [
        (
            key,
            number,
            line["complaint_type"].strip() or None,
            line["descriptor"].strip(),
            "resolved" if line["closedate"] else "open",
            {name: line[name].strip() for name in METADATA if line[name].strip()},
            f"{line['opendate']} 00:00:00",
            f"{line['closedate']} 00:00:00" if line["closedate"] else None,
        )
        for key, (number, line) in expected.items()
    ]
    assert sorted(stored, key=_key) == sorted(wanted, key=_key)


METADATA = ("account", "zip", "borough", "city", "council_dist", "community_board")


def _key(ticket: tuple[object, ...]) -> str:
    return str(ticket[0])


def _check_records(
    desk: Desk, expected: dict[str, tuple[int, Row]], overruled: set[tuple[int, int, str]], lines: list[Row]
) -> None:
    """Check that each row of the file is kept, as it came, in one of two tables."""
    records = dict(desk.rows("select external_id, payload from raw.records"))
    assert records == {key: line for key, (_, line) in expected.items()}
    superseded = dict(desk.rows("select line_number, payload from raw.superseded_records"))
    assert superseded == {number: lines[number - 2] for number, _, _ in overruled}
