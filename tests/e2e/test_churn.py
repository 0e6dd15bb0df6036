"""Churn & pain points in a browser: what went before customers left, and who may be next."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE
from warehouse.engine import DatabaseRole, create_engine_for


@pytest.fixture(scope="module")
def scored(portal: Portal) -> Portal:
    """The portal after the nightly analysis of leaving."""
    engine = create_engine_for(portal.engine.url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    done = run_job(JOBS["score_churn"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
    assert done.result is not None
    return portal


@pytest.mark.usefixtures("scored")
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_the_page_says_what_went_before_and_whom_to_call(open_window: OpenWindow, size: tuple[int, int]) -> None:
    """Pain points have times and departures, the list leads to the customer, and everything fits the screen."""
    reader = open_window(size)
    reader.open("/churn")
    expect(reader.page.locator("#churn-pain-points")).to_contain_text("departures of")
    expect(reader.page.locator("#churn-hazards")).to_contain_text("unresolved for 14 days")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    first = reader.page.locator("#churn-customers .risk-table a").first
    name = first.text_content() or ""
    reason = reader.page.locator("#churn-customers .reasons a").first.get_attribute("href") or ""
    assert reason.startswith("/tickets/")
    first.click()
    reader.page.wait_for_url("**/customers/*")
    expect(reader.page.locator(".detail-subject")).to_have_text(name)
    expect(reader.page.locator(".reason-list a").first).to_be_visible()
    reader.settle()
    assert reader.complaints == []


def test_no_address_of_a_customer_is_on_the_page(scored: Portal, open_window: OpenWindow) -> None:
    """Customers have names there; the address stands on the pages of the customer and the ticket only."""
    reader = open_window()
    reader.open("/churn")
    expect(reader.page.locator("#churn-customers .risk-table tbody tr")).to_have_count(12)
    with scored.engine.connect() as connection:
        addresses = set(connection.scalars(sa.text("select customer_email from support.customers")))
    content = reader.page.content()
    assert not [address for address in addresses if address in content]


def test_customers_and_pain_points_can_be_taken_away(scored: Portal, open_window: OpenWindow, tmp_path: Path) -> None:
    """The files have the rows of the tables on the page, in their order, and no address of a customer."""
    reader = open_window()
    reader.open("/churn")
    path = tmp_path / "file.csv"
    for block, link in (("churn-customers", "Export these customers"), ("churn-pain-points", "Export pain points")):
        shown = reader.page.locator(f"#{block} .twin-table tbody th").all_text_contents()
        reader.download(f"{link} as CSV").save_as(path)
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert len(shown) > 5
        if block == "churn-customers":
            assert [line["Place"] for line in lines] == [str(place) for place in range(1, len(shown) + 1)]
        else:
            assert [line["Within 180 days after"] for line in lines] == shown
        with scored.engine.connect() as connection:
            addresses = connection.scalars(sa.text("select customer_email from support.customers"))
            assert not [address for address in addresses if address in text]
    assert reader.complaints == []
