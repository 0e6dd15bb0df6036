"""The address of one ticket: its number in the path, and whether long texts are shown whole."""

from typing import Final
from urllib.parse import urlencode

from analytics import pages
from portal.numbers.parameters import parameter_pairs

WHOLE: Final = ("text", "all")
"""Parameter by which long texts are shown whole."""
DONE: Final = "done"
"""Parameter that says what was just changed, so that it can be undone."""
_LAST_ID: Final = 10**18 - 1


def read_ticket_number(path: str) -> int | None:
    """Return the number in a ticket's path, such as "/tickets/17"; None when it is none."""
    text = path.removeprefix(f"{pages.TICKETS}/")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_LAST_ID)) else None


def asks_for_whole_text(search: str) -> bool:
    """Tell whether the address of a ticket asks for its long texts whole."""
    return WHOLE in parameter_pairs(search)


def with_whole_text(search: str) -> str:
    """Return the search of a ticket's address that asks for its long texts whole."""
    kept = [pair for pair in parameter_pairs(search) if pair[0] != WHOLE[0]]
    return f"?{urlencode([*kept, WHOLE])}"
