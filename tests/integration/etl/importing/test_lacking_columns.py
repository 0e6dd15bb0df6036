"""A later file changes only what it has columns for; what else is known of a ticket stays."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.importing.transforms.import_profile import ImportProfile
from tests.integration.etl.importing.imported_desk import Desk, write_csv
from tests.integration.etl.importing.test_undo import contents, undo

MADE = "2025-03-04 10:00"
COLUMNS = {
    "Status": "status",
    "Priority": "priority",
    "Agent": "assigned_agent",
    "Rating": "customer_satisfaction_score",
    "Solved": "resolved_at",
    "Closed": "closed_at",
    "Into": "merged_into",
    "Mail": "customer_email",
    "Kind": "category",
    "Tongue": "language",
    "Labels": "tags",
    "Updated": "source_changed_at",
}
KEPT = (
    *("priority", "priority_source", "assigned_agent", "customer_satisfaction_score", "metadata"),
    *("resolved_at::text", "customer_email", "category", "category_source", "language", "tags"),
)


def load(desk: Desk, path: Path, header: str, *rows: str) -> None:
    """Import a file with a mapping for the columns that it has."""
    names = header.split(",")
    columns = {"created_at": "Created"} | {COLUMNS[name]: name for name in names if name in COLUMNS}
    profile = ImportProfile("desk", "desk", external_id=("ID",), columns=columns, time_zone="UTC")
    desk.load(write_csv(path, [row.split(",") for row in rows], names), profile)


def ticket(desk: Desk, *columns: str) -> tuple[object, ...]:
    """Return what stands in the columns of the only ticket."""
    (found,) = desk.rows(f"select {', '.join(columns)} from support.support_tickets")
    return found


def test_a_field_without_a_column_stays_and_a_blank_cell_empties_it(desk: Desk, tmp_path: Path) -> None:
    """Also where it is the key of a person, and what is kept in the metadata."""
    whole = "ID,Created,Status,Priority,Agent,Rating,Region,Solved,Mail,Kind,Tongue,Labels"
    full = f"1,{MADE},Solved,High,Thabo,4,North,2025-03-05 10:00,a@example.org,Lost,de,red"
    load(desk, tmp_path / "p1.csv", whole, full)
    first = contents(desk)
    before = ticket(desk, *KEPT)
    assert before[:6] == ("high", "imported", "Thabo", 4, {"Region": "North"}, "2025-03-05 10:00:00+00")
    load(desk, tmp_path / "p2.csv", "ID,Created,Status", f"1,{MADE},Closed")
    assert ticket(desk, *KEPT, "status") == (*before, "closed")
    undo(desk, 2)
    assert contents(desk) == first
    load(desk, tmp_path / "p3.csv", whole, f"1,{MADE},Open,,,,,,,,,")
    assert ticket(desk, *KEPT) == (
        *(None, "default", None, None, {}, None, "unknown@customer.invalid", None, "imported", None, []),
    )


def test_a_category_that_a_classifier_set_is_not_taken_for_the_file_s(desk: Desk, tmp_path: Path) -> None:
    load(desk, tmp_path / "p1.csv", "ID,Created", f"1,{MADE}")
    with desk.engine.begin() as connection:
        update = (
            "update support.support_tickets set category = 'lost', category_source = 'model', priority_source = 'rules'"
        )
        connection.execute(sa.text(update))
    load(desk, tmp_path / "p2.csv", "ID,Created,Agent", f"1,{MADE},Neo")
    assert ticket(desk, "category", "category_source", "priority_source", "assigned_agent") == (
        "lost", "model", "rules", "Neo",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cells", "end"),
    [
        ("Status", "Solved", ("resolved", "05", "06")),
        ("Status", "Open", ("open", None, None)),
        ("Priority", "Low", ("closed", "05", "06")),
        ("Solved", "", ("open", None, None)),
        ("Solved", "2025-03-07 10:00", ("closed", "07", "06")),
        ("Closed", "2025-03-08 10:00", ("closed", "05", "08")),
        ("Closed", "", ("open", None, None)),
        ("Status,Closed", "Closed,2025-03-08 10:00", ("closed", "05", "08")),
        ("Updated", "2025-03-09 10:00", ("closed", "05", "06")),
    ],
)
def test_the_dates_of_an_end_follow_the_status(
    desk: Desk, tmp_path: Path, header: str, cells: str, end: tuple[object, ...]
) -> None:
    row = f"1,{MADE},Closed,2025-03-05 10:00,2025-03-06 10:00"
    load(desk, tmp_path / "p1.csv", "ID,Created,Status,Solved,Closed", row)
    load(desk, tmp_path / "p2.csv", f"ID,Created,{header}", f"1,{MADE},{cells}")
    days = ("to_char(resolved_at, 'DD')", "to_char(closed_at, 'DD')")
    assert ticket(desk, "status", *days) == end


def test_a_date_that_stands_in_for_the_solving_follows_the_file(desk: Desk, tmp_path: Path) -> None:
    for day, then in (("05", "05"), ("08", "08")):
        load(desk, tmp_path / "p.csv", "ID,Created,Status,Closed", f"1,{MADE},Closed,2025-03-{day} 10:00")
        assert ticket(desk, "to_char(resolved_at, 'DD')") == (then,)
    load(desk, tmp_path / "q.csv", "ID,Created,Status", f"1,{MADE},Solved")
    assert ticket(desk, "to_char(resolved_at, 'DD')") == ("08",)
    load(desk, tmp_path / "r.csv", "ID,Created,Status", "1,2025-04-01 10:00,Solved")
    assert ticket(desk, "resolved_at") == (None,)


def test_a_kept_day_and_a_time_make_a_ticket_that_counts_by_days(desk: Desk, tmp_path: Path) -> None:
    columns = ("is_date_only", "(created_at at time zone 'Africa/Johannesburg')::text")
    solved = "(resolved_at at time zone 'Africa/Johannesburg')::text"
    load(desk, tmp_path / "p1.csv", "ID,Created,Status,Solved", "1,2025-03-04,Solved,2025-03-05")
    load(desk, tmp_path / "p2.csv", "ID,Created,Status", f"1,{MADE},Solved")
    assert ticket(desk, *columns, solved) == (True, "2025-03-04 00:00:00", "2025-03-05 00:00:00")
    assert ticket(desk, "metadata") == ({"Created": MADE},)
    load(desk, tmp_path / "p3.csv", "ID,Created,Status,Solved", f"1,{MADE},Solved,2025-03-05 11:00")
    assert ticket(desk, *columns, solved) == (False, "2025-03-04 12:00:00", "2025-03-05 13:00:00")
    load(desk, tmp_path / "p4.csv", "ID,Created,Status", "1,2025-03-04,Solved")
    assert ticket(desk, *columns, solved) == (True, "2025-03-04 00:00:00", "2025-03-05 00:00:00")


@pytest.mark.parametrize(
    ("header", "cells", "is_merged"),
    [("Agent", "Neo", True), ("Status", "Closed", True), ("Status", "Open", False), ("Into", "", False)],
)
def test_a_merge_stays_while_no_column_says_otherwise(
    desk: Desk, tmp_path: Path, header: str, cells: str, is_merged: bool
) -> None:
    load(desk, tmp_path / "p1.csv", "ID,Created,Status,Into", f"1,{MADE},Closed,99")
    load(desk, tmp_path / "p2.csv", f"ID,Created,{header}", f"1,{MADE},{cells}")
    assert (ticket(desk, "exclusion") == ("merged",)) is is_merged


def test_a_column_that_the_profile_names_and_the_file_lacks_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """A constant of the profile counts as a column."""
    columns = {"created_at": "Created", "priority": "Priority"}
    profile = ImportProfile("desk", "desk", external_id=("ID",), columns=columns, time_zone="UTC")
    desk.load(write_csv(tmp_path / "p1.csv", [["1", MADE, "High"]], ["ID", "Created", "Priority"]), profile)
    with_team = replace(profile, constants={"team": "Books"})
    desk.load(write_csv(tmp_path / "p2.csv", [["1", MADE]], ["ID", "Created"]), with_team)
    assert ticket(desk, "priority", "team") == ("high", "Books")
