"""A ticket's page changes the ticket: managers do it, everything is written down, and the numbers follow."""

import httpx2
import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from tests.integration.portal.readers import LONG_WORD, token_of
from warehouse.tables.desk import audit_log, categories
from warehouse.tables.marts import fct_tickets
from warehouse.tables.tickets import customer_interactions, support_tickets, ticket_corrections

_BEFORE = ("order", "imported", "medium", "imported", None, None)


@pytest.fixture
def tickets(database: Database) -> tuple[int, int]:
    """Two tickets of a desk with two categories."""
    with database.engine.begin() as connection:
        for slug in ("order", "refund"):
            connection.execute(sa.insert(categories).values(slug=slug, name=slug.title()))
        made = [
            add_ticket(connection, instant("2026-03-02 08:00"), category="order", priority="medium") for _ in range(2)
        ]
    return made[0], made[1]


def send(browser: Browser, path: str, fields: dict[str, str]) -> httpx2.Response:
    """Send a form with the token of the session."""
    layout = browser.get("/_dash-layout").text
    token = next(word for word in LONG_WORD.findall(layout) if token_of(word))
    return browser.client.post(path, data=fields | {"csrf_token": token})


def change_of(answer: httpx2.Response) -> str:
    """Return the number by which a change can be undone."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition(".")[2]


def state(database: Database, ticket: int) -> tuple[object, ...]:
    """Return what of a ticket may be changed."""
    columns = support_tickets.c
    wanted = sa.select(
        columns.category, columns.category_source, columns.priority, columns.priority_source, columns.exclusion,
        columns.merged_into_id,
    ).where(columns.id == ticket)  # fmt: skip
    with database.engine.connect() as connection:
        return tuple(connection.execute(wanted).one())


def count(database: Database, table: sa.Table) -> int:
    with database.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


_CHANGES = {
    "category": ({"change": "category", "category": "refund"}, ("refund", "person", "medium", "imported", None, None)),
    "none": ({"change": "category", "category": ""}, (None, "person", "medium", "imported", None, None)),
    "confirmed": ({"change": "category", "category": "order"}, ("order", "person", *_BEFORE[2:])),
    "priority": ({"change": "priority", "priority": "urgent"}, ("order", "imported", "urgent", "person", None, None)),
    "spam": ({"change": "exclusion", "exclusion": "spam"}, (*_BEFORE[:4], "spam", None)),
}


@pytest.mark.parametrize("name", _CHANGES)
def test_a_manager_changes_a_ticket_and_turns_it_back(
    real_pages: Browser, database: Database, tickets: tuple[int, int], name: str
) -> None:
    """The undo gives back whose word it was too, so that nothing is learnt from a slip; it works once."""
    form, wanted = _CHANGES[name]
    real_pages.log_in()
    change = change_of(send(real_pages, f"/tickets/{tickets[0]}/edit", form))
    assert (state(database, tickets[0]), state(database, tickets[1])) == (wanted, _BEFORE)
    assert send(real_pages, "/tickets/undo", {"change": change}).status_code == 303
    assert state(database, tickets[0]) == _BEFORE
    assert count(database, ticket_corrections) == 0
    again = send(real_pages, "/tickets/undo", {"change": change})
    assert again.status_code == 400
    assert "It was undone already" in again.text
    columns = audit_log.c
    logged = sa.select(columns.actor, columns.action, columns.target).where(columns.action.like("%ticket%"))
    with database.engine.connect() as connection:
        lines = [tuple(row) for row in connection.execute(logged.order_by(columns.id))]
    assert lines[0][0] == "thandi"
    assert lines[0][2] == f"ticket {tickets[0]}"
    assert lines[1:] == [("thandi", "undo_ticket_change", change)]


def test_a_later_change_is_not_undone_with_an_earlier_one(
    real_pages: Browser, database: Database, tickets: tuple[int, int]
) -> None:
    real_pages.log_in()
    address = f"/tickets/{tickets[0]}/edit"
    first = change_of(send(real_pages, address, {"change": "priority", "priority": "urgent"}))
    send(real_pages, address, {"change": "priority", "priority": "low"})
    assert send(real_pages, "/tickets/undo", {"change": first}).status_code == 400
    assert state(database, tickets[0])[2:4] == ("low", "person")


def test_a_merged_ticket_names_the_other_and_leaves_the_numbers(
    real_pages: Browser, database: Database, tickets: tuple[int, int]
) -> None:
    """It is counted again after the undo, and no ticket is merged in a ring."""
    one, other = tickets
    real_pages.log_in()
    merge = {"change": "exclusion", "exclusion": "merged"}
    change = change_of(send(real_pages, f"/tickets/{one}/edit", merge | {"into": str(other)}))
    assert state(database, one)[4:] == ("merged", other)
    assert excluded(database) == {one}
    for ticket, into in ((other, one), (other, other), (other, 99), (other, "x")):
        assert send(real_pages, f"/tickets/{ticket}/edit", merge | {"into": str(into)}).status_code == 400
    send(real_pages, "/tickets/undo", {"change": change})
    assert excluded(database) == set()


def excluded(database: Database) -> set[int]:
    """Return the tickets that no number counts, once the facts have followed."""
    with database.engine.begin() as connection:
        refresh_marts(connection, "Africa/Johannesburg")
    with database.engine.connect() as connection:
        return set(connection.execute(sa.select(fct_tickets.c.ticket_id).where(fct_tickets.c.is_excluded)).scalars())


def test_a_call_is_logged_with_its_minutes_and_the_facts_follow(
    real_pages: Browser, database: Database, tickets: tuple[int, int]
) -> None:
    real_pages.log_in()
    call = {"change": "call", "kind": "call", "minutes": "12", "note": "Promised it by Friday"}
    change = change_of(send(real_pages, f"/tickets/{tickets[0]}/edit", call))
    with database.engine.connect() as connection:
        row = connection.execute(sa.select(customer_interactions)).one()
    assert (row.interaction_type, row.duration_minutes, row.notes) == ("call", 12, "Promised it by Friday")
    excluded(database)
    wanted = sa.select(fct_tickets.c.handle_seconds).where(fct_tickets.c.ticket_id == tickets[0])
    with database.engine.connect() as connection:
        assert connection.execute(wanted).scalar_one() == 720
    send(real_pages, "/tickets/undo", {"change": change})
    assert count(database, customer_interactions) == 0


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/tickets/{}/edit", {"change": "category", "category": "no such"}, 400),
        ("/tickets/{}/edit", {"change": "everything"}, 400),
        ("/tickets/99/edit", {"change": "priority", "priority": "low"}, 400),
        ("/tickets/undo", {"change": "1"}, 400),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    real_pages: Browser, database: Database, tickets: tuple[int, int], path: str, form: dict[str, str], status: int
) -> None:
    """Nor does the undo of what is no change of a ticket, such as a log-in."""
    real_pages.log_in()
    assert send(real_pages, path.format(tickets[0]), form).status_code == status
    assert state(database, tickets[0]) == _BEFORE


def test_a_viewer_changes_no_ticket(real_pages: Browser, database: Database, tickets: tuple[int, int]) -> None:
    real_pages.log_in("sipho")
    for path, form in (
        (f"/tickets/{tickets[0]}/edit", _CHANGES["spam"][0]),
        ("/tickets/undo", {"change": "1"}),
        ("/tickets/correct", {**_BULK, "all": "yes"}),
    ):
        assert send(real_pages, path, form).status_code == 403
    assert state(database, tickets[0]) == _BEFORE


_BULK = {"becomes": "category:refund", "list": "?period=all", "expected": "2"}


@pytest.mark.parametrize("is_all", [True, False])
def test_many_tickets_are_corrected_at_once_and_turned_back_together(
    real_pages: Browser, database: Database, tickets: tuple[int, int], *, is_all: bool
) -> None:
    """The rows that were chosen, or the whole list; the audit log has one line for all."""
    excluded(database)
    real_pages.log_in()
    fields: dict[str, object] = (
        {**_BULK, "all": "yes"} if is_all else {**_BULK, "ticket": [str(each) for each in tickets]}
    )
    answer = send(real_pages, "/tickets/correct", fields)  # type: ignore[arg-type]  # a field may come twice
    assert answer.status_code == 303, answer.text
    change, _, count_said = answer.headers["location"].partition("done=category.")[2].partition(".")
    assert count_said == "2"
    assert [state(database, each)[:2] for each in tickets] == [("refund", "person")] * 2
    assert send(real_pages, "/tickets/undo", {"change": change}).status_code == 303
    assert [state(database, each) for each in tickets] == [_BEFORE] * 2
    logged = sa.select(audit_log.c.target).where(audit_log.c.action == "correct_tickets")
    with database.engine.connect() as connection:
        assert connection.execute(logged).scalars().all() == ["2 tickets"]


@pytest.mark.parametrize("changed", [{"expected": "3"}, {"list": "?nonsense=1"}, {"list": "?metric=nonsense"}])
def test_a_list_that_is_not_the_one_shown_is_left_alone(
    real_pages: Browser, database: Database, tickets: tuple[int, int], changed: dict[str, str]
) -> None:
    excluded(database)
    real_pages.log_in()
    assert send(real_pages, "/tickets/correct", {**_BULK, "all": "yes"} | changed).status_code == 400
    assert state(database, tickets[0]) == _BEFORE
