"""How well the SLA targets were kept, over the period and by its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from analytics import pages
from analytics.lateness import Lateness
from analytics.metrics import METRICS
from portal.numbers import phrasing
from portal.numbers.buckets import Bucket, buckets, coarser, drawn, grain_for
from portal.numbers.comparing import clear, counter_chances
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.judging import judged_changes
from portal.numbers.reader import Name, ask, ask_many, by_key, names, series, tickets_href, today, value_of
from portal.numbers.reading import NOT_JUDGED, Judged, Reading
from portal.topics.sla.dataset import KeptCard, KeptPart, KeptSplit, KeptTrend
from warehouse import metric_query
from warehouse.metric_query import Key, MetricQuery, UnknownValueError

_MET = "sla_tickets_met"
_MISSED = "sla_tickets_missed"
_TARGETS = {
    "sla_first_reply_attainment": "First replies",
    "sla_next_reply_attainment": "Next replies",
    "sla_resolution_attainment": "Solved",
}
_ENDED = "ended_unanswered"
_CLOCKS = {"weekday": 7, "hour": 24}
_DAYS_SHOWN: Final = 56
_NOTHING = Reading(None, 0, "share")
_COUNTED_NOTHING = Reading(0, 0, "tickets")


def cards(connection: sa.Connection, filters: TicketFilters) -> tuple[KeptCard, ...]:
    """Return the numbers of the period, beside those of the comparison; what is overdue is so now."""
    slugs = (_MET, *_TARGETS, _ENDED)
    now = ask_many(connection, filters, (*slugs, _MISSED))
    compared = filters.compared()
    before = {} if compared is None else ask_many(connection, compared, slugs)
    judged = judged_changes(connection, filters, now, before)
    made = {
        slug: KeptCard(
            _TARGETS.get(slug, METRICS[slug].label),
            METRICS[slug],
            now.get(slug, Reading(None, 0, METRICS[slug].unit)),
            before.get(slug),
            filters.compared_to,
            tickets_href(filters, slug),
            judged=judged.get(slug, NOT_JUDGED),
        )
        for slug in slugs
    }
    targets = (replace(made[slug], aside=_missed_words(made[slug].now)) for slug in _TARGETS)
    headline = _headline(connection, filters, made[_MET], now.get(_MISSED, _COUNTED_NOTHING))
    return (headline, *targets, _overdue(connection, filters), made[_ENDED])


def _headline(connection: sa.Connection, filters: TicketFilters, card: KeptCard, missed: Reading) -> KeptCard:
    grain, cut = _cut(connection, filters)
    found = by_key(ask(connection, filters, _MET, (grain,)))
    return replace(
        card,
        title="Tickets that met every target",
        aside=f"{phrasing.count(missed.n)} missed",
        aside_href=tickets_href(filters, _MISSED),
        trend=tuple(found.get(bucket.key, _NOTHING).value for bucket in cut),
        is_running=bool(cut) and cut[-1].is_running,
    )


def _missed_words(now: Reading) -> str:
    if now.value is None:
        return ""
    return f"{phrasing.count(now.n - round(now.value * now.n))} missed of {phrasing.count(now.n)}"


def _overdue(connection: sa.Connection, filters: TicketFilters) -> KeptCard:
    """Return the open tickets that are past a target now, whatever the period."""
    held = of_now(connection, filters)
    query = MetricQuery("backlog", held.start, held.end, (), held.where)
    try:
        late, by_weeks = (
            metric_query.ticket_count(connection, query, part=part) for part in ("overdue", Lateness.WEEKS.value)
        )
    except UnknownValueError:
        late, by_weeks = 0, 0
    return KeptCard(
        "Overdue now",
        METRICS["backlog"],
        Reading(late, late, "tickets"),
        None,
        "",
        tickets_href(held, "backlog", part="overdue", sort="-due"),
        f"{phrasing.count(by_weeks)} by a week or more",
        tickets_href(held, "backlog", part=Lateness.WEEKS.value, sort="-due") if by_weeks else "",
    )


def of_now(connection: sa.Connection, filters: TicketFilters) -> TicketFilters:
    """Return the filters over the latest days, for what is open now."""
    last = metric_query.data_version(connection).last_date
    if last is None:
        return filters
    days = (last - timedelta(days=_DAYS_SHOWN - 1), last + timedelta(days=1))
    return replace(filters, start=days[0], end=days[1], period=Period.CUSTOM, compare=Comparison.NONE)


def _cut(connection: sa.Connection, filters: TicketFilters) -> tuple[str, tuple[Bucket, ...]]:
    """Return the stretches that a share is told of: by day it would say little."""
    grain = coarser(grain_for(filters.start, filters.end))
    return grain, drawn(buckets(filters.start, filters.end, grain, today(connection)))


def trend(connection: sa.Connection, filters: TicketFilters) -> KeptTrend:
    """Return how well targets were kept in each stretch of the period."""
    grain, cut = _cut(connection, filters)
    missed = by_key(ask(connection, filters, _MISSED, (grain,)))
    return KeptTrend(
        grain,
        series("Tickets", ask(connection, filters, _MET, (grain,)), cut, filters),
        series("Targets", ask(connection, filters, "sla_attainment", (grain,)), cut, filters),
        tuple(missed.get(bucket.key, _COUNTED_NOTHING).n for bucket in cut),
        len(cut) < len(buckets(filters.start, filters.end, grain, today(connection))),
    )


def split(connection: sa.Connection, filters: TicketFilters, by: str) -> KeptSplit:
    """Return how well targets were kept by each value of a dimension, or at each hour or day of the week."""
    now, missed = (by_key(ask(connection, filters, slug, (by,))) for slug in (_MET, _MISSED))
    compared = filters.compared()
    before = {} if compared is None else by_key(ask(connection, compared, _MET, (by,)))
    labels = _labels(connection, by)
    promises = _promises(connection) if by == "sla_policy" else {}
    judged = _judged(connection, filters, [key for key in now if key in before]) if by == "sla_policy" else {}
    trends, is_running = _trends(connection, filters, by)
    parts = [
        KeptPart(
            labels[_plain(by, key)].label,
            promises.get(key),
            each,
            None if compared is None else before.get(key, _NOTHING),
            judged.get(key, NOT_JUDGED),
            _href(filters, by, key, _MET),
            missed.get(key, _COUNTED_NOTHING).n,
            _href(filters, by, key, _MISSED),
            trends.get(key, ()),
            is_running,
        )
        for key, each in sorted(now.items(), key=lambda item: labels[_plain(by, item[0])].position)
    ]
    if by not in {"sla_policy", *_CLOCKS}:
        parts.sort(key=lambda part: -part.missed)
    return KeptSplit(by, tuple(parts), bool(metric_query.sla_policies(connection).examples), filters.compared_to)


def _plain(by: str, key: Key) -> str | None:
    return str(key) if by in _CLOCKS else value_of(key)


def _labels(connection: sa.Connection, by: str) -> Mapping[str | None, Name]:
    if by == "weekday":
        return {str(place): Name(day, place) for place, day in enumerate(phrasing.WEEKDAYS)}
    if by == "hour":
        return {str(hour): Name(phrasing.hour(hour), hour) for hour in range(_CLOCKS[by])}
    found = names(connection, by)
    if by == "sla_policy":
        # A policy's name is the desk's own words.
        return {value: each if value is None else Name(value, each.position) for value, each in found.items()}
    return found


def _href(filters: TicketFilters, by: str, key: Key, slug: str) -> str:
    if by in _CLOCKS:
        return filters.href(pages.TICKETS, metric=slug, **{by: str(key)})
    return tickets_href(filters.with_values(by, (value_of(key),)), slug)


def _trends(
    connection: sa.Connection, filters: TicketFilters, by: str
) -> tuple[dict[Key, tuple[float | None, ...]], bool]:
    """Return the share of each part over the period; of hours and days of the week there is none."""
    if by in _CLOCKS:
        return {}, False
    grain, cut = _cut(connection, filters)
    answer = ask(connection, filters, _MET, (by, grain))
    found = {} if answer is None else {row.keys: row.value for row in answer.rows}
    trends = {key: tuple(found.get((key, bucket.key)) for bucket in cut) for key, _ in found}
    return trends, bool(cut) and cut[-1].is_running


def _judged(connection: sa.Connection, filters: TicketFilters, keys: Sequence[Key]) -> dict[Key, Judged]:
    """Return whether the change of each policy's share is more than chance; they are shown together."""
    compared = filters.compared()
    if compared is None:
        return {}
    chances = {}
    for key in keys:
        mine, then = (each.with_values("sla_policy", (value_of(key),)) for each in (filters, compared))
        chances[key] = counter_chances(connection, mine, then, (_MET,)).get(_MET)
    return dict(zip(chances, map(Judged, clear(list(chances.values()))), strict=True))


def _promises(connection: sa.Connection) -> dict[Key, tuple[float | None, float | None, float | None]]:
    return {name: promise for name, promise in metric_query.sla_policies(connection).promises.items()}  # noqa: C416
