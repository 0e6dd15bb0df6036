"""Customers in a browser: who needs the most help, and did anybody call them?"""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.reader import DESK, PHONE

_ALL = "/customers?period=all"


def test_a_manager_finds_who_needs_the_most_help_and_marks_a_call(open_window: OpenWindow, tmp_path: Path) -> None:
    """From the sentence to the customer, to the very tickets, and back with a call that everybody sees."""
    reader = open_window()
    reader.open(_ALL)
    page = reader.page
    first = page.locator(".customer-table tbody tr").first
    name = first.locator("th a").text_content() or ""
    count = first.locator("td a").first.text_content() or ""
    expect(page.locator("#customers-view .conclusion")).to_contain_text(f"{name} needed the most: {count} tickets")
    expect(first).to_contain_text("not marked")
    first.locator("td a").first.click()
    expect(page.locator(".listed strong")).to_contain_text(f"{count} tickets created")
    page.get_by_role("link", name="Open the customer").click()
    expect(page.locator(".detail-subject")).to_have_text(name)
    expect(page.locator(".customer-tiles")).to_contain_text(count)
    page.get_by_label("Note").fill("Promised a call on Friday")
    page.get_by_role("button", name="Mark as called").click()
    reader.settle()
    expect(page.locator(".call-line")).to_contain_text("thandi reached them: Promised a call on Friday")
    reader.open(_ALL)
    expect(page.locator(".customer-table tbody tr").first).to_contain_text("thandi")
    path = tmp_path / "customers.csv"
    reader.download("Export these customers as CSV").save_as(path)
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert (lines[0]["Customer"], lines[0]["Tickets"]) == (name, count)
    assert "Promised a call on Friday" in lines[0]["Called"]
    page.locator(".customer-table tbody tr").first.locator("th a").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#customers-view")).to_contain_text("Nobody has marked a call")
    assert reader.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_both_pages_fit_the_screen(open_window: OpenWindow, size: tuple[int, int]) -> None:
    """The list in all its orders, and a customer with the way back and to a ticket, whose page leads to them again."""
    reader = open_window(size)
    for search in ("", "&by=organisation", "&by=type&sort=minutes", "&page=2&sort=reopens"):
        reader.open(f"{_ALL}{search}")
        expect(reader.page.locator("#customers-view .card-block")).to_be_visible()
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    reader.page.locator(".customer-table tbody th a").first.click()
    expect(reader.page.locator(".lane").first).to_be_visible()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    name = reader.page.locator(".detail-subject").text_content() or ""
    reader.page.locator(".history-table td a").first.click()
    reader.page.wait_for_url("**/tickets/*")
    reader.page.locator(".detail-byline a").click()
    expect(reader.page.locator(".customer-tiles")).to_be_visible()
    expect(reader.page.locator(".detail-subject")).to_have_text(name)
    assert reader.complaints == []
