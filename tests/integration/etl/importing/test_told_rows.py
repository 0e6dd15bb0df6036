"""A row that means something else than it seems to is told with its line, and what it says is kept."""

from pathlib import Path

from etl.importing.report import ImportReport
from etl.importing.transforms.import_profile import ImportProfile
from etl.marts.rebuild import rebuild_marts
from tests.integration.etl.importing.imported_desk import Desk, write_csv

MADE = "2025-03-04 10:00"


def load(desk: Desk, path: Path, header: str, *rows: str, profile: ImportProfile | None = None) -> ImportReport:
    """Import a file of which only the header is known."""
    return desk.load(write_csv(path, [row.split(",") for row in rows], header.split(",")), profile, source="desk")


def metadata(desk: Desk) -> list[dict[str, str]]:
    """Return what is kept besides the fields of each ticket."""
    return [kept for (kept,) in desk.rows("select metadata from support.support_tickets order by id")]


def test_the_end_of_a_ticket_that_is_open_is_kept_aside_and_told(desk: Desk, tmp_path: Path) -> None:
    rows = (f"1,{MADE},Open,2025-03-05 10:00,", f"2,{MADE},Pending,,2025-03-06")
    ended = f"3,{MADE},Closed,2025-03-05 10:00,2025-03-05 09:00"
    report = load(desk, tmp_path / "a.csv", "ID,Created,Status,Closed,Solved", *rows, ended)
    assert metadata(desk) == [{"Closed": "2025-03-05 10:00"}, {"Solved": "2025-03-06"}, {}]
    query = "select closed_at is null, resolved_at is null, is_date_only from support.support_tickets order by id"
    assert desk.rows(query) == [(True, True, False), (True, True, False), (False, False, False)]
    said = report.lines()
    assert "1 ticket is open although 'Closed' has a date; the date is kept aside. Line: 2." in said
    assert "1 ticket is open although 'Solved' has a date; the date is kept aside. Line: 3." in said


def test_a_time_of_day_beside_a_date_without_one_is_kept_aside_and_told(desk: Desk, tmp_path: Path) -> None:
    """A midnight is no time of day that could be lost, and where both are dates nothing is."""
    report = load(
        desk,
        tmp_path / "a.csv",
        "ID,Created,Status,Solved",
        f"1,{MADE},Solved,2025-03-05",
        "2,2025-03-04 00:00,Solved,2025-03-05",
        "3,2025-03-04,Solved,2025-03-05",
        "4,2025-03-04,Solved,2025-03-05 11:30",
        f"5,{MADE},Solved,2025-03-05 11:30",
    )
    assert metadata(desk) == [{"Created": MADE}, {}, {}, {"Solved": "2025-03-05 11:30"}, {}]
    flags = desk.rows("select is_date_only from support.support_tickets order by id")
    assert [flag for (flag,) in flags] == [True, True, True, True, False]
    said = [line for line in report.lines() if "by days" in line]
    why = "1 ticket counts by days, because one of its dates has no time of day; the full"
    assert said == [f"{why} 'Created' is kept aside. Line: 2.", f"{why} 'Solved' is kept aside. Line: 5."]


def test_the_time_in_a_column_of_its_own_is_kept_with_its_date(desk: Desk, tmp_path: Path) -> None:
    profile = ImportProfile(
        "desk",
        "desk",
        external_id=("ID",),
        columns={"created_at": "Day", "resolved_at": "Solved"},
        times={"created_at": "Time"},
        time_zone="UTC",
    )
    load(desk, tmp_path / "a.csv", "ID,Day,Time,Solved", "1,2025-03-04,10:15,2025-03-05", profile=profile)
    assert metadata(desk) == [{"Day": "2025-03-04 10:15"}]


def test_a_rating_without_a_date_is_told_with_the_day_that_stands_for_it(desk: Desk, tmp_path: Path) -> None:
    header = "ID,Created,Status,Solved,Rating,Rated At"
    rows = (f"1,{MADE},Solved,2025-03-05 10:00,4,", f"2,{MADE},Open,,5,", f"3,{MADE},Open,,5,2025-03-06 10:00")
    report = load(desk, tmp_path / "a.csv", header, *rows, f"4,{MADE},Open,,,")
    assert (
        "2 ratings have no date; the day of solving stands for it, else that of closing, of the last change or of"
        " creation. Lines: 2, 3."
    ) in report.lines()


def test_a_rating_without_a_date_counts_when_its_ticket_was_solved_or_last_changed(desk: Desk, tmp_path: Path) -> None:
    header = "ID,Created,Status,Solved,Updated At,Rating"
    rows = (f"1,{MADE},Solved,2025-04-05 10:00,2025-05-06 10:00,4", f"2,{MADE},Open,,2025-06-07 10:00,5")
    load(desk, tmp_path / "a.csv", header, *rows, f"3,{MADE},Open,,,5")
    write_csv(tmp_path / "r.csv", [["3", "2"]], ["Ticket", "Score"])
    write_csv(tmp_path / "u.csv", [["3", MADE, "Open", "", "2025-08-09 10:00", "5"]], header.split(","))
    desk.load(tmp_path / "u.csv", None, source="desk")
    answers = desk.load(tmp_path / "r.csv", None, kind="ratings", source="desk")
    assert any("1 rating has no date; the day on which it was asked for" in line for line in answers.lines())
    with desk.engine.begin() as connection:
        rebuild_marts(connection, "UTC")
    days = desk.rows("select rated_date::text from marts.fct_tickets order by ticket_id")
    assert [day for (day,) in days] == ["2025-04-05", "2025-06-07", "2025-08-09"]
    events = "select distinct happened_date::text from marts.fct_ticket_events where kind = 6 order by 1"
    assert [day for (day,) in desk.rows(events)] == ["2025-04-05", "2025-06-07", "2025-08-09"]


def test_a_ticket_that_counts_as_open_because_its_status_is_not_known_is_told(desk: Desk, tmp_path: Path) -> None:
    """Unless its dates say how it stands; without a column for the status they always do."""
    rows = (f"1,{MADE},TBC,", f"2,{MADE},,", f"3,{MADE},,2025-03-05 10:00", f"4,{MADE},Open,")
    path = write_csv(tmp_path / "a.csv", [row.split(",") for row in rows], ["ID", "Created", "Status", "Solved"])
    report = desk.load(path, None, source="desk", answers={"status:*": "none"})
    assert "2 tickets have no known status and count as open. Lines: 2, 3." in report.lines()
    assert metadata(desk)[0] == {"Status": "TBC"}
    other = load(desk, tmp_path / "b.csv", "ID,Created,Solved", f"7,{MADE},")
    assert not any("no known status" in line for line in other.lines())


def test_a_word_of_the_status_that_a_profile_leaves_unused_is_kept(desk: Desk, tmp_path: Path) -> None:
    columns = {"created_at": "Created", "status": "Status"}
    profile = ImportProfile(
        "desk", "desk", external_id=("ID",), columns=columns, values={"status": {"TBC": ""}}, time_zone="UTC"
    )
    report = load(desk, tmp_path / "a.csv", "ID,Created,Status", f"1,{MADE},TBC", f"2,{MADE},-", profile=profile)
    assert metadata(desk) == [{"Status": "TBC"}, {}]
    assert any("1 cell of 'Status' is kept aside" in line and "TBC (1)" in line for line in report.lines())
