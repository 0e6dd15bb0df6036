"""The Classifier page's forms: managers change, viewers do not, and everything is written down."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest
import sqlalchemy as sa

from analytics.vocabulary import Role
from portal.topics.classifier import query as classifier
from portal.topics.classifier.dataset import Thresholds
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from tests.integration.portal.conftest import HOST, Browser
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log, category_keywords, classifier_settings, priority_rules
from warehouse.tables.ops import classifier_models
from warehouse.tables.tickets import ticket_predictions

NOW = instant("2026-03-02 08:00")


def drawn(browser: Browser, block: str, search: str = "") -> str:
    """Return what a block of the page shows."""
    asked = {
        "output": f"..classifier-{block}.children..",
        "changedPropIds": ["url.search"],
        "outputs": [{"id": f"classifier-{block}", "property": "children"}],
        "inputs": [
            {"id": "url", "property": "search", "value": search},
            {"id": "data-version", "property": "data", "value": 0},
        ],
        "state": [
            {"id": "url", "property": "pathname", "value": "/classifier"},
            {"id": "theme", "property": "data", "value": "light"},
        ],
    }
    answer = browser.client.post("/_dash-update-component", json=asked, headers={"Origin": f"http://{HOST}"})
    assert answer.status_code == 200
    return answer.text


def send(browser: Browser, path: str, fields: dict[str, str | list[str]]) -> httpx2.Response:
    """Send a form of the page with a valid token."""
    found = re.search(r'"csrf_token","type":"hidden","value":"([^"]+)"', drawn(browser, "languages"))
    assert found
    return browser.client.post(f"/classifier/{path}", data=fields | {"csrf_token": found[1]})


def settings(database: Database) -> sa.Row[tuple[object, ...]]:
    """Return what is set."""
    with database.engine.connect() as connection:
        return connection.execute(sa.select(classifier_settings)).one()


def test_a_form_leads_back_to_the_filters_that_its_reader_had_chosen(real_pages: Browser) -> None:
    """They come from the page the form was sent from; what another site or page says is not heeded."""
    real_pages.log_in()
    for before, kept in (
        ("/classifier?period=last_12_months&channel=email", "&own=period%3Dlast_12_months%26channel%3Demail"),
        ("/classifier?category=refund&own=period%3Dall", "&own=period%3Dall"),
        ("/classifier", ""),
        ("/volume?period=all", ""),
    ):
        real_pages.client.headers["Referer"] = f"http://{HOST}{before}"
        answer = send(real_pages, "languages", {"language": ["en"]})
        assert answer.headers["location"] == f"/classifier?told=languages{kept}"
    real_pages.client.headers["Referer"] = "http://elsewhere.test/classifier?period=all"
    assert send(real_pages, "languages", {"language": ["en"]}).headers["location"] == "/classifier?told=languages"


def test_a_manager_sets_threshold_languages_and_template(real_pages: Browser, database: Database) -> None:
    """In per cent, by tags, by name; the log says who changed what."""
    real_pages.log_in()
    for path, fields in (
        ("threshold", {"threshold": "62,5"}),
        ("languages", {"language": ["tn", "en", "af"]}),
        ("template", {"template": "bookshop"}),
    ):
        answer = send(real_pages, path, fields)  # type: ignore[arg-type] # of several kinds
        assert (answer.status_code, answer.headers["location"]) == (303, f"/classifier?told={path}")
    found = settings(database)
    assert (found.abstention_threshold, found.languages, found.wanted_template) == (
        0.625,
        ["af", "en", "tn"],
        "bookshop",
    )
    with database.engine.connect() as connection:
        logged = connection.execute(sa.select(audit_log).where(audit_log.c.action == "change rules")).all()
    assert [each.actor for each in logged] == ["thandi"] * 3
    assert send(real_pages, "threshold", {"threshold": ""}).status_code == 303
    assert settings(database).abstention_threshold is None


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("threshold", {"threshold": "101"}),
        ("threshold", {"threshold": "nan"}),
        ("threshold", {"threshold": "much"}),
        ("languages", {}),
        ("languages", {"language": ["en", "xx"]}),
        ("template", {"template": "florist"}),
    ],
)
def test_a_wrong_value_changes_nothing(
    real_pages: Browser, database: Database, path: str, fields: dict[str, str | list[str]]
) -> None:
    """A sentence says what it has to be."""
    real_pages.log_in()
    before = settings(database)
    assert send(real_pages, path, fields).status_code == 400
    assert settings(database) == before


def test_the_template_is_offered_to_managers_of_desks_without_categories(
    real_pages: Browser, database: Database
) -> None:
    """What it would say is counted; with categories of one's own nothing is offered."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("delete from support.categories"))
        ticket_id = add_ticket(connection, NOW, category=None, category_source="imported")
        connection.execute(
            sa.insert(ticket_predictions).values(
                ticket_id=ticket_id,
                model_version="m1",
                rules_version="r1",
                category="general_inquiry",
                confidence=0.8,
                is_abstention=True,
                reasons={"alternatives": [["book_order", 0.8]]},
            )
        )
    real_pages.log_in()
    shown = drawn(real_pages, "review")
    assert "suggested by the bookshop's template" in shown
    assert "Take the bookshop's categories" in shown
    with database.engine.begin() as connection:
        connection.execute(sa.text("insert into support.categories (slug, name) values ('book_order', 'Orders')"))
    shown = drawn(real_pages, "review")
    assert "Orders" in shown
    assert "Take the bookshop's categories" not in shown


