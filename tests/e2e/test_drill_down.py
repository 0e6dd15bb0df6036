"""Every number leads to exactly its tickets, and their export has exactly those rows."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal

_CREATED = sa.text(
    "select count(*) from support.support_tickets where exclusion is null"
    " and (created_at at time zone 'Africa/Johannesburg')::date between :first and :last"
)


def counted(portal: Portal, first: str, last: str) -> int:
    """Count tickets straight from the system of record, as the pages do not."""
    with portal.engine.connect() as connection:
        return int(connection.scalar(_CREATED, {"first": first, "last": last}) or 0)


def test_the_number_of_tickets_is_right_and_leads_to_them(open_window: OpenWindow) -> None:
    """The card says what the system of record says, and its link lists as many."""
    reader = open_window()
    reader.open("/?from=2026-01-01&to=2026-01-31")
    expected = counted(reader.portal, "2026-01-01", "2026-01-31")
    assert expected > 0
    assert reader.kpi("Tickets") == f"{expected:,}"
    reader.page.get_by_role("link", name="Tickets: ").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Tickets")
    reader.settle()
    assert reader.listed_count() == expected


@pytest.mark.parametrize("title", ["Median first reply", "Median resolution", "Open now"])
def test_other_numbers_lead_to_tickets_too(open_window: OpenWindow, title: str) -> None:
    """The list behind a number is never empty when the number is not."""
    reader = open_window()
    reader.open("/")
    reader.page.get_by_role("link", name=f"{title}: ").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Tickets")
    reader.settle()
    assert reader.listed_count() > 0
    reader.page.go_back()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Overview")
    assert reader.complaints == []


def test_the_csv_file_has_exactly_the_listed_tickets(open_window: OpenWindow, tmp_path: Path) -> None:
    """As many rows as the page says, the first ones in the page's order, no ticket twice."""
    reader = open_window()
    reader.open("/tickets?from=2026-01-01&to=2026-01-31&channel=email")
    listed = reader.listed_count()
    shown = reader.page.locator("table tbody tr td.column-number").all_inner_texts()
    path = tmp_path / "tickets.csv"
    reader.download("Export these tickets as CSV").save_as(path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[1:]
    numbers = [row[0] for row in rows]
    assert len(numbers) == len(set(numbers)) == listed
    assert numbers[: len(shown)] == shown


def test_the_excel_file_has_the_same_rows(open_window: OpenWindow, tmp_path: Path) -> None:
    """As many as the page says."""
    reader = open_window()
    reader.open("/tickets?from=2026-01-01&to=2026-01-31&channel=email")
    path = tmp_path / "tickets.xlsx"
    reader.download("Export these tickets as Excel").save_as(path)
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) - 1 == reader.listed_count()


def test_a_ticket_opens_with_its_history_and_back_returns_to_the_list(open_window: OpenWindow) -> None:
    """A press on a row shows the ticket; the list comes back as it was."""
    reader = open_window()
    reader.open("/tickets?from=2026-01-01&to=2026-01-31&sort=-resolution")
    first = reader.page.locator("table tbody tr").first
    number = first.locator("td.column-number").inner_text()
    first.get_by_role("link").click()
    expect(reader.page).to_have_url(
        f"{reader.portal.url}/tickets/{number}?from=2026-01-01&to=2026-01-31&sort=-resolution"
    )
    expect(reader.page.locator("#page")).to_contain_text(number)
    reader.page.go_back()
    expect(reader.page.locator("table tbody tr").first.locator("td.column-number")).to_have_text(number)
    assert reader.complaints == []


def test_a_search_finds_a_ticket_by_number(open_window: OpenWindow) -> None:
    """A ticket's number finds that ticket alone."""
    reader = open_window()
    reader.open("/tickets?period=all")
    number = reader.page.locator("table tbody tr td.column-number").nth(3).inner_text()
    reader.page.get_by_role("searchbox").fill(number)
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("table tbody tr")).to_have_count(1)
    expect(reader.page.locator("table tbody tr td.column-number")).to_have_text(number)
