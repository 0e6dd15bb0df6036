"""Customers' last messages that nobody answered, whatever became of the ticket."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from analytics.vocabulary import HANDOVER
from warehouse.metric_query.model import Where
from warehouse.metric_query.names import resolve
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.rollups.declaration import COUNTERS

_MOST_CHARACTERS: Final = 2_000


@dataclass(frozen=True, slots=True)
class LastWords:
    """What a customer said last, and nobody answered.

    Attributes:
        ticket_id: Of the ticket.
        said_at: When; of a ticket without messages, when it was created.
        text: The first 2,000 characters; empty when no text was recorded.
        status: Of the ticket now.
        subject: Of the ticket.
    """

    ticket_id: int
    said_at: datetime
    text: str
    status: str
    subject: str


def unanswered(connection: sa.Connection, where: Where) -> tuple[LastWords, ...]:
    """Return every last message of a customer that no person answered, the latest first.

    A ticket without messages counts when the desk keeps all its messages and no first reply is known. Tickets left out
    of metrics (spam, tests, merged) and those of which somebody said that nobody waits are not among them.

    Args:
        connection: In the role that reads the marts.
        where: Filters by dimension, as in a query; time grains and precision cannot be used.

    Raises:
        UnknownValueError: If no ticket has a filtered value.
    """
    names, bag = resolve(connection, (), where), ParameterBag()
    source = fact_source(COUNTERS["created"], Stretch(date.min, date.max, None), names)
    conditions = "".join(f" and {each}" for each in source.filters(names, bag))
    statement = (
        "with scope as (select ticket_id, created_at, first_reply_at, first_reply_date from marts.fct_tickets"
        f" where not is_excluded and not needs_no_answer{conditions})"
        " select scope.ticket_id, coalesce(latest.happened_at, scope.created_at) as said_at,"
        " left(case when latest.direction is null then texts.content else coalesce(latest.details, '') end, :most)"
        " as text, texts.status, coalesce(texts.subject, '') as subject"
        " from scope inner join marts.ticket_texts as texts on scope.ticket_id = texts.ticket_id"
        " left join lateral (select happened_at, direction, details from marts.ticket_timeline as spoken"
        " where spoken.ticket_id = scope.ticket_id and spoken.kind = 'interaction' and spoken.is_public"
        " and not spoken.is_automatic and spoken.what <> :handover"
        " and (spoken.direction = 'inbound' or spoken.who is not null)"
        " order by spoken.happened_at desc, spoken.id desc limit 1) as latest on true"
        " where latest.direction = 'inbound' or (latest.direction is null and scope.first_reply_at is null"
        " and scope.first_reply_date is null and (select is_complete from marts.message_coverage))"
        " order by said_at desc, scope.ticket_id desc"
    )
    values = bag.values | {"most": _MOST_CHARACTERS, "handover": HANDOVER}
    return tuple(LastWords(*row) for row in connection.execute(sa.text(statement), values))
