"""A manager walks through the portal, on a desk and on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, StorageState, expect

from tests.e2e.conftest import OpenWindow, new_context
from tests.e2e.desk import Portal
from tests.e2e.reader import DESK, PHONE, PLOTLY_LINE, Reader

PAGES = ("/", "/volume", "/resolution", "/forecast", "/staffing", "/tickets")
pytestmark = pytest.mark.usefixtures("forecast")
SIZES = (DESK, PHONE)
_SHIFTS = """
window.shifts = 0;
window.shifted = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.shifts += entry.value;
    window.shifted.push([entry.value, ...entry.sources.map(({node}) => node?.id || node?.className || node?.nodeName)]);
  }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(
    scope="module",
    params=[(path, size) for path in PAGES for size in SIZES],
    ids=[f"{path}-{name}" for path in PAGES for name in ("desk", "phone")],
)
def shown(
    request: pytest.FixtureRequest, portal: Portal, browser: Browser, manager_session: StorageState
) -> Iterator[Reader]:
    """A page on a screen, loaded once for the tests that only look at it."""
    path, size = request.param
    with new_context(browser, manager_session, size) as context:
        reader = Reader.at(portal, context)
        reader.page.add_init_script(_SHIFTS)
        reader.open(path)
        yield reader


def test_a_page_comes_without_complaint_and_fits_its_screen(shown: Reader) -> None:
    """Nothing is wrong in the console, nothing is wider than the screen, and plotly comes from our own assets."""
    assert shown.complaints == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not [address for address in shown.requested if "plotly.min.js" in address]
    assert all(address.startswith((shown.portal.url, "data:", "blob:")) for address in shown.requested)


def test_nothing_jumps_while_a_page_loads(shown: Reader) -> None:
    """The layout shifts by two hundredths at most (https://web.dev/articles/cls)."""
    assert shown.page.evaluate("window.shifts") <= 0.02, shown.page.evaluate("window.shifted")


def test_no_serious_barrier_is_ours(shown: Reader) -> None:
    """axe-core finds nothing serious or critical outside of plotly's own drawings."""
    assert_no_barrier(shown)


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_barrier_is_ours_in_the_dark(open_window: OpenWindow, path: str) -> None:
    """As above, in the colours of the dark theme."""
    reader = open_window(DESK, "dark")
    reader.open(path)
    assert_no_barrier(reader)


def assert_no_barrier(reader: Reader) -> None:
    """Look for what keeps somebody out."""
    found = Axe().run(reader.page, context={"exclude": [[".js-plotly-plot"]]})
    serious = [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in found.response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert serious == []


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
