"""Insights and agents as a manager meets them."""

import re

import pytest
from playwright.sync_api import expect

from etl.jobs.registry import JOBS
from portal.topics.insights import conclusion
from portal.topics.insights.query import insights
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal, _run
from tests.e2e.reader import DESK, PHONE
from tests.e2e.test_links import follow, turn_to


@pytest.fixture(scope="module", autouse=True)
def _insights(portal: Portal) -> None:
    """What the nightly jobs would have found of the desk."""
    environment = portal.environment
    for name in ("compare_agents", "find_anomalies", "write_insights"):
        assert name in JOBS
        _run(environment, ("etl", "run", name))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_are_sound_in_both_themes_and_sizes(
    open_window: OpenWindow, size: tuple[int, int], scheme: str
) -> None:
    """No complaint of the browser, and nothing wider than the screen."""
    reader = open_window(size, scheme)
    for address in ("/insights", "/agents"):
        reader.open(address)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert reader.complaints == []


def test_an_insight_has_its_numbers_and_leads_to_the_page_that_shows_it(open_window: OpenWindow) -> None:
    """Each says effect, interval and n; its title is a link with the filters."""
    reader = open_window()
    reader.open("/insights")
    first = reader.page.locator(".insight-item").first
    expect(first.locator(".insight-facts")).to_contain_text(re.compile(r"Effect .+ likely .+ to .+, n \d"))
    first.locator(".insight-title").click()
    reader.page.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d"))
    reader.settle()
    assert reader.complaints == []


def test_what_is_missing_is_said(open_window: OpenWindow) -> None:
    """Whatever the job could not say stands on the page with what to do; the page also says when nothing is missing."""
    reader = open_window()
    with reader.portal.engine.connect() as connection:
        gaps = insights(connection, "").gaps
    reader.open("/insights")
    shown = reader.page.locator("#insights-gaps")
    expect(shown).not_to_be_empty()
    for gap in gaps:
        expect(shown).to_contain_text(conclusion.gap(gap))


def test_agents_stand_by_name_and_the_measure_is_in_the_address(open_window: OpenWindow) -> None:
    """No league table: names in order; ratings instead of times by a link that back undoes."""
    reader = open_window()
    reader.open("/agents")
    names = reader.page.locator("#agents-table tbody th").all_inner_texts()
    assert names == sorted(names)
    assert len(names) > 10
    reader.page.get_by_role("link", name="Good ratings", exact=True).click()
    reader.page.wait_for_url(re.compile("on=csat"))
    expect(reader.page.locator("#agents-funnel-note")).to_contain_text("Share")
    reader.page.go_back()
    expect(reader.page.locator("#agents-funnel-note")).to_contain_text("Typical time")


def test_an_agents_number_leads_to_exactly_those_tickets(open_window: OpenWindow) -> None:
    """The list behind an agent's name has as many tickets as were compared, or the few solved in the period more."""
    reader = open_window()
    reader.open("/agents")
    row = reader.page.locator("#agents-table tbody tr").first
    number = int(row.locator("td").first.inner_text().replace(",", ""))
    row.locator("a").click()
    reader.page.wait_for_url(re.compile(r"/tickets\?"))
    reader.settle()
    assert number <= reader.listed_count() <= number * 1.2 + 5


@pytest.mark.parametrize(("page", "links"), [("Insights", ".insight-title"), ("Agents", "#agents-table th a")])
def test_a_link_leaves_the_own_period_for_the_pages_after(open_window: OpenWindow, page: str, links: str) -> None:
    """What an insight or an agent's name opens has days of its own; the Overview after it has the reader's."""
    reader = open_window()
    reader.open("/?period=last_12_months")
    mine = reader.kpi("Tickets")
    turn_to(reader, page)
    follow(reader, links)
    turn_to(reader, "Overview")
    assert (reader.kpi("Tickets"), reader.page.url) == (mine, f"{reader.portal.url}/?period=last_12_months")
