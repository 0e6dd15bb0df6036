"""Reads what is open, and whom nobody answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from analytics import pages
from analytics.closing_thanks import is_closing_thanks
from analytics.vocabulary import SOLVED_STATUSES
from portal.numbers.filters import TicketFilters
from portal.topics.backlog.dataset import FollowUp, Forgotten, Unanswered
from warehouse import metric_query
from warehouse.metric_query import LastWords, UnknownValueError

_SHOWN_CHARACTERS: Final = 240
_COVERAGE: Final = "select is_complete from marts.message_coverage"
_FOLLOW_UPS: Final = "select ticket_id, message_at, how, actor, marked_at from marts.follow_ups"


def forgotten(connection: sa.Connection, filters: TicketFilters) -> Forgotten:
    """Return the customers whose last message nobody answered; those that nobody looks at any more come first.

    Args:
        connection: In the role that reads marts.
        filters: Their dimensions narrow it; the period does not, as nobody is forgotten by waiting longer.
    """
    version = metric_query.data_version(connection)
    try:
        found = metric_query.unanswered(connection, filters.where)
    except UnknownValueError:
        found = ()
    waiting = [each for each in found if not is_closing_thanks(each.text)]
    waiting.sort(key=lambda each: each.status not in SOLVED_STATUSES)
    rows = tuple(_row(each, filters) for each in waiting)
    is_complete = bool(connection.scalar(sa.text(_COVERAGE)))
    thanked = len(found) - len(waiting)
    return Forgotten(version.refreshed_at, version.time_zone, rows, thanked, is_complete, bool(filters.where))


def _row(found: LastWords, filters: TicketFilters) -> Unanswered:
    text = " ".join(found.text.split())
    cut = text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS].rstrip()}…"
    href = filters.href(f"{pages.TICKETS}/{found.ticket_id}")
    return Unanswered(found.ticket_id, found.said_at, cut, found.status, href, found.subject)


def follow_ups(connection: sa.Connection) -> Mapping[tuple[int, datetime], FollowUp]:
    """Return what was done, by ticket and instant of the message. Not remembered, as marks are no new data."""
    rows = connection.execute(sa.text(_FOLLOW_UPS))
    return {(row.ticket_id, row.message_at): FollowUp(row.how, row.actor, row.marked_at) for row in rows}
