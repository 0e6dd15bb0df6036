"""The Forecast page in a browser: what is coming, what if, and the desk's own events."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import VIEWER, Portal
from tests.e2e.reader import PHONE, PLOTLY_LINE

pytestmark = pytest.mark.usefixtures("forecast")


@pytest.mark.parametrize(("size", "scheme"), [((1440, 900), "light"), ((1440, 900), "dark"), (PHONE, "light")])
def test_the_page_says_what_is_coming(open_window: OpenWindow, size: tuple[int, int], scheme: str) -> None:
    """The charts are drawn, the browser complains of nothing, and no card is wider than the screen."""
    reader = open_window(size, scheme)
    reader.open("/forecast")
    expect(reader.page.locator(PLOTLY_LINE).first).to_be_attached()
    expect(reader.page.locator("#forecast-outlook-conclusion")).to_contain_text("in the next seven days")
    expect(reader.page.locator("#forecast-accuracy")).to_contain_text("Repeating last week")
    expect(reader.page.locator("#forecast-week")).to_contain_text("Monday")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert reader.complaints == []


def test_a_series_and_a_what_if_are_in_the_address(open_window: OpenWindow) -> None:
    """A category is one press away, what a campaign would add is told, and back undoes it."""
    reader = open_window()
    reader.open("/forecast")
    before = reader.page.locator("#forecast-outlook-conclusion").inner_text()
    reader.page.get_by_role("link", name="Book order", exact=True).click()
    expect(reader.page.locator("#forecast-outlook-conclusion")).not_to_have_text(before)
    assert "series=category%3Dbook_order" in reader.page.url
    reader.page.locator("#forecast-what-if").get_by_label("Change, %").fill("50")
    reader.page.locator("#forecast-what-if").get_by_role("button", name="Show").click()
    expect(reader.page.locator("#forecast-what-if")).to_contain_text("more")
    assert "series=category%3Dbook_order" in reader.page.url
    assert "add=50" in reader.page.url
    reader.page.go_back()
    expect(reader.page.locator("#forecast-what-if")).to_contain_text("What if a campaign")


def test_a_manager_keeps_events_and_a_trace_is_left(open_window: OpenWindow, portal: Portal) -> None:
    """What is added is listed, what is removed is gone, and both stand in the audit log."""
    reader = open_window()
    reader.open("/forecast")
    events = reader.page.locator("#forecast-events")
    events.get_by_label("Name").fill("Winter <sale>")
    events.get_by_label("First day").fill("2026-06-01")
    events.get_by_label("Expected change, %").fill("25")
    events.get_by_role("button", name="Add event").click()
    reader.settle()
    expect(events).to_contain_text("Winter <sale>")
    expect(events).to_contain_text(re.compile(r"\+25"))
    events.get_by_role("button", name="Remove Winter <sale>").click()
    reader.settle()
    expect(events).to_contain_text("No event has been entered yet")
    logged = sa.text("select action from support.audit_log where target = 'Winter <sale>' order by id")
    with portal.engine.connect() as connection:
        assert connection.execute(logged).scalars().all() == ["add_desk_event", "remove_desk_event"]


def test_a_viewer_only_looks(open_window: OpenWindow, portal: Portal) -> None:
    """There is no form, and the address refuses one that is sent all the same."""
    reader = open_window(is_anonymous=True)
    reader.page.goto(f"{portal.url}/login")
    reader.log_in(VIEWER, portal.password)
    reader.settle()
    token = reader.page.locator("[name=csrf_token]").first.get_attribute("value") or ""
    reader.open("/forecast")
    expect(reader.page.locator("#forecast-events")).to_contain_text("Managers can add events here")
    expect(reader.page.locator("#forecast-events form")).to_have_count(0)
    sent = reader.page.request.post(
        f"{portal.url}/forecast/events",
        form={"csrf_token": token, "name": "Sale", "first": "2026-06-01"},
        headers={"Referer": portal.url},
    )
    assert sent.status == 403
