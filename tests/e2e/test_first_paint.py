"""Before any script has come the page is there: its frame, its numbers, the right colours; then nothing jumps."""

import pytest
from playwright.sync_api import Browser, Page, Route, StorageState, expect

from portal.frame.first_frame import NO_SCRIPT
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import DESK, PHONE, PLOTLY_LINE, Reader
from tests.e2e.test_walk import _SHIFTS, assert_no_barrier

pytestmark = pytest.mark.usefixtures("forecast")

_DARK = "rgb(15, 20, 27)"


class Held:
    """Requests for scripts that wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._waiting: list[Route] = []
        self._is_held = True
        page.route(lambda address: ".js" in address, self._meet)

    def _meet(self, route: Route) -> None:
        self._waiting.append(route) if self._is_held else route.continue_()

    def let_go(self) -> None:
        """Let those that wait go, and those to come."""
        self._is_held = False
        for route in self._waiting:
            route.continue_()


_DESK, _PHONE = (DESK, "light"), (PHONE, "dark")


@pytest.mark.parametrize(
    ("path", "screen"),
    [
        ("/", _DESK),
        ("/", _PHONE),
        ("/volume", _DESK),
        ("/resolution", _PHONE),
        ("/insights", _DESK),
        ("/staffing", _PHONE),
        ("/tickets", _PHONE),
    ],
)
def test_the_page_stands_before_its_scripts_and_does_not_move_when_they_come(
    open_window: OpenWindow, path: str, screen: tuple[tuple[int, int], str]
) -> None:
    """Navigation, heading and cards are there without a script, without a barrier, and they stay where they are."""
    reader = open_window(*screen)
    reader.open(path)
    reader.page.goto("about:blank")
    reader.page.add_init_script(_SHIFTS)
    held = Held(reader.page)
    reader.page.goto(f"{reader.portal.url}{path}", wait_until="commit")
    expect(reader.page.locator("#first-frame .navigation .is-here:visible")).to_be_visible()
    heading = reader.page.locator("#first-frame h1").inner_text()
    expect(reader.page.locator("#first-frame #page .surface").first).to_be_visible()
    background = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == _DARK) == (screen == _PHONE)
    assert_no_barrier(reader)
    held.let_go()
    reader.settle()
    assert reader.page.locator("h1").all_inner_texts() == [heading]
    assert reader.page.evaluate("window.shifts") <= 0.02, reader.page.evaluate("window.shifted")
    assert reader.complaints == []


def test_numbers_come_with_the_document(open_window: OpenWindow) -> None:
    """The cards' numbers stand there before the scripts, and are those that stand there after them."""
    reader = open_window()
    reader.open("/")
    expected = reader.page.locator(".kpi-value").all_inner_texts()
    held = Held(reader.page)
    reader.page.goto(f"{reader.portal.url}/", wait_until="commit")
    numbers = reader.page.locator("#first-frame .kpi-value")
    expect(numbers).to_have_text(expected)
    held.let_go()
    reader.settle()
    expect(reader.page.locator(PLOTLY_LINE).first).to_be_attached()


def test_what_is_opened_before_the_scripts_have_come_stays_open(open_window: OpenWindow) -> None:
    """A menu and the focus in it outlive the change to the page that lives."""
    reader = open_window()
    reader.open("/")
    held = Held(reader.page)
    reader.page.goto(f"{reader.portal.url}/", wait_until="commit")
    button = reader.page.locator("#first-frame #menu-period > summary")
    expect(button).to_be_visible()
    button.focus()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    words = reader.page.evaluate("document.activeElement.textContent")
    held.let_go()
    reader.settle()
    assert reader.page.locator("#menu-period").evaluate("menu => menu.open && menu.contains(document.activeElement)")
    assert reader.page.evaluate("document.activeElement.textContent") == words


def test_without_javascript_the_page_says_so_and_its_links_work(
    browser: Browser, manager_session: StorageState, portal: Portal
) -> None:
    """A reader sees the numbers, is told what is missing, and can go on."""
    with browser.new_context(java_script_enabled=False, storage_state=manager_session) as context:
        reader = Reader.at(portal, context)
        answer = reader.page.goto(f"{portal.url}/")
        assert answer is not None
        # Chromium reads the sentence's element as a browser with JavaScript does when only a test switches it off.
        assert f'<noscript><p class="notice no-script">{NO_SCRIPT}</p></noscript>' in answer.text()
        expect(reader.page.locator(".kpi-value").first).to_be_visible()
        reader.page.get_by_role("link", name="Volume").click()
        expect(reader.page.get_by_role("heading", level=1)).to_have_text("Volume")


def test_nobody_sees_a_number_before_logging_in(open_window: OpenWindow) -> None:
    """Without a session there is the log-in page and nothing of the portal's frame."""
    reader = open_window(is_anonymous=True)
    answer = reader.page.goto(f"{reader.portal.url}/")
    assert answer is not None
    assert answer.url.endswith("/login")
    assert not {"first-frame", "kpi-value", "nav-link"} & set(answer.text().replace('"', " ").split())
