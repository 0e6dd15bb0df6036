"""Churn & pain points in a browser: what went before customers left, and who may be next."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.job import JobContext
from etl.job_registry import JOBS
from etl.runner import run_job
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE
from warehouse.engine import DatabaseRole, create_engine_for


@pytest.fixture
def scored(portal: Portal) -> Portal:
    """The portal after the nightly analysis of leaving."""
    engine = create_engine_for(portal.engine.url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    done = run_job(JOBS["score_churn"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
    assert done.result is not None
    return portal


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_the_page_says_what_went_before_and_whom_to_call(open_window: OpenWindow, size: tuple[int, int]) -> None:
    """Pain points have times and departures, the list leads to a ticket, and everything fits the screen."""
    reader = open_window(size)
    reader.open("/churn")
    expect(reader.page.locator("#churn-pain-points")).to_contain_text("departures of")
    expect(reader.page.locator("#churn-hazards")).to_contain_text("Unresolved for 14 days")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    first = reader.page.locator("#churn-customers .risk-table a").first
    number = (first.text_content() or "").removeprefix("Ticket ")
    first.click()
    reader.page.wait_for_url(f"**/tickets/{number}**")
    reader.settle()
    assert reader.complaints == []


def test_no_address_of_a_customer_is_on_the_page(scored: Portal, open_window: OpenWindow) -> None:
    """Who it is stands on the ticket's page only, as on the list of tickets."""
    reader = open_window()
    reader.open("/churn")
    expect(reader.page.locator("#churn-customers .risk-table tbody tr")).to_have_count(12)
    with scored.engine.connect() as connection:
        addresses = set(connection.scalars(sa.text("select customer_email from support.customers")))
    content = reader.page.content()
    assert not [address for address in addresses if address in content]
