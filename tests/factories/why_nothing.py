"""Reasons why a card is empty."""

from portal.numbers.filters import TicketFilters
from portal.widgets.why_nothing import WhyNothing


def make_why(filters: TicketFilters, *missing: str) -> WhyNothing:
    """Return the reasons of a desk where everything was recorded but the metrics named."""
    return WhyNothing(filters, lambda metric: metric not in missing)
