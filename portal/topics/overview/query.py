"""The six numbers of the Overview, and whether the desk keeps up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from portal.numbers import phrasing
from portal.numbers.buckets import buckets, coarser, drawn, grain_for
from portal.numbers.filters import TicketFilters
from portal.numbers.judging import judged_changes
from portal.numbers.reader import ask, ask_many, by_key, series, tickets_href, today, total
from portal.numbers.reading import NOT_JUDGED, Reading
from portal.numbers.recorded import is_recorded
from portal.topics.overview.dataset import Flow, Kpi
from portal.topics.resolution.query import sla_met
from portal.widgets.why_nothing import WhyNothing
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, MetricResult, UnknownValueError


@dataclass(frozen=True, slots=True)
class _Card:
    """What a card shows."""

    slug: str
    title: str


_CARDS = (
    _Card("created", "Tickets"),
    _Card("first_reply_time", "Median first reply"),
    _Card("resolution_time", "Median resolution"),
    _Card("sla_tickets_met", "SLA met"),
    _Card("csat", "CSAT"),
    _Card("backlog", "Open now"),
)
_DAYS_ON_A_SPARKLINE = 45
_ASIDES = ("csat_response_rate",)
_SLUGS = tuple(card.slug for card in _CARDS)


def kpis(connection: sa.Connection, filters: TicketFilters) -> tuple[Kpi, ...]:
    """Return the six cards of the period, beside those of the comparison."""
    now = ask_many(connection, filters, (*_SLUGS, *_ASIDES))
    compared = filters.compared()
    before = {} if compared is None else ask_many(connection, compared, _SLUGS)
    trends, is_running = _trends(connection, filters)
    last_date = metric_query.data_version(connection).last_date
    why = WhyNothing(filters, partial(is_recorded, connection))
    judged = judged_changes(connection, filters, now, before)
    cards = (
        replace(
            _kpi(card, why, now, before.get(card.slug), trends[card.slug], last_date),
            judged=judged.get(card.slug, NOT_JUDGED),
        )
        for card in _CARDS
    )
    kept = sla_met(connection, filters)
    return tuple(
        replace(card, sla=kept if card.metric.slug == "sla_tickets_met" else None, is_running=is_running)
        for card in cards
    )


def _kpi(
    card: _Card,
    why: WhyNothing,
    now: Mapping[str, Reading],
    before: Reading | None,
    trend: tuple[float | None, ...],
    last_date: date | None,
) -> Kpi:
    metric, filters = METRICS[card.slug], why.filters
    reading = now.get(card.slug, Reading(None, 0, metric.unit))
    empty = ""
    if reading.is_not_known:
        empty = phrasing.NOT_KNOWN
    elif reading.value is None or (card.slug == "created" and not reading.value):
        # The card beside it has the links: six of them would be six times the same.
        empty = why.of(card.slug).said
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
        empty,
    )


def _aside(slug: str, now: Mapping[str, Reading], reading: Reading) -> str:
    if slug == "created" or METRICS[slug].kind is Kind.LEVEL:
        return ""
    rate = now.get("csat_response_rate")
    if slug == "csat" and rate is not None and rate.value is not None:
        return f"{phrasing.percent(rate.value)} answered"
    return f"n {phrasing.count(reading.n)}"


def _trends(connection: sa.Connection, filters: TicketFilters) -> tuple[Mapping[str, tuple[float | None, ...]], bool]:
    """Return each card's numbers over the period, by week where days would be a blur; and if the last is running."""
    grain = grain_for(filters.start, filters.end)
    step = grain if filters.length <= _DAYS_ON_A_SPARKLINE else coarser(grain)
    cut = drawn(buckets(filters.start, filters.end, step, today(connection)))
    try:
        query = MetricQuery(_SLUGS[0], filters.start, filters.end, (step,), filters.where)
        answers: Mapping[str, MetricResult] = metric_query.run_many(connection, _SLUGS, query)
    except UnknownValueError:
        answers = {}
    trends: dict[str, tuple[float | None, ...]] = {}
    for slug in _SLUGS:
        found = by_key(answers.get(slug))
        absent = Reading(0.0 if METRICS[slug].kind in {Kind.COUNT, Kind.LEVEL} else None, 0, "")
        trends[slug] = tuple(found.get(bucket.key, absent).value for bucket in cut)
    return trends, bool(cut) and cut[-1].is_running


def flow(connection: sa.Connection, filters: TicketFilters) -> Flow:
    """Return what came in and went out in each stretch of the period, and how many tickets stood open at its end."""
    grain = grain_for(filters.start, filters.end)
    cut = buckets(filters.start, filters.end, grain, today(connection))
    before = replace(filters, start=filters.start - timedelta(days=1), end=filters.start)
    inflow, outflow, backlog = (
        series(label, ask(connection, filters, slug, (grain,)), cut, filters)
        for label, slug in (("In", "inflow"), ("Out", "outflow"), ("Open", "backlog"))
    )
    created, solved = (ask(connection, filters, slug) for slug in ("created", "resolution_events"))
    left_out = {each.part: each.count for answer in (created, solved) if answer for each in answer.left_out}
    left_out |= {each.part: each.count for each in (created.left_out if created else ())}
    return Flow(
        grain,
        inflow,
        outflow,
        backlog,
        total(ask(connection, before, "backlog")).n,
        round(inflow.total) - total(created).n,
        *(left_out.get(part, 0) for part in ("undated", "merged", "excluded")),
    )
