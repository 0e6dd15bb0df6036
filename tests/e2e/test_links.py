"""A link to other days or fewer tickets leaves nothing behind: the reader's own choice is there on the next page."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import Reader
from tests.e2e.test_filters import choose

CHOSEN = "/?period=last_12_months&channel=email"
KINDS = {
    "attention": ("Overview", ".attention-title"),
    "category": ("Overview", ".ranked-bars th a"),
    "card": ("Overview", ".kpi-card a.kpi-value"),
    "split": ("Volume", "a.column"),
    "matrix": ("Resolution & replies", "a.matrix-cell"),
}


def turn_to(reader: Reader, name: str) -> None:
    """Go to a page by the navigation."""
    reader.page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(name)
    reader.settle()


def follow(reader: Reader, links: str) -> None:
    """Follow the first of some links; a column of a small chart is too thin to be aimed at."""
    before = reader.page.url
    reader.page.locator(links).first.dispatch_event("click")
    reader.page.wait_for_function("before => location.href !== before", arg=before)
    reader.settle()


@pytest.mark.parametrize("kind", KINDS)
def test_the_own_choice_is_there_after_a_link_and_after_back(open_window: OpenWindow, kind: str) -> None:
    """Chosen on the Overview, then a link, a reload and another page: the number is as before; so it is after Back."""
    start, links = KINDS[kind]
    reader = open_window()
    reader.open(CHOSEN)
    mine = reader.kpi("Tickets")
    if start != "Overview":
        turn_to(reader, start)
    follow(reader, links)
    reader.page.reload()
    reader.settle()
    turn_to(reader, "Insights")
    turn_to(reader, "Overview")
    assert reader.kpi("Tickets") == mine
    assert reader.page.url == f"{reader.portal.url}{CHOSEN}"

    for _ in range(3):
        reader.page.go_back()
        reader.settle()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(start)
    turn_to(reader, "Overview")
    assert reader.kpi("Tickets") == mine
    assert reader.complaints == []


def test_the_page_opened_says_so_and_leads_back_in_one_press(open_window: OpenWindow) -> None:
    """A column of Volume is one week; the sentence names both, and its link shows the own period here."""
    reader = open_window()
    reader.open("/volume?period=last_12_months&channel=email")
    follow(reader, "a.column")
    notice = reader.page.locator(".link-notice")
    expect(notice).to_contain_text("A link set this page to")
    expect(notice).to_contain_text("the last 12 months")
    few = reader.listed_count()
    notice.get_by_role("link", name="Show your own choice here").click()
    expect(notice).to_have_count(0)
    reader.settle()
    assert reader.listed_count() > few
    expect(reader.page.locator("#menu-period > summary")).to_have_text("Last 12 months")


def test_what_the_reader_changes_after_a_link_is_his_own(open_window: OpenWindow) -> None:
    """A period chosen on the page opened is the period of the pages after; the link's category is not theirs."""
    reader = open_window()
    reader.open(CHOSEN)
    follow(reader, ".ranked-bars th a")
    choose(reader, "period", "Last 30 days")
    expect(reader.page.locator("#menu-period > summary")).to_have_text("Last 30 days")
    reader.settle()
    turn_to(reader, "Overview")
    assert reader.page.url == f"{reader.portal.url}/?period=last_30_days&channel=email"


def test_dates_the_wrong_way_round_are_said_in_their_form_and_change_nothing(open_window: OpenWindow) -> None:
    """The sentence names both fields; the page goes on showing what it showed."""
    reader = open_window()
    reader.open(CHOSEN)
    mine = reader.kpi("Tickets")
    reader.page.locator("#menu-period > summary").click()
    reader.page.get_by_label("From").fill("2026-02-08")
    reader.page.get_by_label("To", exact=True).fill("2026-02-02")
    reader.page.get_by_role("button", name="Show these dates").click()
    expect(reader.page.locator("#period-problem")).to_have_text(
        "“From” is 8 Feb 2026, after “To”, which is 2 Feb 2026: change one of the two."
    )
    assert reader.page.url == f"{reader.portal.url}{CHOSEN}"
    assert reader.kpi("Tickets") == mine


def test_an_empty_card_leads_to_where_there_is_something(open_window: OpenWindow) -> None:
    """Without loading the page again, and with the reader's own choice still known."""
    reader = open_window()
    reader.open("/?from=2010-01-01&to=2010-01-31&channel=email")
    expect(reader.page.locator("#overview-tickets-conclusion")).to_contain_text(
        "No tickets that match these filters came in during these days."
    )
    reader.page.locator("#overview-tickets-conclusion").get_by_role("link", name="Show all time").click()
    expect(reader.page.locator("#menu-period > summary")).to_have_text("All time")
    reader.settle()
    assert int(reader.kpi("Tickets").replace(",", "")) > 0
    expect(reader.page.locator(".link-notice")).to_contain_text("1 Jan 2010 – 31 Jan 2010")
