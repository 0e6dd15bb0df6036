"""Reads the SLA targets of one ticket: what was promised, when it is due, and what moved that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.time_units import MINUTE_SECONDS
from analytics.vocabulary import EventKind, SlaState
from portal.topics.tickets.detail_dataset import MovingDay, SlaTarget

_SECOND: Final = 1_000_000
_PROMISED: Final = sa.text(
    "select names.value as policy, choice.calendar_id, choice.first_reply_seconds, choice.next_reply_seconds,"
    " choice.resolution_seconds from marts.sla_policy_choices as choice"
    " inner join marts.dimension_values as names on names.dimension = 'sla_policy' and names.id = choice.sla_policy_id"
    " where choice.sla_policy_id = :policy order by choice.valid_from_at desc limit 1"
)
_CLOCK: Final = sa.text(
    "select marts.due_after(:calendar, :start, :open_us) as due_at,"
    " marts.open_between(:calendar, :start, :end) - :paused_us as worked_us"
)
_REPLIES: Final = sa.text(
    f"select count(*) filter (where sla = {SlaState.MISSED}) as missed,"
    f" count(*) filter (where sla = {SlaState.MET}) as met,"
    f" count(*) filter (where sla = {SlaState.ENDED_UNANSWERED}) as ended_unanswered"
    " from marts.fct_ticket_events where ticket_id = :ticket_id"
    f" and kind in ({EventKind.NEXT_REPLY}, {EventKind.NEXT_REPLY_ENDED})"
)
_MOVING_DAYS: Final = sa.text(
    "select on_date, min(name) as name from marts.calendar_exceptions where calendar_id = :calendar"
    " and (is_usually_open or not is_closed) and on_date >= (cast(:start as timestamptz) at time zone time_zone)::date"
    " and on_date <= (cast(:due as timestamptz) at time zone time_zone)::date group by on_date order by on_date"
)


@dataclass(frozen=True, slots=True)
class _Clock:
    """How one target of a ticket stands.

    Attributes:
        name: What a manager calls it.
        start_at: When its clock started; None when it has not, or each message has its own.
        end_at: When it was done; None when it is not.
        state: How it stands.
        due_at: When it is due, while it runs.
        paused_us: Microseconds in which its clock stood still.
        counted_us: Those of them that began before it was due.
    """

    name: str
    start_at: datetime | None
    end_at: datetime | None
    state: SlaState | None
    due_at: datetime | None
    paused_us: int = 0
    counted_us: int = 0


def sla_targets(connection: sa.Connection, facts: sa.Row[Any], zone: ZoneInfo) -> tuple[SlaTarget, ...]:
    """Return a ticket's targets, each by the policy that decides.

    Args:
        connection: In the role that reads marts.
        facts: The ticket's row of `fct_tickets`.
        zone: The reporting zone.
    """
    if facts.is_date_only:
        return ()
    clocks = (
        (facts.first_reply_sla_policy_id, "first_reply_seconds", _first_reply(facts)),
        (facts.sla_policy_id, "next_reply_seconds", _next_reply(connection, facts)),
        (facts.sla_policy_id, "resolution_seconds", _resolution(facts)),
    )
    found = []
    for policy, column, clock in clocks:
        promised = connection.execute(_PROMISED, {"policy": policy}).one_or_none()
        if promised is not None and getattr(promised, column) is not None:
            found.append(_target(connection, promised, getattr(promised, column), clock, zone))
    return tuple(found)


def _first_reply(facts: sa.Row[Any]) -> _Clock:
    paused = facts.first_reply_paused_us or 0
    counted = paused if facts.first_reply_pause_until_due_us is None else facts.first_reply_pause_until_due_us
    ended_at, state = facts.first_reply_at or facts.resolved_at, _state(facts.first_reply_sla)
    return _Clock("First reply", facts.clock_starts_at, ended_at, state, facts.first_reply_due_at, paused, counted)


def _resolution(facts: sa.Row[Any]) -> _Clock:
    paused = facts.resolution_paused_us or 0
    counted = paused if facts.resolution_pause_until_due_us is None else facts.resolution_pause_until_due_us
    state = _state(facts.resolution_sla)
    return _Clock("Resolution", facts.created_at, facts.resolved_at, state, facts.resolution_due_at, paused, counted)


def _next_reply(connection: sa.Connection, facts: sa.Row[Any]) -> _Clock:
    """Return the target of the message that waits; without one, the worst that became of earlier ones."""
    if facts.next_reply_sla is not None:
        return _Clock("Next reply", facts.waiting_since_at, None, SlaState.RUNNING, facts.next_reply_due_at)
    ended = connection.execute(_REPLIES, {"ticket_id": facts.ticket_id}).one()
    counts = (
        (SlaState.MISSED, ended.missed),
        (SlaState.MET, ended.met),
        (SlaState.ENDED_UNANSWERED, ended.ended_unanswered),
    )
    return _Clock("Next reply", None, None, next((state for state, count in counts if count), None), None)


def _target(connection: sa.Connection, promised: sa.Row[Any], seconds: int, clock: _Clock, zone: ZoneInfo) -> SlaTarget:
    due_at, worked = _due_and_worked(connection, promised, seconds, clock)
    return SlaTarget(
        clock.name,
        seconds / MINUTE_SECONDS,
        promised.calendar_id is not None,
        clock.state,
        None if due_at is None else due_at.astimezone(zone),
        promised.policy,
        worked,
        clock.paused_us / _SECOND / MINUTE_SECONDS,
        _moving_days(connection, promised, clock, due_at),
        lacks_open_hours=clock.state is SlaState.RUNNING
        and due_at is None
        and _calculated(connection, promised, seconds, clock).due_at is None,
    )


def _due_and_worked(
    connection: sa.Connection, promised: sa.Row[Any], seconds: int, clock: _Clock
) -> tuple[datetime | None, float | None]:
    """Return when a target fell or falls due, and the minutes that its clock ran until it was done."""
    if clock.state not in {SlaState.MET, SlaState.MISSED} or clock.start_at is None or clock.end_at is None:
        return clock.due_at, None
    found = _calculated(connection, promised, seconds, clock)
    worked = None if found.worked_us is None else max(0, found.worked_us) / _SECOND / MINUTE_SECONDS
    return found.due_at, worked


def _calculated(connection: sa.Connection, promised: sa.Row[Any], seconds: int, clock: _Clock) -> sa.Row[Any]:
    """Return when a target falls due if its clock never stands still again, and how long the clock ran."""
    values = {
        "calendar": promised.calendar_id,
        "start": clock.start_at,
        "end": clock.end_at,
        "open_us": _SECOND * seconds + clock.counted_us,
        "paused_us": clock.paused_us,
    }
    return connection.execute(_CLOCK, values).one()


def _moving_days(
    connection: sa.Connection, promised: sa.Row[Any], clock: _Clock, due_at: datetime | None
) -> tuple[MovingDay, ...]:
    if due_at is None or promised.calendar_id is None or clock.start_at is None:
        return ()
    values = {"calendar": promised.calendar_id, "start": clock.start_at, "due": due_at}
    return tuple(MovingDay(row.on_date, row.name) for row in connection.execute(_MOVING_DAYS, values))


def _state(stored: int | None) -> SlaState | None:
    return None if stored is None else SlaState(stored)
