"""Satisfaction in a browser: a manager asks why it fell, and reads what the angry ones wrote."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.marts.refresh import refresh_marts
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE
from warehouse.tables.tickets import ticket_ratings

ADDRESS = "/satisfaction?from=2025-12-01&to=2026-03-01&compare=previous"
COMMENT = "Nobody read what I wrote."


@pytest.fixture(scope="module")
def commented(portal: Portal) -> int:
    """The number of a ticket with an angry comment."""
    at = datetime(2026, 2, 10, 9, tzinfo=UTC)
    with portal.engine.begin() as connection:
        first = (
            "select id from support.support_tickets where exclusion is null and created_at < :at order by id limit 1"
        )
        ticket = int(connection.execute(sa.text(first), {"at": at}).scalar_one())
        values = {"ticket_id": ticket, "offered_at": at, "rated_at": at, "score": 1, "comment": COMMENT}
        connection.execute(ticket_ratings.insert().values(values))
        refresh_marts(connection, "Africa/Johannesburg")
    return ticket


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_manager_asks_why_and_opens_the_ticket_of_an_angry_comment(
    commented: int, open_window: OpenWindow, size: tuple[int, int]
) -> None:
    """The change is said and taken apart, the comment stands first, and leads to its ticket."""
    reader = open_window(size)
    reader.open(ADDRESS)
    expect(reader.page.locator("#satisfaction-weeks-conclusion")).to_contain_text("Satisfaction")
    expect(reader.page.locator("#satisfaction-moved")).to_contain_text("Mix")
    first = reader.page.locator("#satisfaction-low li").first
    expect(first).to_contain_text(COMMENT)
    first.locator("a").click()
    reader.page.wait_for_url(re.compile(rf"/tickets/{commented}"))
    assert reader.complaints == []
