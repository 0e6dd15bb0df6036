"""What is opened stays where it is and stays open, whatever answers meanwhile; tables open beside their button."""

import pytest
from playwright.sync_api import Locator, expect

from portal.topics.registry import PAGES
from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import DESK, PHONE, Reader

pytestmark = pytest.mark.usefixtures("forecast")
PATHS = tuple(page.path for page in PAGES)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
_SCREENS = [(path, DESK) for path in PATHS] + [(path, PHONE) for path in ("/", "/resolution", "/tickets", "/churn")]
_OPEN = """
() => {
  const all = [...document.querySelectorAll(".menu > summary, .definition > summary")];
  const buttons = all.filter((each) => each.checkVisibility());
  const before = buttons.map((each) => each.getBoundingClientRect());
  buttons.forEach((each) => { each.parentElement.open = true; });
  return Math.max(...buttons.map((each, nth) => {
    const now = each.getBoundingClientRect();
    return Math.abs(now.x - before[nth].x) + Math.abs(now.y - before[nth].y);
  }));
}
"""
_WATCH = """
() => {
  const boxes = () => [...document.querySelectorAll("details[open] > :not(summary), details[open] .value-choice")]
    .filter((node) => node.checkVisibility())
    .map((node) => node.getBoundingClientRect())
    .map(({x, y, width, height}) => [x, y, width, height]);
  const first = boxes();
  window.opened = {count: first.length, moved: 0, closed: 0};
  const look = () => {
    const now = boxes();
    if (now.length < first.length) window.opened.closed += 1;
    else first.forEach((box, nth) => box.forEach((side, part) => {
      window.opened.moved = Math.max(window.opened.moved, Math.abs(side - now[nth][part]));
    }));
    window.opened.frame = requestAnimationFrame(look);
  };
  look();
}
"""
_STOP = "() => { cancelAnimationFrame(window.opened.frame); return window.opened; }"
_THREE_SECONDS = 3_000


def bring_new_numbers(reader: Reader) -> None:
    """Have every block of the page asked for anew, as when tickets have come in."""
    reader.page.evaluate("window.dash_clientside.set_props('data-version', {data: -Math.random()})")
    reader.page.wait_for_timeout(400)
    reader.settle()


@pytest.mark.parametrize(("path", "size"), _SCREENS)
def test_what_is_open_neither_moves_nor_closes_when_new_numbers_come(
    open_window: OpenWindow, path: str, size: tuple[int, int]
) -> None:
    """Every menu and every definition of every page, from frame to frame; a pixel at most. Opening moves no button."""
    reader = open_window(size)
    reader.open(path)
    assert reader.page.evaluate(_OPEN) <= 1
    reader.page.evaluate(_WATCH)
    bring_new_numbers(reader)
    seen = reader.page.evaluate(_STOP)
    assert seen["count"] > 0
    assert (seen["moved"] <= 1, seen["closed"]) == (True, 0), seen
    reader.page.keyboard.press("Escape")
    assert reader.page.locator("details.menu[open], details.definition[open]").count() == 0


@SIZES
def test_a_menu_of_many_choices_stays_under_the_pointer(open_window: OpenWindow, size: tuple[int, int]) -> None:
    """After each choice the filter menu is open at the same place, though a chip has been added to the bar."""
    reader = open_window(size)
    reader.open("/")
    reader.page.get_by_text("+ Filter", exact=True).click()
    group = reader.page.locator("#values-priority")
    group.locator("summary").click()
    reader.page.evaluate(_WATCH)
    group.locator(".value-choice").nth(1).click()
    expect(reader.page.locator(".chip-remove")).to_have_count(1)
    reader.page.wait_for_timeout(_THREE_SECONDS)
    reader.settle()
    seen = reader.page.evaluate(_STOP)
    assert (seen["moved"] <= 1, seen["closed"]) == (True, 0), seen
    assert "is-chosen" in (group.locator(".value-choice").nth(1).get_attribute("class") or "")


@pytest.mark.parametrize(
    ("path", "size"),
    [("/", DESK), ("/", PHONE), ("/volume", DESK), ("/resolution", PHONE), ("/forecast", DESK)],
)
def test_a_chart_s_table_takes_the_card_s_width_and_its_button_hides_it(
    open_window: OpenWindow, path: str, size: tuple[int, int]
) -> None:
    """Of every chart; the button stays where it is, the page never slides sideways, wide tables do by themselves."""
    reader = open_window(size)
    reader.open(path)
    for twin in reader.page.locator(".twin").all():
        button = twin.locator("summary")
        button.scroll_into_view_if_needed()
        assert _says(button) == ("Show as table", "false")
        before = button.bounding_box()
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        assert _says(button) == ("Hide", "true")
        assert button.bounding_box() == before
        widths = twin.evaluate(
            "twin => [twin.querySelector('.twin-scroller'), twin.closest('.card-foot')].map(each => each.clientWidth)"
        )
        assert abs(widths[0] - widths[1]) <= 1, widths
        first = twin.locator("tbody th").first
        assert first.evaluate("cell => getComputedStyle(cell).position") == "sticky"
        assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    opened = reader.page.locator(".twin[open]")
    count = opened.count()
    assert count > 0
    bring_new_numbers(reader)
    expect(opened).to_have_count(count)
    opened.first.locator("summary").click()
    expect(opened).to_have_count(count - 1)


def _says(button: Locator) -> tuple[str, str | None]:
    words = button.evaluate("""button => [...button.children]
        .filter(each => getComputedStyle(each).visibility === "visible").map(each => each.textContent).join(" ")""")
    return str(words), button.get_attribute("aria-expanded")


def test_a_phone_leads_to_every_page_and_to_the_account(open_window: OpenWindow) -> None:
    """Four tabs; the rest in groups behind "More", which closes by Escape and after a choice."""
    reader = open_window(PHONE)
    reader.open("/")
    expect(reader.page.locator(".tab:visible")).to_have_count(4)
    more = reader.page.locator(".more > summary")
    is_open = reader.page.locator(".more[open]")
    more.click()
    reader.page.get_by_text("Account", exact=True).click()
    expect(reader.page.get_by_role("button", name="Theme")).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(is_open).to_have_count(0)
    assert "More" in str(reader.page.evaluate("document.activeElement.textContent"))
    more.click()
    is_open.get_by_role("link", name="Staffing").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Staffing")
    expect(is_open).to_have_count(0)
    expect(more).to_have_class("more-summary is-here")
    assert reader.complaints == []
