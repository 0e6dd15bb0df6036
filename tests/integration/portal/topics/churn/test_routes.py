"""The files of the page on leaving, over HTTP and a real database."""

import csv
import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from portal.topics.churn.query import SHOWN
from tests.factories.analyses import add_churn
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from warehouse.tables.desk import audit_log

MADE_AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
CUSTOMERS = "/churn/export/customers.csv"
PAIN_POINTS = "/churn/export/pain-points.csv"


def exported(browser: Browser, path: str) -> list[dict[str, str]]:
    """Return the lines of a file."""
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def logged(database: Database) -> list[sa.Row[tuple[object, ...]]]:
    """Return the exports that the audit log has, in their order."""
    statement = sa.select(audit_log).where(audit_log.c.action.like("export%")).order_by(audit_log.c.id)
    with database.engine.connect() as connection:
        return list(connection.execute(statement))


def test_the_customers_are_those_that_the_page_lists(real_pages: Browser, database: Database) -> None:
    """As many, in its order, by the number of a ticket; a viewer may take them away too."""
    with database.engine.begin() as connection:
        add_churn(connection, MADE_AT, customers=SHOWN + 5)
    real_pages.log_in("sipho")
    lines = exported(real_pages, CUSTOMERS)
    assert [line["Latest ticket"] for line in lines] == [str(1000 + place) for place in range(1, SHOWN + 1)]
    assert (lines[0]["Points (0 to 100)"], lines[0]["Why"]) == ("35.0", "late answers")
    named = real_pages.get(CUSTOMERS).headers["content-disposition"]
    assert named == 'attachment; filename="customers_to_call_2026-03-02.csv"'


def test_pain_points_are_a_file(real_pages: Browser, database: Database) -> None:
    """With times, interval and departures."""
    with database.engine.begin() as connection:
        add_churn(connection, MADE_AT)
    real_pages.log_in()
    (line,) = exported(real_pages, PAIN_POINTS)
    assert [line["Within 180 days after"], line["Times as often"], line["Departures"]] == ["A late answer", "1.6", "20"]
    assert real_pages.get(PAIN_POINTS).headers["content-disposition"].endswith('"pain_points_2026-03-02.csv"')


def test_a_text_that_means_harm_does_none(real_pages: Browser, database: Database) -> None:
    """Customer types are imported, so one may be a formula."""
    with database.engine.begin() as connection:
        add_churn(connection, MADE_AT, customer_type="=cmd|'/c calc'!A1")
    real_pages.log_in()
    (line,) = exported(real_pages, CUSTOMERS)
    assert line["Customer type"] == "'=cmd|'/c calc'!A1"


def test_who_took_customers_away_is_kept(real_pages: Browser, database: Database) -> None:
    """How many, of which analysis; not who they are. Pain points are nobody's, and are not kept."""
    with database.engine.begin() as connection:
        add_churn(connection, MADE_AT, customers=3)
    real_pages.log_in("sipho")
    exported(real_pages, CUSTOMERS)
    exported(real_pages, PAIN_POINTS)
    (row,) = logged(database)
    assert (row.actor, row.action, row.target) == ("sipho", "export_customers", "csv")
    assert row.details["customers"] == 3
    assert row.details["score"] == "indicator"
    assert datetime.fromisoformat(row.details["made_at"]) == MADE_AT


@pytest.mark.parametrize("path", [CUSTOMERS, PAIN_POINTS])
def test_before_the_first_analysis_a_file_has_its_headings(real_pages: Browser, path: str) -> None:
    """An old link gives a file without lines, not an error."""
    real_pages.log_in()
    assert exported(real_pages, path) == []


@pytest.mark.parametrize("path", [CUSTOMERS, PAIN_POINTS])
def test_files_need_a_login(real_pages: Browser, database: Database, path: str) -> None:
    """Nobody takes anything away without logging in, and nothing is written down."""
    assert real_pages.get(path).status_code == 302
    assert logged(database) == []
