"""The six numbers of the Overview, and whether the desk keeps up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from portal.numbers import phrasing
from portal.numbers.buckets import buckets, coarser, grain_for, whole_only
from portal.numbers.filters import TicketFilters
from portal.numbers.reader import ask, ask_many, by_key, series, tickets_href, total
from portal.numbers.reading import Reading
from portal.topics.overview.dataset import Kpi, OpenedAndSolved
from portal.topics.resolution.query import sla_met
from warehouse import metric_query


@dataclass(frozen=True, slots=True)
class _Card:
    """What a card shows, and what it says when there is nothing to show."""

    slug: str
    title: str
    empty: str


_CARDS = (
    _Card("created", "Tickets", "No tickets came in."),
    _Card("first_reply_time", "Median first reply", "No replies recorded. Import the messages to see them."),
    _Card("resolution_time", "Median resolution", "No tickets were solved in these days."),
    _Card("sla_tickets_met", "SLA met", "No target ended in these days."),
    _Card("csat", "CSAT", "No ratings given. Import ratings to see them."),
    _Card("backlog", "Open now", ""),
)
_DAYS_ON_A_SPARKLINE = 45
_ASIDES = ("csat_response_rate",)
_SLUGS = tuple(card.slug for card in _CARDS)


def kpis(connection: sa.Connection, filters: TicketFilters) -> tuple[Kpi, ...]:
    """Return the six cards of the period, beside those of the comparison."""
    now = ask_many(connection, filters, (*_SLUGS, *_ASIDES))
    compared = filters.compared()
    before = {} if compared is None else ask_many(connection, compared, _SLUGS)
    trends = _trends(connection, filters)
    last_date = metric_query.data_version(connection).last_date
    cards = (_kpi(card, filters, now, before.get(card.slug), trends[card.slug], last_date) for card in _CARDS)
    kept = sla_met(connection, filters)
    return tuple(replace(card, sla=kept) if card.metric.slug == "sla_tickets_met" else card for card in cards)


def _kpi(
    card: _Card,
    filters: TicketFilters,
    now: Mapping[str, Reading],
    before: Reading | None,
    trend: tuple[float | None, ...],
    last_date: date | None,
) -> Kpi:
    metric = METRICS[card.slug]
    reading = now.get(card.slug, Reading(None, 0, metric.unit))
    is_empty = reading.value is None or (card.slug == "created" and not reading.value)
    title = card.title
    if metric.kind is Kind.LEVEL and last_date is not None and filters.end <= last_date:
        title = f"Open on {phrasing.day(filters.end - timedelta(days=1), with_year=True)}"
    return Kpi(
        title,
        metric,
        reading,
        before,
        filters.compared_to,
        _aside(card.slug, now, reading),
        trend,
        tickets_href(filters, card.slug),
        phrasing.NOT_KNOWN if reading.is_not_known else card.empty if is_empty else "",
    )


def _aside(slug: str, now: Mapping[str, Reading], reading: Reading) -> str:
    if slug == "created" or METRICS[slug].kind is Kind.LEVEL:
        return ""
    rate = now.get("csat_response_rate")
    if slug == "csat" and rate is not None and rate.value is not None:
        return f"{phrasing.percent(rate.value)} answered"
    return f"n {phrasing.count(reading.n)}"


def _trends(connection: sa.Connection, filters: TicketFilters) -> dict[str, tuple[float | None, ...]]:
    """Return each card's numbers over the period; by week where days would be a blur."""
    grain = grain_for(filters.start, filters.end)
    trends: dict[str, tuple[float | None, ...]] = {}
    for slug in _SLUGS:
        counts = METRICS[slug].kind in {Kind.COUNT, Kind.LEVEL}
        step = grain if filters.length <= _DAYS_ON_A_SPARKLINE else coarser(grain)
        cut = whole_only(buckets(filters.start, filters.end, step))
        found = by_key(ask(connection, filters, slug, (step,)))
        absent = Reading(0.0 if counts else None, 0, "")
        trends[slug] = tuple(found.get(bucket.key, absent).value for bucket in cut)
    return trends


def opened_and_solved(connection: sa.Connection, filters: TicketFilters) -> OpenedAndSolved:
    """Return tickets opened and solved in each stretch of the period, and how many stood open at its end."""
    grain = grain_for(filters.start, filters.end)
    cut = buckets(filters.start, filters.end, grain)
    before = replace(filters, start=filters.start - timedelta(days=1), end=filters.start)
    opened, solved, backlog = (
        ask(connection, filters, slug, (grain,)) for slug in ("created", "resolution_events", "backlog")
    )
    return OpenedAndSolved(
        grain,
        series("Opened", opened, cut, filters),
        series("Solved", solved, cut, filters),
        series("Open", backlog, cut, filters),
        total(ask(connection, before, "backlog")).n,
    )
