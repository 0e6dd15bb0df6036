"""What the page of customers ranks: whom, by what, and which page of it. The address holds all of it."""

from typing import Final
from urllib.parse import urlencode

from analytics import pages
from analytics.customer_ids import customer_hash
from portal.numbers.parameters import parameter_pairs, parameters
from portal.widgets.views import View

BY: Final = View("by", (("person", "Person"), ("organisation", "Organisation"), ("type", "Customer type")))
SORT: Final = View("sort", (("tickets", "Tickets"), ("minutes", "Minutes of work"), ("reopens", "Reopened")))
PAGE: Final = "page"
_LONGEST: Final = 6


def read_page(search: str) -> int:
    """Return the page of the list that an address asks for; the first for anything else."""
    text = parameters(search).get(PAGE, "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return max(int(text), 1) if is_number else 1


def first_page(search: str) -> str:
    """Return the search of an address without its place in the list, for what leads to another order."""
    return urlencode([pair for pair in parameter_pairs(search) if pair[0] != PAGE])


def read_customer(path: str) -> int | None:
    """Return the customer of a path such as "/customers/00ff00ff00ff00ff"; None when it is none."""
    return customer_hash(path.removeprefix(f"{pages.CUSTOMERS}/"))
