"""A manager walks through the portal, on a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import DESK, PHONE, PLOTLY_LINE

PAGES = ("/", "/volume", "/resolution", "/staffing", "/tickets")
SIZES = (DESK, PHONE)
_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("size", SIZES, ids=("desk", "phone"))
@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_without_complaint_and_fits_its_screen(
    open_window: OpenWindow, path: str, size: tuple[int, int]
) -> None:
    """Nothing is wrong in the console, nothing is wider than the screen, and plotly comes from our own assets."""
    reader = open_window(size)
    reader.open(path)
    assert reader.complaints == []
    assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not [address for address in reader.requested if "plotly.min.js" in address]
    assert all(address.startswith((reader.portal.url, "data:", "blob:")) for address in reader.requested)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_serious_barrier_is_ours(open_window: OpenWindow, path: str, scheme: str) -> None:
    """axe-core finds nothing serious or critical outside of plotly's own drawings."""
    reader = open_window(DESK, scheme)
    reader.open(path)
    found = Axe().run(reader.page, context={"exclude": [[".js-plotly-plot"]]})
    serious = [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in found.response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@pytest.mark.parametrize("size", SIZES, ids=("desk", "phone"))
@pytest.mark.parametrize("path", PAGES)
def test_nothing_jumps_while_a_page_loads(open_window: OpenWindow, path: str, size: tuple[int, int]) -> None:
    """The layout shifts by two hundredths at most (https://web.dev/articles/cls)."""
    reader = open_window(size)
    reader.page.add_init_script(_SHIFTS)
    reader.open(path)
    assert reader.page.evaluate("window.shifts") <= 0.02


def test_the_chosen_theme_stays_and_charts_follow_it(open_window: OpenWindow) -> None:
    """A press on the theme's button redraws page and charts, and a new page keeps the choice."""
    reader = open_window()
    reader.open("/")
    line = reader.page.locator(PLOTLY_LINE).first
    light = line.evaluate("line => line.style.stroke")
    reader.page.get_by_text("Account", exact=True).click()
    reader.page.locator("#theme-button").click()
    reader.page.locator("#theme-button").click()
    expect(reader.page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(line).not_to_have_css("stroke", light)
    reader.open("/volume")
    assert reader.page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_keyboard_alone_reaches_the_content(open_window: OpenWindow) -> None:
    """The first stop is the link past the navigation, and it works."""
    reader = open_window()
    reader.open("/")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip-link"
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.querySelector('#page').contains(document.activeElement)")
