"""What the reader chose himself, while a page shows other days or fewer tickets because of the link that led to it."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from portal.numbers.filters import OWN, Days, TicketFilters, from_search


def own_choice(shown: TicketFilters, days: Days) -> TicketFilters:
    """Return the reader's own filters; those shown where no link changed any.

    Args:
        shown: Of the address.
        days: The days there is data for.
    """
    return from_search(shown.own, days)[0] if shown.own else shown


def chosen(shown: TicketFilters, changed: TicketFilters, days: Days) -> TicketFilters:
    """Return filters after the reader has changed one of them: that one is his own choice now, the others are not.

    Args:
        shown: Before he changed it.
        changed: After.
        days: The days there is data for.
    """
    own = own_choice(shown, days)
    if own.written == shown.written:
        return replace(changed, own=changed.written)
    if _period(changed) != _period(shown):
        own = replace(own, start=changed.start, end=changed.end, period=changed.period)
    if changed.compare is not shown.compare:
        own = replace(own, compare=changed.compare)
    for name in dict(shown.where) | dict(changed.where):
        if changed.values(name) != shown.values(name):
            own = own.with_values(name, changed.values(name))
    return replace(changed, own=own.written)


def _period(filters: TicketFilters) -> tuple[object, ...]:
    return filters.start, filters.end, filters.period


def carrying(pairs: Mapping[str, str], own: str, days: Days) -> dict[str, str]:
    """Return parameters of an address, with the reader's choice added where they do not say it by themselves.

    It is for pages without filters, and for forms: a field of a form may have the name of a filter.

    Args:
        pairs: The parameters.
        own: As `TicketFilters.own`.
        days: The days there is data for.
    """
    is_said = from_search(urlencode(pairs), days)[0].own == own
    return dict(pairs) if is_said else {**pairs, OWN: own}
