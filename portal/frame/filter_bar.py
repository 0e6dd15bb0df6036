"""The filters of a page as chips. Every choice is a link, so the address is the only state and "back" undoes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.vocabulary import CUSTOM_MARK
from portal.frame.page import Page
from portal.numbers import phrasing
from portal.numbers.filters import (
    COMPARISON_LABELS,
    PERIOD_LABELS,
    Comparison,
    Days,
    Period,
    TicketFilters,
    from_search,
)
from portal.widgets.markup import Element, aria, element

PERIOD_FROM: Final = "period-from"
PERIOD_TO: Final = "period-to"
PERIOD_APPLY: Final = "period-apply"
PERIOD_PROBLEM: Final = "period-problem"
FROM, TO = "From", "To"
"""What the form calls its two dates."""
DIMENSION_LABELS: Final = {
    "category": "Category",
    "priority": "Priority",
    "channel": "Channel",
    "customer_type": "Customer type",
    "agent": "Agent",
    "team": "Team",
    "sla_policy": "SLA policy",
}
Leads = Callable[[TicketFilters], str]
Part = Component | Element

_NOTHING_BEFORE: Final = "Nothing to compare with"
_SEARCH: Final = "Search this list"
_SEARCHED_FROM: Final = 12
_WORDS_ON_A_CHIP: Final = 3


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What can be chosen.

    Attributes:
        days: The days there is data for.
        values: Dimension -> value -> what a manager calls it.
        today: Present day; a date of its year is written without one.
    """

    days: Days
    values: Mapping[str, Mapping[str | None, str]]
    today: date


def filter_bar(page: Page, leads: Leads, filters: TicketFilters, choices: FilterChoices) -> list[Part]:
    """Return the chips of a page.

    Args:
        page: Says which filters it takes.
        leads: Returns the link to the page with other filters.
        filters: Those of the address.
        choices: What can be chosen.
    """
    # A page whose tickets are told apart at all can be filtered by what the desk has declared.
    own = [name for name in choices.values if name.startswith(CUSTOM_MARK)] if "category" in page.filters else []
    offered = [name for name in (*page.filters, *own) if choices.values.get(name)]
    chips: list[Part] = []
    if "period" in page.filters:
        chips.append(_period_menu(leads, filters, choices))
    if "compare" in page.filters:
        chips.append(_compare_menu(leads, filters, choices))
    if offered:
        # Before the chips it makes: an open menu does not move with each choice.
        chips.append(_add_menu(leads, offered, filters, choices))
    return chips + [_chip(leads, name, filters, choices.values[name]) for name, _ in filters.where if name in offered]


def dimension_label(name: str) -> str:
    """Return what a manager calls a dimension."""
    return DIMENSION_LABELS.get(name) or phrasing.prettified(name.removeprefix(CUSTOM_MARK))


def unknown_value_notices(filters: TicketFilters, choices: FilterChoices) -> tuple[str, ...]:
    """Return a sentence for each filter with a value that no ticket has."""
    asked = ((name, value) for name, values in filters.where for value in values)
    return tuple(
        f"No ticket has the {phrasing.in_sentence(dimension_label(name))} “{value or phrasing.prettified(None)}”."
        for name, value in asked
        if value not in choices.values.get(name, {})
    )


def period_label(filters: TicketFilters, today: date) -> str:
    """Return what a chip says of a period: its name, or its days."""
    if filters.period is not Period.CUSTOM:
        return PERIOD_LABELS[filters.period]
    first, last = filters.start, filters.end - timedelta(days=1)
    with_year = {first.year, last.year} != {today.year}
    days = tuple(dict.fromkeys(phrasing.day(day, with_year=with_year) for day in (first, last)))
    return " – ".join(days)


def value_words(values: Sequence[str | None], labels: Mapping[str | None, str]) -> str:
    """Return what a chip says of the values of a dimension."""
    words = [labels.get(value, value or phrasing.prettified(None)) for value in values]
    return ", ".join(words) if len(words) <= _WORDS_ON_A_CHIP else f"{len(words)} chosen"


def _menu(label: str, panel: Sequence[Part], *, name: str) -> Element:
    inside = element("Div", panel, className="menu-panel")
    return element(
        "Details", [element("Summary", label, className="chip"), inside], className="menu", id=f"menu-{name}"
    )


