"""Ways to look at satisfaction that are no filters. They too live in the address."""

from typing import Final

from portal.numbers.parameters import parameters
from portal.widgets.views import View

SPLITS: Final = View(
    "by",
    (
        ("category", "Category"),
        ("channel", "Channel"),
        ("priority", "Priority"),
        ("customer_type", "Customer type"),
        ("team", "Team"),
        ("agent", "Agent"),
    ),
)
PAGE_KEY: Final = "page"
PAGE_ROWS: Final = 10
_MOST_PAGES: Final = 10_000


def page_number(search: str) -> int:
    """Return which page of low ratings an address asks for, from 1; the first where it asks for none."""
    text = parameters(search).get(PAGE_KEY, "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_PAGES)) else 1
    return min(max(number, 1), _MOST_PAGES)
