"""With the keyboard alone: every stop can be seen, and no action loses the place."""

import re

import pytest
from playwright.sync_api import expect

from portal.topics.registry import PAGES
from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import Reader
from tests.e2e.test_menus import bring_new_numbers

pytestmark = pytest.mark.usefixtures("forecast")
_MOST_STOPS = 60
_WHERE = """
() => {
  const node = document.activeElement;
  const rings = [null, "::after", "::before"].map((part) => getComputedStyle(node, part));
  return {
    tag: node.tagName,
    words: (node.getAttribute("aria-label") || node.textContent).trim(),
    kind: node.getAttribute("type"),
    ringed: rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    shown: node.checkVisibility(),
  };
}
"""
_CHOICE = ".choices .choice[aria-current=false]"


@pytest.mark.parametrize(("path", "scheme"), [("/", "dark"), *((page.path, "light") for page in PAGES)])
def test_every_stop_of_the_tab_key_can_be_seen(open_window: OpenWindow, path: str, scheme: str) -> None:
    """What has the focus is on the page and has a ring of two pixels."""
    reader = open_window(scheme=scheme)
    reader.open(path)
    for _ in range(_MOST_STOPS):
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate(_WHERE)
        if stop["tag"] == "BODY":
            break
        assert (stop["ringed"], stop["shown"]) == (True, True), stop


@pytest.mark.parametrize(
    ("path", "before", "press", "after"),
    [
        ("/resolution", "", _CHOICE, "First reply"),
        ("/volume", "", _CHOICE, "Priority|Channel|Customer type|Agent|Team"),
        ("/agents", "", _CHOICE, "First reply|SLA|CSAT"),
        ("/tickets", "", ".sort-link >> nth=0", "Priority"),
        ("/tickets", "", ".pager a >> text=Next", "Next"),
        ("/tickets", "", ".pager a >> text=Last", "Previous"),
        ("/", "#menu-period > summary", "#menu-period .value-choice >> nth=1", "days|month|year"),
        ("/", "#menu-compare > summary", "#menu-compare .value-choice >> nth=1", "vs|compar"),
        ("/?priority=high", "", ".chip-remove", r"\+ Filter"),
        ("/", "", "#navigation [href^='/volume']", "Volume"),
        ("/", "#menu-filter > summary", "#values-priority > summary", "Priority"),
    ],
)
def test_after_a_choice_the_focus_is_where_it_was(
    open_window: OpenWindow, path: str, before: str, press: str, after: str
) -> None:
    """On the same link or button, or on the next one when that is gone; and it stays when new numbers come."""
    reader = open_window()
    reader.open(path)
    for pressed in filter(None, (before, press)):
        reader.page.locator(pressed).first.focus()
        reader.page.keyboard.press("Enter")
        reader.page.wait_for_timeout(300)
        reader.settle()
    assert re.search(after, focused(reader)), focused(reader)
    bring_new_numbers(reader)
    assert re.search(after, focused(reader)), focused(reader)


def test_a_number_leads_to_the_start_of_its_page(open_window: OpenWindow) -> None:
    """After a press on a card's number the next stop is on the page of its tickets."""
    reader = open_window()
    reader.open("/")
    reader.page.locator("a.kpi-value").first.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile("/tickets"))
    reader.settle()
    assert reader.page.evaluate("document.activeElement.id") == "page"
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.querySelector('#page').contains(document.activeElement)")


@pytest.mark.parametrize("button", ["#menu-period > summary", ".kpi-card .definition-button", ".account > summary"])
def test_escape_closes_and_gives_the_focus_back_to_the_button(open_window: OpenWindow, button: str) -> None:
    """From within what is open, too."""
    reader = open_window()
    reader.open("/")
    summary = reader.page.locator(button).first
    summary.focus()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    summary.focus() if "definition" in button else None
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator("details.menu[open], details.definition[open]")).to_have_count(0)
    assert summary.evaluate("summary => document.activeElement === summary")


def test_a_chart_s_table_and_its_focus_stay_when_new_numbers_come(open_window: OpenWindow) -> None:
    """The button that opened it still has the focus, and the link within the table too."""
    reader = open_window()
    reader.open("/")
    button = reader.page.locator("#overview-tickets-twin summary")
    button.focus()
    reader.page.keyboard.press("Enter")
    bring_new_numbers(reader)
    assert button.evaluate("button => document.activeElement === button && button.parentElement.open")
    link = reader.page.locator("#overview-tickets-twin tbody a").nth(3)
    link.focus()
    words = focused(reader)
    bring_new_numbers(reader)
    assert focused(reader) == words


def focused(reader: Reader) -> str:
    """Return what has the focus: its words, or the name of the body, which must never have it."""
    where = reader.page.evaluate(_WHERE)
    return where["tag"] if where["tag"] == "BODY" else str(where["words"])