def _choice(label: str, href: str, *, is_chosen: bool) -> Element:
    name = "value-choice is-chosen" if is_chosen else "value-choice"
    return element("A", label, href=href, className=name, **aria(current="true" if is_chosen else "false"))


def _period_menu(leads: Leads, filters: TicketFilters, choices: FilterChoices) -> html.Details:
    def href(period: Period) -> str:
        named = from_search(f"?period={period}", choices.days)[0]
        return leads(replace(filters, start=named.start, end=named.end, period=period))

    last = filters.end - timedelta(days=1)
    label = period_label(filters, choices.today)
    presets = [
        _choice(PERIOD_LABELS[period], href(period), is_chosen=period is filters.period)
        for period in Period
        if period is not Period.CUSTOM
    ]
    # Not a tree of elements: a callback reads the two dates.
    parts: list[Any] = [*presets, _dates(filters.start.isoformat(), last.isoformat())]
    panel = html.Div(parts, className="menu-panel")
    return html.Details([html.Summary(label, className="chip"), panel], className="menu", id="menu-period")


def _dates(first: str, last: str) -> html.Div:
    return html.Div(
        [
            html.Label([f"{FROM} ", dbc.Input(id=PERIOD_FROM, type="date", value=first, className="date-input")]),
            html.Label([f"{TO} ", dbc.Input(id=PERIOD_TO, type="date", value=last, className="date-input")]),
            dbc.Button("Show these dates", id=PERIOD_APPLY, className="plain-button"),
            html.P(id=PERIOD_PROBLEM, className="date-problem", role="alert"),
        ],
        className="date-choice",
    )


def _compare_menu(leads: Leads, filters: TicketFilters, choices: FilterChoices) -> Element:
    links = [
        _choice(label, leads(replace(filters, compare=compare)), is_chosen=compare is filters.compare)
        for compare, label in COMPARISON_LABELS.items()
    ]
    if filters.compare is Comparison.NONE or filters.compared_days is not None:
        return _menu(COMPARISON_LABELS[filters.compare], links, name="compare")
    why = (
        "The whole history is shown, and there is nothing before it."
        if filters.period is Period.ALL
        else f"The data begins on {phrasing.day(choices.days.first, with_year=True)}, after the days to compare with."
    )
    return _menu(_NOTHING_BEFORE, [*links, element("P", why, className="menu-note")], name="compare")


def _chip(leads: Leads, name: str, filters: TicketFilters, labels: Mapping[str | None, str]) -> Element:
    shown = value_words(filters.values(name), labels)
    href = leads(filters.with_values(name, ()))
    remove = element(
        "A", "×", href=href, className="chip-remove", **aria(label=f"Remove the filter {dimension_label(name)}")
    )
    return element("Span", [f"{dimension_label(name)}: {shown}", remove], className="chip is-active")


def _add_menu(leads: Leads, offered: list[str], filters: TicketFilters, choices: FilterChoices) -> Element:
    return _menu("+ Filter", [_group(leads, name, filters, choices.values[name]) for name in offered], name="filter")


def _group(leads: Leads, name: str, filters: TicketFilters, labels: Mapping[str | None, str]) -> Element:
    links = [_toggle(leads, name, value, label, filters) for value, label in labels.items()]
    search = [_search(name)] if len(links) >= _SEARCHED_FROM else []
    heading = element("Summary", dimension_label(name), className="value-heading")
    return element(
        "Details",
        [heading, *search, *links],
        className="value-group",
        id=f"values-{name.replace('.', '-')}",
        open=bool(filters.values(name)),
    )


def _toggle(leads: Leads, name: str, value: str | None, label: str, filters: TicketFilters) -> Element:
    chosen = filters.values(name)
    is_chosen = value in chosen
    values = [each for each in chosen if each != value] if is_chosen else [*chosen, value]
    return _choice(label, leads(filters.with_values(name, values)), is_chosen=is_chosen)


def _search(name: str) -> Element:
    # A desk names its own dimensions, so no sentence is built around a name.
    label = f"Search the list {dimension_label(name)}"
    return element("Input", type="search", placeholder=_SEARCH, className="value-search", **aria(label=label))
