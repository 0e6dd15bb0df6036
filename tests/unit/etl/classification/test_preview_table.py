"""A preview names categories as they are called, and tickets as people find them."""

import pytest

from etl.classification.preview import Preview
from etl.classification.preview_table import show_preview


def test_categories_in_brackets_and_numbers_of_the_portal_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets are no style of the terminal; a ticket that came in with a key is found by that key alone."""
    preview = Preview(ticket_count=3, numbers={7: "HD-0007"})
    preview.categories.add("[VIP] desk", "[/b]", 7)
    preview.categories.add("[VIP] desk", "[/b]", 8)
    show_preview(preview)
    (row,) = [line for line in capsys.readouterr().out.splitlines() if "VIP" in line]
    assert [cell.strip() for cell in row.split("│")[1:-1]] == ["[VIP] desk", "[/b]", "2", "HD-0007, 8"]
