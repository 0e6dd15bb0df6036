"""The chips of a page, and what can be chosen on them."""

from datetime import date

import pytest
from dash import html

from portal.frame.filter_bar import FilterChoices, filter_bar, period_label, unknown_value_notices
from portal.frame.page import Page
from portal.numbers.filters import Days, TicketFilters, from_search

DAYS = Days(date(2026, 1, 1), date(2026, 3, 31))
CHOICES = FilterChoices(
    DAYS,
    {
        "category": {"book_order": "Book orders", None: "Not set"},
        "custom.delivery_region": {"North": "North", None: "Not set"},
    },
    date(2026, 3, 31),
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


@pytest.mark.parametrize(
    ("days", "chip"),
    [
        ("from=2026-01-05&to=2026-02-11", "5 Jan – 11 Feb"),
        ("from=2026-01-05&to=2026-01-05", "5 Jan"),
        ("from=2025-11-05&to=2025-11-11", "5 Nov 2025 – 11 Nov 2025"),
        ("from=2025-12-29&to=2026-01-04", "29 Dec 2025 – 4 Jan 2026"),
        ("period=last_30_days", "Last 30 days"),
    ],
)
def test_a_chip_names_the_year_where_it_is_not_this_one(days: str, chip: str) -> None:
    assert period_label(from_search(days, DAYS)[0], CHOICES.today).replace("\u00a0", " ") == chip


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("period=all", "The whole history is shown, and there is nothing before it."),
        ("period=last_90_days", "The data begins on 1 Jan 2026, after the days to compare with."),
    ],
)
def test_a_comparison_with_nothing_is_said_to_be_none(search: str, said: str) -> None:
    text = shown(from_search(search, DAYS)[0], "compare").replace("\\xa0", " ")
    assert "'Nothing to compare with'" in text
    assert said in text
    assert "Nothing to compare" not in shown(from_search("period=last_30_days", DAYS)[0], "compare")


def test_a_list_that_is_searched_is_named_without_an_article() -> None:
    many = FilterChoices(DAYS, {"agent": {f"Agent {place}": f"Agent {place}" for place in range(20)}}, DAYS.last)
    text = repr(filter_bar(page("agent"), lambda new: new.to_search(), from_search("", DAYS)[0], many))
    assert "Search the list Agent" in text
    assert "Find a " not in text
