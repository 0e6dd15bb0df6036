"""The surges under way that the nightly job found, of the tickets that somebody looks at."""

from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from portal.numbers.filters import TicketFilters
from portal.numbers.phrasing import Tone
from portal.numbers.reader import names, tickets_href
from portal.topics.overview.dataset import Attention, AttentionItem
from warehouse.tables.insights import volume_surges

_MOST: Final = 3
_OLDEST: Final = timedelta(days=2)
"""A surge that was last looked at longer ago may be over."""
_LOOK_BACK: Final = 28


def surges(connection: sa.Connection, filters: TicketFilters, last_date: date) -> tuple[AttentionItem, ...]:
    """Return the surges of all tickets and their kinds, or of the one kind that is chosen, the clearest first.

    Args:
        connection: In the role that reads marts.
        filters: Which tickets; their period is not used.
        last_date: Last day of the data.
    """
    if len(filters.where) > 1:
        return ()
    table = volume_surges
    query = sa.select(table).where(table.c.last_date >= last_date - _OLDEST).order_by(table.c.p_value).limit(_MOST)
    for dimension, values in filters.where:
        query = query.where(table.c.dimension == dimension, table.c.value == (values[0] if len(values) == 1 else None))
    return tuple(_item(connection, row, filters) for row in connection.execute(query))


def _item(connection: sa.Connection, row: sa.Row[tuple[object, ...]], filters: TicketFilters) -> AttentionItem:
    chosen = filters.with_values(row.dimension, (row.value,)) if row.dimension else filters
    days = (row.start_date, row.last_date + timedelta(days=1))
    length = (days[1] - days[0]).days
    facts = {
        "dimension": row.dimension,
        "name": names(connection, row.dimension)[row.value].label if row.dimension else "",
        "count": row.ticket_count,
        "days": length,
        "since": row.start_date,
        "is_whole": length >= _LOOK_BACK,
        "expected": row.expected,
        "usual": row.usual,
        "is_seasonal": row.is_seasonal,
    }
    return AttentionItem(Attention.SURGE, Tone.NEUTRAL, tickets_href(chosen, "created", days=days), facts)
