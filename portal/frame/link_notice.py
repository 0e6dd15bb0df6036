"""Says that a page shows other days or tickets than the reader chose himself, because of the link he followed."""

from collections.abc import Iterator
from datetime import date

from dash import html

from portal.frame.filter_bar import FilterChoices, dimension_label, period_label, value_words
from portal.frame.page import Page
from portal.numbers import phrasing
from portal.numbers.filters import COMPARISON_LABELS, Comparison, TicketFilters

_ANY_FIRST = {Comparison.PREVIOUS: "the comparison with the previous period", Comparison.NONE: "no comparison"}


def link_notice(
    page: Page, shown: TicketFilters, own: TicketFilters, choices: FilterChoices, back: str
) -> list[html.P]:
    """Return the sentence with the way back to the reader's own choice; nothing where this page shows that.

    Args:
        page: Shown now; what it does not filter by is not spoken of.
        shown: Filters of the address.
        own: What the reader chose himself.
        choices: Names of the values, and the present day.
        back: Address of this page with the reader's own choice.
    """
    now = tuple(_words(page, shown, own, choices))
    if not now:
        return []
    his = phrasing.listed(tuple(_words(page, own, shown, choices)))
    said = f"A link set this page to {phrasing.listed(now)}. Your own choice, {his}, is kept for all other pages. "
    link = html.A("Show your own choice here", href=back)
    return [html.P([said, link], className="notice link-notice")]


def _words(page: Page, filters: TicketFilters, other: TicketFilters, choices: FilterChoices) -> Iterator[str]:
    """Yield what filters say wherever they differ from others."""
    if "period" in page.filters and (filters.start, filters.end) != (other.start, other.end):
        yield _period(filters, choices.today)
    if "compare" in page.filters and filters.compare is not other.compare:
        yield _ANY_FIRST.get(filters.compare) or f"the comparison {COMPARISON_LABELS[filters.compare]}"
    offered = {*page.filters, *choices.values} if "category" in page.filters else set(page.filters)
    for name in dict(filters.where) | dict(other.where):
        if name in offered and filters.values(name) != other.values(name):
            yield _values(name, filters, choices)


def _period(filters: TicketFilters, today: date) -> str:
    label = period_label(filters, today)
    return label if label[0].isdigit() else f"{label[0].lower()}{label[1:]}".replace("last ", "the last ", 1)


def _values(name: str, filters: TicketFilters, choices: FilterChoices) -> str:
    label = dimension_label(name)
    values = filters.values(name)
    return (
        f"{label}: {value_words(values, choices.values.get(name, {}))}"
        if values
        else f"any {phrasing.in_sentence(label)}"
    )
