"""The Classifier page's forms: managers change, viewers do not, and everything is written down."""

import re

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
from warehouse.tables.desk import audit_log, classifier_settings
from warehouse.tables.ops import classifier_models
from warehouse.tables.tickets import ticket_predictions

NOW = instant("2026-03-02 08:00")


def drawn(browser: Browser, block: str) -> str:
    """Return what a block of the page shows."""
    asked = {
        "output": f"..classifier-{block}.children..",
        "changedPropIds": ["url.search"],
        "outputs": [{"id": f"classifier-{block}", "property": "children"}],
        "inputs": [
            {"id": "url", "property": "search", "value": ""},
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
