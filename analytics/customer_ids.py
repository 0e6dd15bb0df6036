"""How a customer is named in an address: by a number that says nothing about the person."""

import re
from typing import Final

from analytics import pages

_BITS: Final = 64
_ID: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)


def customer_id(hashed: int) -> str:
    """Return how an address names a customer.

    Args:
        hashed: The signed 64-bit number that the facts have.
    """
    return f"{hashed % (1 << _BITS):016x}"


def customer_hash(text: str) -> int | None:
    """Return the number of a customer in an address; None when the text is none."""
    if _ID.fullmatch(text) is None:
        return None
    number = int(text, 16)
    return number - (1 << _BITS) if number >> (_BITS - 1) else number


def customer_path(name: str) -> str:
    """Return the path of a customer's page.

    Args:
        name: As `customer_id` returns it.
    """
    return f"{pages.CUSTOMERS}/{name}"
