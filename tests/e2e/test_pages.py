"""Overview, Volume and Resolution in a browser: points lead to tickets, definitions open, choices can be undone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import PHONE, PLOTLY_LINE


def test_a_point_of_a_chart_leads_to_exactly_its_tickets(open_window: OpenWindow) -> None:
    """The number the pointer reads is the number of tickets listed; back returns to the chart."""
    reader = open_window()
    reader.open("/")
    expect(reader.page.locator(PLOTLY_LINE).first).to_be_attached()
    area = reader.page.locator("#overview-tickets-figure .nsewdrag")
    area.hover()
    said = reader.page.locator("#overview-tickets-figure .hovertext").first.text_content() or ""
    area.click()
    reader.page.wait_for_url(re.compile(r"/tickets\?"))
    reader.settle()
    told = re.search(r": ([\d,]+) tickets?", said)
    assert told is not None, said
    assert reader.listed_count() == int(told[1].replace(",", ""))
    reader.page.go_back()
    reader.settle()
    expect(reader.page.locator("#overview-tickets-figure")).to_be_visible()
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", ".heat-map a"),
        ("/", ".ranked-bars a"),
        ("/", "a.attention-title"),
        ("/volume", ".share-table a"),
        ("/volume", ".multiples a.column"),
        ("/resolution", ".matrix a"),
    ],
)
def test_what_can_be_pressed_leads_to_tickets(open_window: OpenWindow, path: str, link: str) -> None:
    """Cells, bars, rows and items lead to a list that is not empty, without loading the page again."""
    reader = open_window()
    reader.open(path)
    reader.page.evaluate("window.isStillHere = true")
    reader.page.locator(link).first.click()
    reader.page.wait_for_url(re.compile(r"/tickets\?"))
    reader.settle()
    assert reader.listed_count() > 0
    assert reader.page.evaluate("window.isStillHere")


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_definition_opens_by_keyboard_fits_and_closes_on_escape(
    open_window: OpenWindow, size: tuple[int, int]
) -> None:
    """The i needs no mouse, and what it opens is all on the screen."""
    reader = open_window(size)
    reader.open("/")
    button = reader.page.locator(".kpi-card .definition-button").first
    button.focus()
    reader.page.keyboard.press("Enter")
    text = reader.page.locator(".kpi-card .definition-text").first
    expect(text).to_be_visible()
    box = text.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    reader.page.keyboard.press("Escape")
    expect(text).to_be_hidden()


def test_each_chart_has_its_numbers_as_a_table(open_window: OpenWindow) -> None:
    """The table opens beside the chart and its rows lead to tickets."""
    reader = open_window()
    reader.open("/")
    twin = reader.page.locator("#overview-tickets-twin")
    twin.get_by_text("Show as table").click()
    row = twin.locator("tbody tr", has=reader.page.locator("a")).last
    number = int(row.locator("td").first.inner_text().replace(",", ""))
    row.locator("a").click()
    reader.page.wait_for_url(re.compile(r"/tickets\?"))
    reader.settle()
    assert reader.listed_count() == number


def test_a_choice_is_in_the_address_and_back_undoes_it(open_window: OpenWindow) -> None:
    """Splitting by channel shows channels; back shows categories again."""
    reader = open_window()
    reader.open("/volume")
    head = reader.page.locator("#volume-shares th").first
    expect(head).to_have_text("Category")
    reader.page.get_by_role("link", name="Channel", exact=True).click()
    expect(head).to_have_text("Channel")
    assert "by=channel" in reader.page.url
    reader.page.go_back()
    expect(head).to_have_text("Category")


def test_the_measured_wait_can_be_changed(open_window: OpenWindow) -> None:
    """First replies by business hours are another number, and the page says which hours count."""
    reader = open_window()
    reader.open("/resolution")
    note = reader.page.locator("#resolution-distribution-note")
    expect(note).to_contain_text("All hours")
    chosen = reader.page.get_by_role("link", name="First reply", exact=True)
    chosen.click()
    # Its mark comes with the links that keep the choice.
    expect(chosen).to_have_attribute("aria-current", "true")
    reader.page.get_by_role("link", name="Business hours", exact=True).click()
    expect(note).to_contain_text("Business hours only")
    assert "measure=first_reply" in reader.page.url
    assert "clock=business" in reader.page.url
