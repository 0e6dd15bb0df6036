"""Who may leave, and what went before others left, as files. Who a customer is stands in neither."""

from collections.abc import Iterator
from typing import Final

from portal.numbers import phrasing
from portal.topics.churn.conclusion import reasons
from portal.topics.churn.dataset import Churn, LeavingRatio
from table_files.table import Column, Table, Value

_PAIN_POINTS: Final = (
    "Within 180 days after",
    "Kind",
    "Times as often",
    "Likely range: from",
    "Likely range: to",
    "Departures",
    "More left than usual",
    "Told",
)
_DECIMALS: Final = 4
_WIDTH: Final = 20
_WIDTHS: Final = {"Why": 60, "Within 180 days after": 48}


def customers_table(found: Churn | None, zone: str) -> Table:
    """Return the customers that the page lists, in its order; without an analysis the headings alone."""
    score = "Points (0 to 100)"
    if found is not None and found.kind == "model":
        score = f"Chance to leave within {found.horizon_days} days (0 to 1)"
    headings = ("Place", "Latest ticket", score, "Why", "Customer type", "Tickets in a year")
    columns = [Column(heading, width=_WIDTHS.get(heading, _WIDTH)) for heading in headings]
    return Table("Customers to call", columns, _customers(found), zone)


def _customers(found: Churn | None) -> Iterator[tuple[Value, ...]]:
    for each in found.top if found else ():
        score = round(each.score, _DECIMALS)
        yield each.position, each.ticket_id, score, reasons(each), each.customer_type, each.tickets


def pain_points_table(found: Churn | None, zone: str) -> Table:
    """Return what customers who left had lived through, in the page's order."""
    columns = [Column(heading, width=_WIDTHS.get(heading, _WIDTH)) for heading in _PAIN_POINTS]
    return Table("Pain points", columns, map(_pain_point, found.pain_points if found else ()), zone)


def _pain_point(found: LeavingRatio) -> tuple[Value, ...]:
    return (
        found.label,
        phrasing.prettified(found.kind),
        *(None if each is None else round(each, _DECIMALS) for each in (found.ratio, found.low, found.high)),
        found.departures,
        None if found.excess is None else round(found.excess, 1),
        "yes" if found.is_supported else "may be chance",
    )
