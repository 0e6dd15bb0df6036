"""The open tickets with a target that falls due before 10:00 of the next day, the soonest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from analytics.time_units import MINUTE_SECONDS
from analytics.vocabulary import NOT_SET_ID
from warehouse.metric_query.model import Where
from warehouse.metric_query.names import resolve
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.metric_query.ticket_parts import DUE_PARTS, OPEN_PARTS, next_due
from warehouse.rollups.declaration import COUNTERS, OPEN

_MICROSECONDS: Final = 1_000_000 * MINUTE_SECONDS


@dataclass(frozen=True, slots=True)
class DueTicket:
    """A ticket about to miss a target.

    Attributes:
        ticket_id: Its number.
        subject: Of the ticket; None without one.
        agent: Who it is assigned to; None for nobody.
        part: Which of `DUE_PARTS` it is in.
        target: "first_reply", "next_reply" or "resolution": what falls due next.
        due_at: When.
        left_minutes: Minutes left that count for the target: open ones of its policy's calendar.
        promised_minutes: What was promised.
        is_overdue: Whether another of its targets is overdue.
    """

    ticket_id: int
    subject: str | None
    agent: str | None
    part: str
    target: str
    due_at: datetime
    left_minutes: float
    promised_minutes: float
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DuePart:
    """One part of them.

    Attributes:
        name: One of `DUE_PARTS`.
        count: Its tickets.
        unassigned: Those that nobody is assigned to.
        tickets: The soonest.
    """

    name: str
    count: int
    unassigned: int
    tickets: tuple[DueTicket, ...]


_PART: Final = " ".join(f"when {condition} then '{name}'" for name, condition in DUE_PARTS.items())
_ROWS: Final = f"""
with falling as (
    select
        ticket_id, agent_id, {next_due()} as due_at, case {_PART} end as part, {OPEN_PARTS["overdue"]} as is_overdue,
        case
            when first_reply_due_at = {next_due()} then 'first_reply'
            when next_reply_due_at = {next_due()} then 'next_reply'
            else 'resolution'
        end as target,
        first_reply_sla_policy_id, sla_policy_id
    from marts.fct_tickets where {OPEN} and {OPEN_PARTS["due_tomorrow"]}{{conditions}}
),
ranked as (
    select
        falling.*,
        case when target = 'first_reply' then first_reply_sla_policy_id else sla_policy_id end as policy_id,
        row_number() over (partition by part order by due_at, ticket_id) as place,
        count(*) over (partition by part) as in_part,
        count(*) filter (where agent_id = {NOT_SET_ID}) over (partition by part) as unassigned
    from falling
)
select
    ranked.ticket_id, texts.subject, agents.value as agent, ranked.part, ranked.target, ranked.due_at,
    marts.open_between(promised.calendar_id, version.refreshed_at, ranked.due_at)::float8 / {_MICROSECONDS},
    coalesce(
        case ranked.target
            when 'first_reply' then promised.first_reply_seconds
            when 'next_reply' then promised.next_reply_seconds
            else promised.resolution_seconds
        end,
        0
    )::float8 / {MINUTE_SECONDS},
    ranked.is_overdue, ranked.in_part, ranked.unassigned
from ranked
cross join ops.data_version as version
left join lateral (
    select choice.* from marts.sla_policy_choices as choice
    where choice.sla_policy_id = ranked.policy_id
    order by choice.valid_from_at desc limit 1
) as promised on true
left join marts.dimension_values as agents on agents.dimension = 'agent' and ranked.agent_id = agents.id
left join marts.ticket_texts as texts on ranked.ticket_id = texts.ticket_id
where ranked.place <= :most
order by ranked.due_at, ranked.ticket_id
"""


def due_parts(connection: sa.Connection, where: Where, most: int) -> tuple[DuePart, ...]:
    """Return the tickets that are about to miss a target, as of the last refresh, in parts by when.

    Args:
        connection: In any role that reads the marts.
        where: Filters by dimension, as in a query; time grains and precision cannot be used.
        most: Tickets of each part to return.
    """
    names, bag = resolve(connection, (), where), ParameterBag()
    source = fact_source(COUNTERS["created"], Stretch(date.min, date.max, None), names)
    conditions = "".join(f" and {each}" for each in source.filters(names, bag))
    rows = connection.execute(sa.text(_ROWS.format(conditions=conditions)), bag.values | {"most": most}).all()
    found = []
    for name in DUE_PARTS:
        own = [row for row in rows if row.part == name]
        count, unassigned = (own[0].in_part, own[0].unassigned) if own else (0, 0)
        found.append(DuePart(name, count, unassigned, tuple(DueTicket(*row[:-2]) for row in own)))
    return tuple(found)
