"""Who may leave, and what went before others left, as CSV files. Who a customer is stands in neither."""

from collections.abc import Iterator
from typing import Final

from portal.files.csv_file import Value, csv_file
from portal.numbers import phrasing
from portal.topics.churn.conclusion import reasons
from portal.topics.churn.dataset import Churn, LeavingRatio

_PAIN_POINTS: Final = (
    "Within 180 days after",
    "Kind",
    "Times as often",
    "95 % interval: from",
    "95 % interval: to",
    "Departures",
    "More left than usual",
    "Told",
)
_DECIMALS: Final = 4


def customers_csv(found: Churn | None) -> bytes:
    """Return the customers that the page lists, in its order; without an analysis the headings alone."""
    score = "Points (0 to 100)"
    if found is not None and found.kind == "model":
        score = f"Chance to leave within {found.horizon_days} days (0 to 1)"
    headings = ("Place", "Latest ticket", score, "Why", "Customer type", "Tickets in a year")
    return csv_file(headings, _customers(found))


def _customers(found: Churn | None) -> Iterator[tuple[Value, ...]]:
    for each in found.top if found else ():
        score = round(each.score, _DECIMALS)
        yield each.position, each.ticket_id, score, reasons(each), each.customer_type, each.tickets


def pain_points_csv(found: Churn | None) -> bytes:
    """Return what customers who left had lived through, in the page's order."""
    return csv_file(_PAIN_POINTS, (_pain_point(each) for each in (found.pain_points if found else ())))


def _pain_point(found: LeavingRatio) -> tuple[Value, ...]:
    return (
        found.label,
        phrasing.prettified(found.kind),
        *(None if each is None else round(each, _DECIMALS) for each in (found.ratio, found.low, found.high)),
        found.departures,
        None if found.excess is None else round(found.excess, 1),
        "yes" if found.is_supported else "may be chance",
    )
