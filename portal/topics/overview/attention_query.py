"""What needs somebody now: facts from the data, each with its numbers and its tickets."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.median_change import is_worth_a_look
from analytics.unusual_counts import Unusual, unusual_week
from analytics.vocabulary import DUE_SOON, OLD
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.phrasing import Tone
from portal.numbers.reader import ask, by_key, tickets_href
from portal.numbers.reading import Reading
from portal.topics.insights import query as insights
from portal.topics.overview.dataset import Attention, AttentionItem
from portal.topics.overview.known_volume import known_volume
from portal.topics.overview.surge_query import surges
from portal.topics.resolution.query import category_times
from warehouse import metric_query
from warehouse.metric_query import OpenTickets, UnknownValueError

_MOST_SLOWER: Final = 2
_MOST_NEWS: Final = 2
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
    under_way = surges(connection, filters, version.last_date)
    now = replace(filters, start=days[0], end=days[1], period=Period.CUSTOM, compare=Comparison.NONE)
    return (
        *_overdue(connection, found, now),
        *_due_soon(found, now),
        *_due_tomorrow(found, now),
        *under_way,
        *_old(found, now, version.refreshed_at),
        *_slower(connection, filters),
        *_sudden_volume(connection, now, is_told=bool(under_way)),
        *_news(connection, filters),
    )


def _news(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return what the insights say of the last days, two at most; they are about the whole desk."""
    if filters.where:
        return ()
    return tuple(
        AttentionItem(Attention.NEWS, row.tone, row.href, {"insight": row})
        for row in insights.news(connection, _MOST_NEWS, filters.own)
    )


def _overdue(connection: sa.Connection, found: OpenTickets, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    parts = {
        "first reply": found.first_reply_overdue,
        "next reply": found.next_reply_overdue,
        "resolution": found.resolution_overdue,
    }
    if not any(parts.values()):
        return ()
    query = metric_query.MetricQuery("backlog", filters.start, filters.end, (), filters.where)
    tickets = metric_query.ticket_count(connection, query, part="overdue")
    href = tickets_href(filters, "backlog", part="overdue", sort="-due")
    return (AttentionItem(Attention.OVERDUE, Tone.BAD, href, {"tickets": tickets, "parts": parts}),)


def _due_soon(found: OpenTickets, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    if not found.due_soon:
        return ()
    href = tickets_href(filters, "backlog", part="due_soon", sort="due")
    facts = {"tickets": found.due_soon, "hours": DUE_SOON // timedelta(hours=1)}
    return (AttentionItem(Attention.DUE_SOON, Tone.BAD, href, facts),)


def _due_tomorrow(found: OpenTickets, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return what has to be done before tomorrow at 10:00, by the desk's clock."""
    if not found.due_tomorrow:
        return ()
    parts = {
        "first reply": found.first_reply_tomorrow,
        "next reply": found.next_reply_tomorrow,
        "resolution": found.resolution_tomorrow,
    }
    facts = {"tickets": found.due_tomorrow, "at": found.tomorrow_at, "parts": parts}
    href = tickets_href(filters, "backlog", part="due_tomorrow", sort="due")
    return (AttentionItem(Attention.DUE_TOMORROW, Tone.NEUTRAL, href, facts),)


def _old(found: OpenTickets, filters: TicketFilters, now: datetime) -> tuple[AttentionItem, ...]:
    old = sum(number for age, number in found.by_age if age >= OLD.days)
    if not old or found.oldest_created_at is None:
        return ()
    facts = {"tickets": old, "open": found.count, "days": (now - found.oldest_created_at).days}
    return (AttentionItem(Attention.OLD, Tone.BAD, tickets_href(filters, "backlog", part="old"), facts),)


def _slower(connection: sa.Connection, filters: TicketFilters) -> tuple[AttentionItem, ...]:
    """Return categories whose median got clearly longer than in the comparison: those that their table colours."""
    items = [
        AttentionItem(
            Attention.SLOWER, Tone.BAD, row.href, {"category": row.label, "now": row.now, "before": row.before}
        )
        for row in category_times(connection, filters)
        if row.judged.is_clear and row.before is not None and _is_longer(row.now, row.before)
    ]
    return tuple(items[:_MOST_SLOWER])


def _is_longer(now: Reading, before: Reading) -> bool:
    if now.value is None or before.value is None or now.unit != before.unit:
        return False
    return is_worth_a_look(now.value, before.value, min(now.n, before.n))


def _sudden_volume(connection: sa.Connection, filters: TicketFilters, *, is_told: bool) -> tuple[AttentionItem, ...]:
    """Return whether the last seven days are unlike the seven weeks before them.

    The nightly job judges days, and only of all tickets and of each category. What it knows of the same tickets is
    heeded, so that the list never says one thing and its opposite: its times of the year, and odd days of that week.
    A surge that is told already is not told again.
    """
    found = by_key(ask(connection, filters, "created", ("day",)))
    # The last day may still be running.
    ends = [filters.end - timedelta(days=1 + 7 * week) for week in range(_WEEKS_BEFORE)]
    weeks = [[end - timedelta(days=back) for back in range(1, 8)] for end in ends]
    counts = [sum(found[day].n for day in days if day in found) for days in weeks]
    known = known_volume(connection, filters)
    week = unusual_week(counts, [known.lift_of(days) for days in weeks])
    first, after = min(weeks[0]), ends[0]
    if week is None or (is_told and week.direction is Unusual.MORE):
        return ()
    if known.says_otherwise(first, after, week.direction):
        return ()
    href = tickets_href(filters, "created", days=(first, after))
    return (AttentionItem(Attention.UNUSUAL_WEEK, Tone.NEUTRAL, href, {"week": week}),)
