"""A ticket that was merged into another leads to that one for as long as its source says so."""

from dataclasses import replace
from pathlib import Path

from tests.integration.etl.importing.imported_desk import PROFILE, Desk, row, write_csv
from tests.integration.etl.importing.test_undo import contents, undo

MERGES = replace(PROFILE, columns={**PROFILE.columns, "merged_into": "note"})
_MERGED = (
    "select merged.external_id, target.external_id from support.support_tickets as ticket"
    " inner join raw.records as merged on ticket.id = merged.ticket_id"
    " left join raw.records as target on ticket.merged_into_id = target.ticket_id"
    " where merged.kind = 'tickets' order by 1"
)


def test_a_merge_into_a_ticket_that_goes_is_undone_with_it(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", note="2"), row("3", note="")]), MERGES)
    before = contents(desk)
    desk.load(write_csv(tmp_path / "b.csv", [row("2", note="")]), MERGES)
    assert desk.rows(_MERGED) == [("1", "2"), ("2", None), ("3", None)]
    undo(desk, 2)
    assert contents(desk) == before
    assert desk.rows(_MERGED) == [("1", None), ("3", None)]


def test_a_ticket_that_an_import_merged_elsewhere_goes_back_to_where_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", note="2"), row("2", note="")]), MERGES)
    desk.load(write_csv(tmp_path / "b.csv", [row("1", note="3"), row("3", note="")]), MERGES)
    assert desk.rows(_MERGED) == [("1", "3"), ("2", None), ("3", None)]
    undo(desk, 2)
    assert desk.rows(_MERGED) == [("1", "2"), ("2", None)]


def test_a_ticket_that_its_file_merges_no_more_counts_again(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "a.csv", [row("1", note="2"), row("2", note="")]), MERGES)
    desk.load(write_csv(tmp_path / "b.csv", [row("1", note="")]), MERGES)
    assert desk.rows(_MERGED) == [("1", None), ("2", None)]
    assert desk.rows("select distinct exclusion from support.support_tickets") == [(None,)]
    undo(desk, 2)
    assert desk.rows(_MERGED) == [("1", "2"), ("2", None)]


def test_a_merge_leads_to_a_ticket_and_not_to_another_record_of_the_same_key(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1", note="77"), row("5", note="")]), MERGES)
    message = ["5", "77", "Thabo", "2025-03-01 12:00", "5"]
    header = ["Ticket ID", "ID", "Agent", "Date", "Minutes"]
    desk.load(write_csv(tmp_path / "i.csv", [message], header), None, kind="interactions", source="desk")
    desk.load(write_csv(tmp_path / "u.csv", [row("5", note="", subject="Again")]), MERGES)
    assert desk.rows(_MERGED) == [("1", None), ("5", None)]


def test_a_merge_into_a_ticket_that_is_not_here_is_told_until_it_comes(desk: Desk, tmp_path: Path) -> None:
    """Each time that the file says so; the ticket may come in a file that knows nothing of merges."""
    path = write_csv(
        tmp_path / "a.csv", [row("1", note="99"), row("2", note=""), row("3", note="98"), row("4", note="4")]
    )
    told = [
        "2 tickets were merged into tickets that are not here; they lead there when those come in. Lines: 2, 4.",
        "1 ticket is said to be merged into itself; it leads nowhere and is left out as merged. Line: 5.",
    ]
    for _ in range(2):
        assert [line for line in desk.load(path, MERGES).lines() if "merged" in line] == told
    desk.load(write_csv(tmp_path / "b.csv", [row("99", note="")]), PROFILE)
    assert desk.rows(_MERGED) == [("1", "99"), ("2", None), ("3", None), ("4", None), ("99", None)]
    assert "1 ticket was merged into tickets that are not here" in "".join(desk.load(path, MERGES).lines())
    undo(desk, 4)
    undo(desk, 3)
    assert desk.rows(_MERGED) == [("1", None), ("2", None), ("3", None), ("4", None)]
