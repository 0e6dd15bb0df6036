"""The chips of a page, and what can be chosen on them."""

from datetime import date

from dash import html

from portal.frame.filter_bar import FilterChoices, filter_bar, unknown_value_notices
from portal.frame.page import Page
from portal.numbers.filters import Days, TicketFilters, from_search

DAYS = Days(date(2026, 1, 1), date(2026, 3, 31))
CHOICES = FilterChoices(
    DAYS,
    {
        "category": {"book_order": "Book orders", None: "Not set"},
        "custom.delivery_region": {"North": "North", None: "Not set"},
    },
)


def page(*filters: str) -> Page:
    """Return a page that takes some filters."""
    return Page("volume", "/volume", "Volume", filters, html.Div, lambda _app, _services: None)


def shown(filters: TicketFilters, *names: str) -> str:
    """Return a page's chips as text."""
    return repr(filter_bar(page(*names), lambda chosen: chosen.to_search(), filters, CHOICES))


def test_what_a_desk_has_declared_is_offered_where_tickets_are_told_apart() -> None:
    filters, _ = from_search("?custom.delivery_region=North", DAYS)
    assert "Delivery region: North" in shown(filters, "period", "category")
    assert "custom.delivery_region=North%2C~" in shown(filters, "period", "category"), "a second value can be added"
    assert "Delivery region" not in shown(from_search("", DAYS)[0], "period")


def test_a_value_that_no_ticket_has_is_said_with_the_dimensions_name() -> None:
    filters, _ = from_search("?custom.delivery_region=West&custom.gone=x", DAYS)
    assert unknown_value_notices(filters, CHOICES) == (
        "No ticket has the delivery region “West”.",
        "No ticket has the gone “x”.",
    )
