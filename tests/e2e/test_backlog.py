"""Backlog in a browser: a manager asks whom the desk forgot, calls one of them, and the list remembers it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import USER
from tests.e2e.reader import PHONE


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_forgotten_customer_is_called_and_the_list_remembers_who_did(
    open_window: OpenWindow, size: tuple[int, int], tmp_path: Path
) -> None:
    """The line says by whom; undone, it waits again; its link leads to that very ticket; the file has it."""
    reader = open_window(size)
    reader.open("/backlog")
    lines = reader.page.locator("#backlog-forgotten .risk-table tbody tr")
    first = lines.first
    named = first.locator("th a").text_content() or ""
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    first.get_by_role("button", name="Answered by phone").click()
    reader.settle()
    line = lines.filter(has=reader.page.get_by_role("link", name=named, exact=True))
    expect(line).to_contain_text(f"✓ Answered by phone: {USER}")
    line.get_by_role("button", name="Undo").click()
    reader.settle()
    expect(lines.first.locator("th a")).to_have_text(named)
    path = tmp_path / "file.csv"
    reader.download("Export whom nobody answered as CSV").save_as(path)
    assert named.removeprefix("Ticket ") in path.read_text(encoding="utf-8-sig")
    reader.page.get_by_role("link", name=named, exact=True).first.click()
    reader.page.wait_for_url(f"**/tickets/{named.removeprefix('Ticket ')}**")
    reader.settle()
    assert reader.complaints == []
