"""Customers, agents and what happened to tickets come in once, are corrected by a later file, and are taken back."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from etl.importing.report import ImportReport
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.undo import undo_import
from etl.marts.refresh import refresh_marts
from tests.integration.etl.importing.imported_desk import JOHANNESBURG, Desk, row, write_csv
from tests.integration.etl.importing.test_undo import contents


def load(desk: Desk, path: Path, kind: str, header: str, *rows: Sequence[str], profile: str = "") -> ImportReport:
    """Import a guessed file of a kind, under the name of the kind."""
    write_csv(path, rows, header.split(", "))
    given = ImportProfile("mine", "mine", kind=kind, columns={profile: header}) if profile else None
    return desk.load(path, given, kind=kind, source=kind)


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return what a desk holds, also of the other kinds."""
    return {
        **contents(desk),
        "customers": desk.rows(
            "select customer_email, name, customer_type, organisation, churned_at from support.customers order by 1"
        ),
        "agents": desk.rows("select agent_name, team, email, hired_on, left_on from support.agents order by 1"),
        "interactions": desk.rows(
            "select external_id, agent_name, duration_minutes, notes, timestamp::text, direction, is_public,"
            " is_automatic from support.customer_interactions as made"
            " inner join raw.records on records.ticket_id = made.ticket_id"
            " where records.kind = 'tickets' order by timestamp, notes"
        ),
        "statuses": desk.rows(
            "select status, changed_at::text, changed_by from support.ticket_status_history order by 2"
        ),
    }


CUSTOMERS = "E-mail, Name, Segment, Company, Churned At"


def test_a_file_of_customers_fills_their_types_and_leaving_dates(desk: Desk, tmp_path: Path) -> None:
    """What it says of a leaving date counts, also that there is none; a name it does not give stays."""
    desk.load(write_csv(tmp_path / "t.csv", [row("1", email="a@example.org", kind="")]))
    before = everything(desk)
    rows = [("A@example.org", "Ann", "school", "Hill School", "2025-06-01"), ("b@example.org", "Ben", "", "", "")]
    report = load(desk, tmp_path / "c.csv", "customers", CUSTOMERS, *rows)
    assert (report.kind, report.new_count, report.quarantined_count) == ("customers", 2, 0)
    query = (
        "select customer_email, name, customer_type, organisation,"
        " (churned_at at time zone 'Africa/Johannesburg')::text from support.customers order by 1"
    )
    assert desk.rows(query) == [
        ("a@example.org", "Ann", "school", "Hill School", "2025-06-01 00:00:00"),
        ("b@example.org", "Ben", None, None, None),
    ]
    filled = everything(desk)
    assert load(desk, tmp_path / "c.csv", "customers", CUSTOMERS, *rows).unchanged_count == 2
    assert everything(desk) == filled
    corrected = load(desk, tmp_path / "c.csv", "customers", CUSTOMERS, ("a@example.org", "", "library", "", ""))
    assert corrected.updated_count == 1
    assert desk.rows(query)[0] == ("a@example.org", "Ann", "library", None, None)
    undo_import(desk.engine, 4, "keeper")
    assert everything(desk) == filled
    undo_import(desk.engine, 3, "keeper")
    undo_import(desk.engine, 2, "keeper")
    assert everything(desk) == before


def test_tickets_without_a_type_and_an_organisation_take_those_of_their_customer(desk: Desk, tmp_path: Path) -> None:
    """Whatever comes in first; the ticket's own word counts; taking the customers back takes the types back."""
    rows = [row("1", email="a@example.org", kind=""), row("2", email="b@example.org", kind="shop")]
    desk.load(write_csv(tmp_path / "t.csv", rows))
    assert _types(desk) == [(None, None), ("shop", None)]
    people = (("a@example.org", "Ann", "school", "Hill School", ""), ("b@example.org", "Ben", "library", "", ""))
    load(desk, tmp_path / "c.csv", "customers", CUSTOMERS, *people)
    assert _types(desk) == [("school", "Hill School"), ("shop", None)]
    desk.load(write_csv(tmp_path / "t.csv", [row("3", email="a@example.org", kind="")]))
    assert _types(desk)[2:] == [("school", "Hill School")]
    undo_import(desk.engine, 2, "keeper")
    assert _types(desk) == [(None, None), ("shop", None), (None, None)]


def _types(desk: Desk) -> list[tuple[object, ...]]:
    """Return each ticket's type of customer and organisation, as the refreshed marts have them."""
    with desk.engine.begin() as connection:
        refresh_marts(connection, JOHANNESBURG.key)
    return desk.rows(
        "select types.value, organisations.value from marts.fct_tickets as facts"
        " inner join raw.records on records.kind = 'tickets' and facts.ticket_id = records.ticket_id"
        " inner join marts.dimension_values as types"
        " on types.dimension = 'customer_type' and facts.customer_type_id = types.id"
        " inner join marts.dimension_values as organisations"
        " on organisations.dimension = 'organisation' and facts.organisation_id = organisations.id order by external_id"
    )