def test_viewers_see_and_change_nothing(real_pages: Browser, database: Database) -> None:
    """No form is shown, and one that is sent all the same is refused."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("update support.users set role = :role"), {"role": Role.VIEWER.value})
    real_pages.log_in()
    assert "Only managers change this." in drawn(real_pages, "languages")
    assert "csrf_token" not in drawn(real_pages, "threshold")
    assert real_pages.client.post("/classifier/threshold", data={"threshold": "5"}).status_code in {400, 403}
    assert settings(database).abstention_threshold is None


def test_thresholds_are_those_of_the_model_that_answered_last(database: Database) -> None:
    """A model that was trained and does not serve says nothing about what is filed."""
    with database.engine.begin() as connection:
        ticket_id = add_ticket(connection, NOW)
        for version, threshold in (("m1", 0.4), ("m2", 0.5)):
            connection.execute(
                sa.insert(classifier_models).values(
                    version=version,
                    trained_at=NOW,
                    training_count=80,
                    held_out_count=20,
                    abstention_threshold=threshold,
                    labelled_categories=["a", "b"],
                    thresholds=[
                        {"threshold": each / 100, "tickets": 20, "answered": 18, "right": 17} for each in range(101)
                    ],
                    is_promoted=version == "m1",
                )
            )
        predicted = {"ticket_id": ticket_id, "model_version": "m1", "rules_version": "r1"}
        connection.execute(sa.insert(ticket_predictions).values(predicted))
    engine = database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        found = classifier.thresholds(connection)
    engine.dispose()
    assert (found.chosen, found.of_model, found.present) == (None, 0.4, 0.4)
    assert 0.4 in {row.threshold for row in found.rows}
    assert isinstance(found, Thresholds)


GEYSER = {"category": "book_order", "language": "en", "phrase": "geyser", "weight": "2"}


def keywords(database: Database, phrase: str) -> list[float]:
    """Return the weights of a keyword."""
    with database.engine.connect() as connection:
        found = sa.select(category_keywords.c.weight).where(category_keywords.c.phrase == phrase)
        return list(connection.scalars(found))


def first_rules(database: Database) -> list[tuple[object, ...]]:
    """Return customer type, urgency and priority of the rules, in their order."""
    columns = priority_rules.c
    with database.engine.connect() as connection:
        found = sa.select(columns.customer_type, columns.urgency, columns.priority).order_by(columns.position)
        return [tuple(row) for row in connection.execute(found)]


def turned_back(answer: httpx2.Response) -> dict[str, str | list[str]]:
    """Return the fields that turn a change back, from the address that a form leads to."""
    assert answer.status_code == 303
    return {"weight": "", **dict(parse_qsl(urlsplit(answer.headers["location"]).query))}


def test_a_manager_looks_at_a_keyword_saves_it_and_turns_it_back(real_pages: Browser, database: Database) -> None:
    """What it stands in is counted first; nothing is written until the manager saves."""
    with database.engine.begin() as connection:
        for content, category in (("The geysers burst", "book_order"), ("A geyser", "return_refund"), ("Tea", None)):
            add_ticket(connection, NOW, content=content, category=category, category_source="person")
    real_pages.log_in()
    shown = drawn(real_pages, "keywords", "?asked=keywords&category=book_order&language=en&phrase=Geyser&weight=2")
    assert "it stands in 2 of your 2 filed tickets, and 1 of those is Book order" in shown
    assert keywords(database, "geyser") == []
    answer = send(real_pages, "keywords", dict(GEYSER))
    assert keywords(database, "geyser") == [2.0]
    assert send(real_pages, "keywords", turned_back(answer)).status_code == 303
    assert keywords(database, "geyser") == []


def test_a_weight_is_changed_and_turned_back(real_pages: Browser, database: Database) -> None:
    """A keyword that was taken away comes back with the weight that it had."""
    real_pages.log_in()
    send(real_pages, "keywords", dict(GEYSER))
    gone = send(real_pages, "keywords", {**GEYSER, "weight": ""})
    assert keywords(database, "geyser") == []
    send(real_pages, "keywords", turned_back(gone))
    assert keywords(database, "geyser") == [2.0]


def test_a_manager_looks_at_a_priority_rule_saves_it_and_turns_it_back(real_pages: Browser, database: Database) -> None:
    """A new rule goes first; of the tickets only those whose priority nobody set would change."""
    with database.engine.begin() as connection:
        for source in ("rules", "person"):
            ticket_id = add_ticket(connection, NOW, customer_type="tenant", priority_source=source)
            predicted = {"ticket_id": ticket_id, "model_version": "m1", "rules_version": "r1", "urgency": "normal"}
            connection.execute(sa.insert(ticket_predictions).values(predicted))
    real_pages.log_in()
    before = first_rules(database)
    rule: dict[str, str | list[str]] = {"customer_type": "Tenant", "priority": "high", "reason": "Lives there."}
    shown = drawn(real_pages, "priorities", "?asked=priorities&customer_type=tenant&priority=high&reason=Lives+there.")
    assert "1 of 1 ticket whose priority these rules decide would get another priority." in shown
    assert "medium \\u2192 high" in shown or "medium → high" in shown
    assert first_rules(database) == before
    added = send(real_pages, "priorities", rule)
    assert first_rules(database) == [("tenant", None, "high"), *before]
    changed = send(real_pages, "priorities", {**rule, "priority": "low"})
    assert first_rules(database)[0] == ("tenant", None, "low")
    send(real_pages, "priorities", turned_back(changed))
    assert first_rules(database)[0] == ("tenant", None, "high")
    send(real_pages, "priorities", turned_back(added))
    assert first_rules(database) == before


def test_a_rule_that_was_taken_away_comes_back_where_it_was(real_pages: Browser, database: Database) -> None:
    """Its place decides which rule wins."""
    real_pages.log_in()
    before = first_rules(database)
    gone = send(real_pages, "priorities", {"customer_type": "school", "urgency": "high", "priority": ""})
    assert first_rules(database) == [each for each in before if each[:2] != ("school", "high")]
    send(real_pages, "priorities", turned_back(gone))
    assert first_rules(database) == before


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("keywords", {**GEYSER, "category": "plumbing"}),
        ("keywords", {**GEYSER, "phrase": " "}),
        ("keywords", {**GEYSER, "weight": "11"}),
        ("keywords", {**GEYSER, "weight": "much"}),
        ("keywords", {**GEYSER, "phrase": "never there", "weight": ""}),
        ("priorities", {"customer_type": "tenant", "priority": "high", "reason": ""}),
        ("priorities", {"priority": "soon", "reason": "Said so."}),
        ("priorities", {"customer_type": "nobody", "priority": ""}),
    ],
)
def test_a_wrong_rule_changes_nothing(
    real_pages: Browser, database: Database, path: str, fields: dict[str, str | list[str]]
) -> None:
    """A sentence says what it has to be, when it is sent and when it is only asked about."""
    real_pages.log_in()
    before = first_rules(database)
    assert send(real_pages, path, fields).status_code == 400
    assert first_rules(database) == before
    assert drawn(real_pages, path, f"?{urlencode({'asked': path, **fields})}")


def test_viewers_are_shown_no_rules(real_pages: Browser, database: Database) -> None:
    """Neither a form nor what stands in tickets."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("update support.users set role = :role"), {"role": Role.VIEWER.value})
    real_pages.log_in()
    for block in ("keywords", "priorities"):
        shown = drawn(real_pages, block, f"?asked={block}&category=book_order&language=en&phrase=book&priority=high")
        assert "Only managers change this." in shown
        assert "csrf_token" not in shown
