"""What happened to a ticket belongs to the ticket of its own source, also when that comes in last."""

from pathlib import Path

import pytest

from etl.importing.quarantine import replay_quarantine
from etl.importing.report import ImportReport
from etl.importing.undo import UndoError
from tests.integration.etl.importing.imported_desk import JOHANNESBURG, Desk, row, write_csv
from tests.integration.etl.importing.test_kinds import INTERACTIONS, QUESTION, REPLY, everything
from tests.integration.etl.importing.test_undo import undo

_LAY = "2 rows of this source lay with tickets of source 'deskB', which had the same keys; they belong to these"
_WENT = "2 rows went to tickets of source 'deskB', because 'deskA' has none of these keys."
_WHERE = (
    "select subject, count(*) from support.customer_interactions as made"
    " inner join support.support_tickets as ticket on made.ticket_id = ticket.id group by subject order by 1"
)


def messages(desk: Desk, path: Path) -> ImportReport:
    """Import two messages of desk A's ticket 1."""
    write_csv(path, [REPLY, QUESTION], INTERACTIONS.split(", "))
    return desk.load(path, None, kind="interactions", source="deskA")


def tickets(desk: Desk, path: Path, source: str, **cells: str) -> ImportReport:
    """Import a desk's ticket 1; its subject is the desk."""
    return desk.load(write_csv(path, [row("1", **{"subject": source, **cells})]), source=source)


def where(desk: Desk) -> dict[str, int]:
    """Return at which desk's tickets the messages lie, once the records agree."""
    lying = "select count(*) from raw.records inner join support.customer_interactions as made on row_id = made.id"
    assert desk.value(f"{lying} where kind = 'interactions' and records.ticket_id <> made.ticket_id") == 0
    return {str(subject): int(count) for subject, count in desk.rows(_WHERE)}


def test_messages_come_to_their_own_desk_s_ticket_however_late_it_comes(desk: Desk, tmp_path: Path) -> None:
    messages(desk, tmp_path / "i.csv")
    waiting = everything(desk)
    assert _WENT in tickets(desk, tmp_path / "b.csv", "deskB").lines()
    assert where(desk) == {"deskB": 2}
    before = everything(desk)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("delete from support.ticket_changes")
    assert any(_LAY in line for line in tickets(desk, tmp_path / "a.csv", "deskA").lines())
    assert where(desk) == {"deskA": 2}
    assert desk.value("select count(distinct ticket_id) from support.ticket_changes") == 2
    with pytest.raises(UndoError, match=r"a\.csv"):
        undo(desk, 3)
    undo(desk, 4)
    assert where(desk) == {"deskB": 2}
    assert everything(desk) == before
    undo(desk, 2)
    assert everything(desk) == waiting


def test_messages_wait_when_both_desks_tickets_are_taken_back(desk: Desk, tmp_path: Path) -> None:
    messages(desk, tmp_path / "i.csv")
    waiting = everything(desk)["waiting"]
    tickets(desk, tmp_path / "b.csv", "deskB")
    tickets(desk, tmp_path / "a.csv", "deskA")
    undo(desk, 2)
    assert where(desk) == {"deskA": 2}
    undo(desk, 4)
    assert where(desk) == {}
    assert len(everything(desk)["waiting"]) == len(waiting)
    assert tickets(desk, tmp_path / "b.csv", "deskB").arrived_count == 2


def test_the_report_names_the_source_to_whose_tickets_rows_went(desk: Desk, tmp_path: Path) -> None:
    """Of a file as of a replay; rows that come to their own source's tickets are not worth a word."""
    tickets(desk, tmp_path / "b.csv", "deskB")
    report = messages(desk, tmp_path / "i.csv")
    assert _WENT in report.lines()
    undo(desk, 2)
    undo(desk, 1)
    messages(desk, tmp_path / "i.csv")
    desk.load(write_csv(tmp_path / "b.csv", [row("1", made="?")]), source="deskB")
    report = tickets(desk, tmp_path / "b.csv", "deskB")
    assert _WENT in report.lines()
    assert replay_quarantine(desk.engine, None, None, "", JOHANNESBURG).lines()[0].startswith("0 records tried")
    tickets(desk, tmp_path / "a.csv", "deskA")
    again = desk.load(tmp_path / "i.csv", None, kind="interactions", source="deskA", is_again=True)
    assert not any("went to tickets" in line for line in again.lines())


def test_a_rating_that_comes_to_its_ticket_leaves_the_other_as_it_was(desk: Desk, tmp_path: Path) -> None:
    rated = ["ID", "Created", "Rating", "Rated At"]
    for name, day in (("b", "02"), ("a", "03")):
        write_csv(tmp_path / f"{name}.csv", [["1", "2025-03-01 10:00", "5", f"2025-03-{day} 10:00"]], rated)
    write_csv(tmp_path / "r.csv", [["1", "2025-04-01 10:00", "2"]], ["Ticket", "Rated At", "Score"])
    shown = "select customer_satisfaction_score, rated_at::date::text from support.support_tickets order by id"
    kept = "select score, is_from_ticket from support.ticket_ratings order by ticket_id, rated_at"
    desk.load(tmp_path / "b.csv", None, source="deskB")
    desk.load(tmp_path / "r.csv", None, kind="ratings", source="deskA")
    assert desk.rows(shown) == [(2, "2025-04-01")]
    before = desk.rows(kept)
    desk.load(tmp_path / "a.csv", None, source="deskA")
    assert desk.rows(shown) == [(5, "2025-03-02"), (2, "2025-04-01")]
    assert desk.rows(kept) == [(5, True), (2, False)]
    undo(desk, 3)
    assert desk.rows(shown) == [(2, "2025-04-01")]
    assert desk.rows(kept) == before