def test_a_customer_has_been_one_since_the_first_ticket(desk: Desk, tmp_path: Path) -> None:
    """In whatever order files and tickets come in, and unless a file says an earlier day."""
    query = "select created_at::text from support.customers"
    load(desk, tmp_path / "c.csv", "customers", "E-mail", ("a@example.org",))
    later, earlier = (row(key, email="a@example.org", made=f"2025-0{key}-01 10:00", done="") for key in "32")
    for rows in ([later], [later, earlier]):
        desk.load(write_csv(tmp_path / "t.csv", rows))
    assert desk.value(query) == "2025-02-01 10:00:00+00"
    load(desk, tmp_path / "c.csv", "customers", "E-mail, Customer Since", ("a@example.org", "2020-05-01 10:00"))
    assert desk.value(query) == "2020-05-01 10:00:00+00"
    for number in (4, 3):
        undo_import(desk.engine, number, "keeper")
    assert desk.value(query) == "2025-03-01 10:00:00+00"


def test_a_file_of_agents_fills_their_hiring_dates(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1", agent="Thabo")]))
    before = everything(desk)
    rows = [("Thabo", "THABO@example.org", "Books", "03/04/2024"), ("Neo", "", "", "?"), ("Lerato", "", "", "")]
    report = load(desk, tmp_path / "a.csv", "agents", "Agent, E-mail, Team, Hire Date", *rows)
    assert (report.new_count, report.quarantined_count) == (3, 0)
    assert any("1 cell of 'Hire Date' is kept aside" in line for line in report.lines())
    assert everything(desk)["agents"] == [
        ("Lerato", None, None, None, None),
        ("Neo", None, None, None, None),
        ("Thabo", "Books", "thabo@example.org", desk.value("select date '2024-04-03'"), None),
    ]
    undo_import(desk.engine, 2, "keeper")
    assert everything(desk) == before


INTERACTIONS = "Ticket, Comment ID, Created, Author Type, Agent, Minutes, Public, Body"
REPLY = ("1", "c1", "2025-03-01 11:00", "agent", "Thabo", "12.5", "yes", "Hello")
QUESTION = ("1", "c2", "2025-03-01 12:00", "end-user", "", "", "", "And?")


def test_interactions_wait_for_their_ticket_and_come_in_with_it(desk: Desk, tmp_path: Path) -> None:
    report = load(desk, tmp_path / "i.csv", "interactions", INTERACTIONS, REPLY, QUESTION)
    assert (report.new_count, report.quarantined_by_reason) == (0, {"unknown_ticket": 2})
    waiting = everything(desk)
    tickets = desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    assert tickets.arrived_count == 2
    assert any("2 records that waited for these tickets came in" in line for line in tickets.lines())
    arrived = everything(desk)
    assert arrived["interactions"] == [
        ("1", "Thabo", 12.5, "Hello", "2025-03-01 11:00:00+00", "outbound", True, False),
        ("1", None, None, "And?", "2025-03-01 12:00:00+00", "inbound", True, False),
    ]
    assert arrived["waiting"] == []
    assert undo_import(desk.engine, 2, "keeper").waiting_again_count == 2
    assert everything(desk) == waiting
    assert desk.load(tmp_path / "t.csv", is_again=True).arrived_count == 2
    assert everything(desk) == arrived


def test_interactions_are_corrected_moved_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1"), row("2")]))
    before = everything(desk)
    load(desk, tmp_path / "i.csv", "interactions", INTERACTIONS, REPLY, QUESTION)
    first = everything(desk)
    assert load(desk, tmp_path / "i.csv", "interactions", INTERACTIONS, REPLY, QUESTION).unchanged_count == 2
    assert everything(desk) == first
    moved = ("2", *REPLY[1:5], "0:20:00", "no", "Hello")
    assert load(desk, tmp_path / "i.csv", "interactions", INTERACTIONS, moved, QUESTION).updated_count == 1
    assert everything(desk)["interactions"][0][:4] == ("2", "Thabo", 20, "Hello")
    undo_import(desk.engine, 4, "keeper")
    assert everything(desk) == first
    for number in (3, 2):
        undo_import(desk.engine, number, "keeper")
    assert everything(desk) == before


def test_rows_without_a_key_come_in_once_however_often_the_file_does(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    rows = [("1", "2025-03-01 11:00", "Thabo")] * 2 + [("9", "2025-03-01 11:00", "Thabo")]
    for count in (2, 0):
        report = load(desk, tmp_path / "i.csv", "interactions", "Ticket, Created, Agent", *rows)
        assert (report.new_count, report.newly_quarantined_count) == (count, count // 2)
    assert len(everything(desk)["interactions"]) == 2


def test_what_a_message_lacks_is_not_invented(desk: Desk, tmp_path: Path) -> None:
    """Neither a direction nor a time of day; minutes that cannot be read cost only themselves."""
    desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    bad = [(*REPLY[:3], "", "", *REPLY[5:]), (*REPLY[:2], "2025-03-01", *REPLY[3:]), (*REPLY[:5], "some", *REPLY[6:])]
    report = load(desk, tmp_path / "i.csv", "interactions", INTERACTIONS, *bad)
    assert report.quarantined_by_reason == {"missing": 1, "no_time": 1}
    assert any("1 cell of 'Minutes' is kept aside" in line for line in report.lines())
    assert desk.rows("select duration_minutes from support.customer_interactions") == [(None,)]


def test_a_ticket_that_two_sources_have_is_not_guessed(desk: Desk, tmp_path: Path) -> None:
    """Unless the interactions are of the same source as one of them."""
    for source, subject in (("north", "a"), ("south", "b")):
        desk.load(write_csv(tmp_path / f"{source}.csv", [row("1", subject=subject)]), source=source)
    write_csv(tmp_path / "i.csv", [REPLY], INTERACTIONS.split(", "))
    report = desk.load(tmp_path / "i.csv", None, kind="interactions", source="comments")
    assert report.quarantined_by_reason == {"unknown_ticket": 1}
    desk.load(tmp_path / "i.csv", None, kind="interactions", source="south", is_again=True)
    query = (
        "select subject from support.support_tickets as t inner join support.customer_interactions on ticket_id = t.id"
    )
    assert desk.rows(query) == [("b",)]


def test_a_history_of_statuses_comes_in_and_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    before = everything(desk)
    rows = [("1", "Pending", "2025-03-01 11:00", "Thabo"), ("1", "Solved", "2025-03-02 11:00", ""), ("1", "?", "x", "")]
    report = load(desk, tmp_path / "s.csv", "statuses", "Ticket ID, Status, Changed At, Changed By", *rows)
    assert (report.new_count, report.quarantined_by_reason) == (2, {"bad_date": 1, "unknown_value": 1})
    assert everything(desk)["statuses"] == [
        ("pending", "2025-03-01 11:00:00+00", "Thabo"),
        ("resolved", "2025-03-02 11:00:00+00", None),
    ]
    assert desk.value("select count(*) from support.ticket_changes") == 2
    undo_import(desk.engine, 2, "keeper")
    assert everything(desk) == before


def test_ratings_come_in_with_their_scale_and_show_in_their_ticket(desk: Desk, tmp_path: Path) -> None:
    """The latest is the ticket's, earlier ones stay; a corrected one and one that is taken back show at once."""
    shown = "select customer_satisfaction_score, rated_at::text from support.support_tickets"
    desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    before = everything(desk)
    header = "Ticket, Survey ID, Survey, Offered At, Rated At, Score, Scale, Comment"
    first = ("1", "a", "after", "2025-03-02 10:00", "2025-03-02 11:00", "10", "0-10", "Thanks")
    second = ("1", "b", "month", "", "2025-05-02 11:00", "2", "", "")
    bad = [
        ("1", "c", "", "", "", "", "", ""),
        ("1", "d", "", "", "", "7", "0-6", ""),
        ("1", "e", "", "", "", "9", "", ""),
    ]
    report = load(desk, tmp_path / "r.csv", "ratings", header, first, second, *bad)
    assert report.quarantined_by_reason == {"bad_number": 1, "missing": 1, "unknown_value": 1}
    query = "select prompt, score, source_score, scale, comment from support.ticket_ratings order by id"
    assert desk.rows(query) == [("after", 5, "10", "0-10", "Thanks"), ("month", 2, "2", None, None)]
    assert desk.rows(shown) == [(2, "2025-05-02 11:00:00+00")]
    load(desk, tmp_path / "r.csv", "ratings", header, first, (*second[:5], "4", "", ""))
    assert desk.rows(shown) == [(4, "2025-05-02 11:00:00+00")]
    undo_import(desk.engine, 3, "keeper")
    assert desk.rows(shown) == [(2, "2025-05-02 11:00:00+00")]
    undo_import(desk.engine, 2, "keeper")
    assert everything(desk) == before


def test_ratings_on_an_unknown_scale_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    desk.load(write_csv(tmp_path / "t.csv", [row("1")]))
    path = write_csv(tmp_path / "r.csv", [["1", "2025-03-02 11:00", "10"]], ["Ticket", "Rated At", "Score"])
    with pytest.raises(KeyError, match="rating-scale"):
        desk.load(path, None, kind="ratings")
    desk.load(path, None, kind="ratings", answers={"rating-scale": "1-10"})
    assert desk.rows("select score, source_score from support.ticket_ratings") == [(5, "10")]


def test_a_profile_with_fields_of_another_kind_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="fields that agents do not have: customer_email"):
        load(desk, tmp_path / "s.csv", "agents", "Name", ("Neo",), profile="customer_email")
