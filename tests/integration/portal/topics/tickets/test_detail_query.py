"""One ticket with its history, read from a real database."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from analytics.vocabulary import SlaState
from etl.marts.refresh import refresh_marts
from portal.numbers.phrasing import percent
from portal.topics.tickets.dataset import Elapsed
from portal.topics.tickets.detail import detail_view
from portal.topics.tickets.detail_query import TEXT_SHOWN, ticket_detail
from portal.topics.tickets.prediction import prediction_lines
from tests.factories.desk import add_field_change, add_message, add_status, add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.conftest import ZONE
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole
from warehouse.tables.tickets import ticket_explanations, ticket_predictions

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANSWERED, WAITING, DATED, HUGE, BARE, NEW = 1, 2, 3, 4, 5, 6
HARM = "<script>alert(1)</script>\n\n  second line"


@pytest.fixture(scope="module")
def desk(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """Six tickets, each with a history of its own."""
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            add_ticket(connection, MONDAY, id=WAITING, priority="urgent")
            _add_answered(connection)
            dates = {"is_date_only": True, "status": "closed", "resolved_at": datetime(2026, 3, 7, 22, tzinfo=UTC)}
            add_ticket(connection, datetime(2026, 3, 1, 22, tzinfo=UTC), id=DATED, **dates)
            add_ticket(connection, MONDAY, id=HUGE, content="x" * 1_000_000)
            add_ticket(connection, MONDAY, id=BARE, subject="", content=" ", exclusion="spam")
            connection.execute(
                sa.text("update support.support_tickets set customer_email = 'unknown@customer.invalid' where id = 5")
            )
            refresh_marts(connection, ZONE)
            add_ticket(connection, MONDAY, id=NEW)
        yield database


def _add_answered(connection: sa.Connection) -> None:
    add_ticket(connection, MONDAY, id=ANSWERED, content=HARM, assigned_agent="Lerato", category="book_order")
    add_message(connection, ANSWERED, MONDAY, notes="I wait.")
    add_message(connection, ANSWERED, MONDAY + timedelta(minutes=30), "Lerato", notes="Sent.", duration_minutes=5)
    add_message(connection, ANSWERED, MONDAY + timedelta(minutes=31), "Sipho", is_public=False, notes="z" * 5_000)
    add_field_change(connection, ANSWERED, "category", (None, "book_order"), MONDAY + timedelta(minutes=40))
    add_status(connection, ANSWERED, "resolved", MONDAY + timedelta(hours=2), changed_by="Lerato")
    for version, category in (("old", "account_issue"), ("new", "book_order")):
        prediction = {
            "ticket_id": ANSWERED,
            "model_version": version,
            "category": category,
            "confidence": 0.83,
            "decider": "both",
            "priority": "high",
            "sentiment": "frustrated",
            "urgency": "urgent",
            "language": "tn",
            "second_language": "en",
            "rules_version": "r1",
            "reasons": {
                "priority": "Schools come first.",
                "alternatives": [["book_order", 0.83], ["account_issue", 0.17]],
            },
            "predicted_at": MONDAY + timedelta(minutes=len(version) + (version == "new")),
        }
        connection.execute(ticket_predictions.insert().values(prediction))
    terms = [
        ["Schools come first.", 9.0, "priority_rule"],
        ["order → book_order", 1.0, "keyword"],
        ["parcel", 0.5, "model"],
        ["password", -0.4, "model"],
        ["today", 0.3, "urgency"],
    ]
    explained = {"ticket_id": ANSWERED, "model_version": "new", "rules_version": "r1", "terms": terms}
    connection.execute(ticket_explanations.insert().values(explained))
    unsure = {
        "ticket_id": WAITING,
        "model_version": "new",
        "category": "general_inquiry",
        "confidence": 0.41,
        "is_abstention": True,
        "decider": "neither",
        "priority": "medium",
        "reasons": {"priority": "", "alternatives": [["book_order", 0.41], ["return_refund", 0.39]]},
    }
    connection.execute(ticket_predictions.insert().values(unsure))


@pytest.fixture(scope="module")
def connection(desk: Database) -> Iterator[sa.Connection]:
    """A connection in the role that pages read with."""
    engine = desk.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_ticket_has_its_fields_and_times(connection: sa.Connection) -> None:
    detail = ticket_detail(connection, ANSWERED, is_whole=False)
    assert detail is not None
    assert detail.row is not None
    assert detail.times is not None
    assert (detail.status, detail.row.agent, detail.row.category) == ("resolved", "Lerato", "Book order")
    assert detail.times.first_reply == Elapsed(30.0, "minutes")
    assert detail.times.resolution == Elapsed(120.0, "minutes")
    assert detail.times.resolution_business == Elapsed(120.0, "minutes")
    assert detail.row.created == MONDAY
    assert getattr(detail.row.created, "hour", None) == 10, "in the reporting zone"


def test_a_ticket_has_its_targets_and_how_they_stand(connection: sa.Connection) -> None:
    answered, waiting = (ticket_detail(connection, number, is_whole=False) for number in (ANSWERED, WAITING))
    assert answered is not None
    assert waiting is not None
    first = {target.name: target for target in answered.targets}
    assert first["First reply"].state is SlaState.MET
    assert first["Resolution"].state is SlaState.MET
    assert first["First reply"].minutes > 0
    running = {target.name: target for target in waiting.targets}
    assert running["First reply"].state is SlaState.RUNNING
    assert running["First reply"].due_at is not None
    assert running["First reply"].due_at > MONDAY


def test_the_timeline_has_messages_notes_and_changes_in_order(connection: sa.Connection) -> None:
    detail = ticket_detail(connection, ANSWERED, is_whole=False)
    assert detail is not None
    told = [(entry.title.replace("\u00a0", " "), entry.who, entry.tone) for entry in detail.timeline]
    assert told == [
        ("Email from the customer", None, "inbound"),
        ("Email to the customer, 5 min", "Lerato", "outbound"),
        ("Private note", "Sipho", "private"),
        ("Category changed", None, "change"),
        ("Status: Resolved", "Lerato", "change"),
    ]
    assert detail.timeline[2].is_shortened
    assert detail.timeline[3].text == "Not set → Book order"
    assert detail.hidden == 0


def test_the_latest_prediction_is_told_in_a_managers_words(connection: sa.Connection) -> None:
    """Category and how sure, who decided, priority and why, how it sounds, and the strongest words."""
    detail = ticket_detail(connection, ANSWERED, is_whole=False)
    assert detail is not None
    assert detail.prediction is not None
    assert (detail.prediction.model_version, detail.prediction.category) == ("new", "Book order")
    assert detail.prediction.reasons == (
        "Keywords: “order” (Book order)",
        "For it: “parcel”",
        "Against it: “password”",
        "Urgency: “today”",
    )
    drawn = json.dumps(prediction_lines(detail.prediction), ensure_ascii=False)
    for words in (
        f"Book order, {percent(0.83)} sure",
        f"Account issue, {percent(0.17)}",
        "Your keywords and the model agree",
        "Schools come first.",
        "Cannot wait",
        "Frustrated",
        "Setswana, mixed with English",
    ):
        assert words in drawn
    assert "Needs review" not in drawn


def test_a_ticket_that_nothing_was_sure_of_asks_for_review(connection: sa.Connection) -> None:
    """The page says so, and what it might be."""
    detail = ticket_detail(connection, WAITING, is_whole=False)
    assert detail is not None
    assert detail.prediction is not None
    drawn = json.dumps(prediction_lines(detail.prediction), ensure_ascii=False)
    assert "Needs review" in drawn
    assert f"Perhaps Book order, {percent(0.41)} sure" in drawn
    assert "Nobody: nothing was sure enough" in drawn
    assert "No priority rule matches." in drawn


def test_a_ticket_known_by_date_only_shows_dates_and_days(connection: sa.Connection) -> None:
    detail = ticket_detail(connection, DATED, is_whole=False)
    assert detail is not None
    assert detail.row is not None
    assert detail.times is not None
    assert (detail.row.created, detail.row.resolved) == (date(2026, 3, 2), date(2026, 3, 8))
    assert detail.times.resolution == Elapsed(6, "days")
    assert detail.targets == ()


def test_a_megabyte_of_text_is_shown_in_part_and_whole_on_demand(connection: sa.Connection) -> None:
    part, whole = (ticket_detail(connection, HUGE, is_whole=is_whole) for is_whole in (False, True))
    assert part is not None
    assert whole is not None
    assert (len(part.text.content), part.text.length, part.text.is_shortened) == (TEXT_SHOWN, 1_000_000, True)
    assert (len(whole.text.content), whole.text.is_shortened) == (1_000_000, False)


def test_a_ticket_without_facts_customer_or_text_is_shown_all_the_same(connection: sa.Connection) -> None:
    bare, new = (ticket_detail(connection, number, is_whole=False) for number in (BARE, NEW))
    assert bare is not None
    assert new is not None
    assert (bare.exclusion, bare.text.customer_email) == ("spam", None)
    assert (new.row, new.times, new.targets) == (None, None, ())
    for detail in (bare, new):
        assert json.dumps(detail_view(detail, "/tickets", "/tickets/5?text=all", MONDAY))


def test_what_customers_wrote_is_text_and_nothing_else(connection: sa.Connection) -> None:
    detail = ticket_detail(connection, ANSWERED, is_whole=False)
    assert detail is not None
    drawn = json.dumps(detail_view(detail, "/tickets", "/tickets/1?text=all", MONDAY))
    assert json.dumps(HARM) in drawn, "as it was written, line breaks included, and as a text node"
    assert "dangerously" not in drawn.lower()
    assert "Markdown" not in drawn


@pytest.mark.parametrize("number", [0, 99, 2**63, -1])
def test_a_number_that_no_ticket_has_is_none(connection: sa.Connection, number: int) -> None:
    assert ticket_detail(connection, number, is_whole=False) is None
