"""What needs somebody now: facts from the data, each with its numbers and its tickets."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.vocabulary import OLD
from portal.numbers import phrasing
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.phrasing import Tone
from portal.numbers.reader import Name, ask, by_key, names, tickets_href, value_of
from portal.numbers.reading import Reading
from portal.topics.insights import query as insights
from portal.topics.overview.dataset import AttentionItem
from warehouse import metric_query
from warehouse.metric_query import OpenTickets, UnknownValueError

_LEAST_N: Final = 30
"""A category is called slower only with so many resolutions in both periods."""
_LEAST_GROWTH: Final = 1.1
_MOST_SLOWER: Final = 2
_MOST_NEWS: Final = 2
_LEAST_WEEK: Final = 20
_SIGMAS: Final = 3.0
_WEEKS_BEFORE: Final = 8


def attention(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return what needs somebody, the most urgent first."""
    version = metric_query.data_version(connection)
    if version.refreshed_at is None or version.last_date is None:
        return ()
    try:
        found = metric_query.open_tickets(connection, filters.where, version.refreshed_at)
    except UnknownValueError:
        return ()
    days = (version.last_date - timedelta(days=_WEEKS_BEFORE * 7 + 1), version.last_date + timedelta(days=1))
    now = replace(filters, start=days[0], end=days[1], period=Period.CUSTOM, compare=Comparison.NONE)
    return (
        *_overdue(connection, found, now),
        *_due_soon(found, now),
        *_old(found, now, version.refreshed_at),
        *_slower(connection, filters),
        *_sudden_volume(connection, now),
        *_news(connection, filters),
    )


def _news(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return what the insights say of the last days, two at most; they are about the whole desk."""
    if filters.where:
        return ()
    return tuple(
        AttentionItem(row.tone, row.title, row.detail, row.href) for row in insights.news(connection, _MOST_NEWS)
    )


def _overdue(connection: sa.Connection, found: OpenTickets, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    parts = (
        (found.first_reply_overdue, "first reply"),
        (found.next_reply_overdue, "next reply"),
        (found.resolution_overdue, "resolution"),
    )
    if not any(number for number, _ in parts):
        return ()
    query = metric_query.MetricQuery("backlog", filters.start, filters.end, (), filters.where)
    tickets = metric_query.ticket_count(connection, query, part="overdue")
    title = f"{phrasing.plural(tickets, 'open ticket')} {'is' if tickets == 1 else 'are'} past a target"
    listed = phrasing.listed(tuple(phrasing.plural(number, noun) for number, noun in parts if number))
    return (AttentionItem(Tone.BAD, title, f"{listed} overdue.", tickets_href(filters, "backlog", part="overdue")),)


def _due_soon(found: OpenTickets, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    if not found.due_soon:
        return ()
    title = (
        f"{phrasing.plural(found.due_soon, 'ticket')} will miss a target within 2{phrasing.SPACE}hours unless answered"
    )
    return (
        AttentionItem(
            Tone.BAD, title, "None of them is overdue yet.", tickets_href(filters, "backlog", part="due_soon")
        ),
    )


def _old(found: OpenTickets, filters: TicketFilters, now: datetime) -> tuple[AttentionItem, ...]:
    old = sum(number for age, number in found.by_age if age >= OLD.days)
    if not old or found.oldest_created_at is None:
        return ()
    oldest = phrasing.plural((now - found.oldest_created_at).days, "day")
    title = f"{phrasing.plural(old, 'ticket')} {'has' if old == 1 else 'have'} been open for two weeks or more"
    detail = f"Of {phrasing.count(found.count)} open; the oldest for {oldest}."
    return (AttentionItem(Tone.BAD, title, detail, tickets_href(filters, "backlog", part="old")),)


def _slower(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return categories whose median got clearly longer than in the comparison.

    Clearly: at least a tenth longer, thirty resolutions or more in both periods, and the 95 % intervals of the two
    medians, from the ranks of the order statistics (Conover 1999, section 3.2), do not meet.
    """
    compared = filters.compared()
    if compared is None:
        return ()
    slug = "resolution_time"
    now, before = (by_key(ask(connection, period, slug, ("category",))) for period in (filters, compared))
    told = names(connection, "category")
    items = []
    for value, reading in sorted(now.items(), key=lambda item: -(item[1].value or 0)):
        past = before.get(value)
        if past is None or not _is_longer(reading, past):
            continue
        chosen, then = (period.with_values("category", (value_of(value),)) for period in (filters, compared))
        low, _ = _median_interval(connection, chosen, slug)
        _, high = _median_interval(connection, then, slug)
        if low > high:
            items.append(_slower_item(told[value_of(value)], reading, past, tickets_href(chosen, slug)))
    return tuple(items[:_MOST_SLOWER])


def _is_longer(now: Reading, before: Reading) -> bool:
    if now.value is None or before.value is None or now.unit != before.unit:
        return False
    return min(now.n, before.n) >= _LEAST_N and now.value >= _LEAST_GROWTH * before.value


def _median_interval(connection: sa.Connection, filters: TicketFilters, slug: str) -> tuple[float, float]:
    """Return the 95 % interval of a median by ranks n/2 -+ 0.98 * sqrt(n), read from the histogram."""
    query = metric_query.MetricQuery(slug, filters.start, filters.end, (), filters.where)
    found = metric_query.histogram(connection, query)
    margin = 0.98 * math.sqrt(found.n)
    low = high = 0.0
    seen = 0
    for bucket in found.buckets:
        if seen < found.n / 2 - margin:
            low = bucket.lower
        if seen < found.n / 2 + margin:
            high = bucket.upper
        seen += bucket.n
    return low, high


def _slower_item(name: Name, now: Reading, before: Reading, href: str) -> AttentionItem:
    after, past = phrasing.amount(now.value, now.unit), phrasing.amount(before.value, before.unit)
    detail = f"Half solved within {after}, was {past}; n {phrasing.count(now.n)} and {phrasing.count(before.n)}."
    return AttentionItem(Tone.BAD, f"{name.label} takes longer than before", detail, href)


def _sudden_volume(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return whether the last seven days brought clearly more or fewer tickets than the seven weeks before them.

    Clearly: by three standard deviations of those weeks, which are taken to vary at least as counts do (Poisson).
    """
    found = by_key(ask(connection, filters, "created", ("day",)))
    # The last day may still be running.
    ends = [filters.end - timedelta(days=1 + 7 * week) for week in range(_WEEKS_BEFORE)]
    weeks = [
        sum(found[day].n for day in (end - timedelta(days=back) for back in range(1, 8)) if day in found)
        for end in ends
    ]
    last, *past = weeks
    usual = sum(past) / len(past)
    if min(past) == 0 or usual < _LEAST_WEEK:
        return ()
    spread = math.sqrt(max(usual, sum((each - usual) ** 2 for each in past) / (len(past) - 1)))
    if abs(last - usual) < _SIGMAS * spread:
        return ()
    word = "more" if last > usual else "fewer"
    title = f"The last seven days brought {word} tickets than usual"
    detail = f"{phrasing.count(last)}, against {phrasing.count(usual)} a week in the seven weeks before."
    days = (ends[0] - timedelta(days=7), ends[0])
    return (AttentionItem(Tone.NEUTRAL, title, detail, tickets_href(filters, "created", days=days)),)
