"""Everything that happened at a desk, worked out ticket by ticket from raw rows in plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar
from tests.reference.desk_rules import load_default_calendar, load_policies
from tests.reference.sla import SlaPolicy, SlaTarget, SlaTraits, TargetState, select_policy, target_state
from warehouse.tables.tickets import customer_interactions, support_tickets, ticket_field_history, ticket_status_history

SOLVED = {"resolved", "closed"}
Row = Any


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that is counted.

    Attributes:
        measure: Measure or duration it adds to.
        amount: How much: 1, a number, or seconds; whole days for `is_days`.
        day: Local day.
        hour: Local hour; None where only the day is known.
        dimensions: Dimension -> value.
        ticket_id: Ticket.
        is_days: Whether the amount is a duration in whole days.
        customer: Customer, for counting people.
    """

    measure: str
    amount: float
    day: date
    hour: int | None
    dimensions: dict[str, str | None]
    ticket_id: int
    is_days: bool = False
    customer: str = ""


@dataclass(slots=True)
class Desk:
    """The raw rows of a desk, and its rules."""

    zone: ZoneInfo
    tickets: list[Row]
    messages: dict[int, list[Row]]
    history: dict[int, list[Row]]
    changes: dict[int, list[Row]]
    calendar: BusinessCalendar
    policies: list[SlaPolicy] = field(default_factory=list)

    @classmethod
    def load(cls, connection: sa.Connection, zone: str) -> "Desk":
        """Read every row."""

        def by_ticket(table: sa.Table, at: str) -> dict[int, list[Row]]:
            rows = connection.execute(sa.select(table).order_by(table.c.ticket_id, table.c[at], table.c.id)).all()
            return {key: list(group) for key, group in groupby(rows, key=lambda row: row.ticket_id)}

        return cls(
            ZoneInfo(zone),
            list(connection.execute(sa.select(support_tickets))),
            by_ticket(customer_interactions, "timestamp"),
            by_ticket(ticket_status_history, "changed_at"),
            by_ticket(ticket_field_history, "changed_at"),
            load_default_calendar(connection),
            load_policies(connection),
        )

    def happenings(self) -> list[Happening]:
        """Work out every ticket that is not excluded."""
        return [each for ticket in self.tickets if not ticket.exclusion for each in _TicketStory(self, ticket).tell()]


@dataclass(slots=True)
class _TicketStory:
    desk: Desk
    ticket: Row

    def tell(self) -> Iterator[Happening]:
        ticket = self.ticket
        yield self.at("created", 1, ticket.created_at)
        yield from self.resolution()
        yield from self.replies()
        yield from self.ratings()

    def at(self, measure: str, amount: float, at: datetime, **credit: str | None) -> Happening:
        local = at.astimezone(self.desk.zone)
        ticket = self.ticket
        dimensions = {
            "category": ticket.category,
            "priority": ticket.priority,
            "channel": ticket.channel,
            "customer_type": ticket.customer_type,
            "agent": ticket.assigned_agent,
            "team": ticket.team,
            "sla_policy": self.policy_name(ticket.created_at),
            **credit,
        }
        hour = None if ticket.is_date_only else local.hour
        return Happening(measure, amount, local.date(), hour, dimensions, ticket.id, customer=ticket.customer_email)

    def lasted(
        self, measure: str, start: datetime, end: datetime, anchor: datetime, **credit: str | None
    ) -> Iterator[Happening]:
        """Yield a duration, in days where only days are known."""
        zone = self.desk.zone
        if self.ticket.is_date_only:
            days = max(0, (end.astimezone(zone).date() - start.astimezone(zone).date()).days)
            told = self.at(measure, days, anchor, **credit)
            yield Happening(told.measure, days, told.day, None, told.dimensions, told.ticket_id, is_days=True)
        else:
            yield self.at(measure, max(0, (end - start) // timedelta(seconds=1)), anchor, **credit)

    def in_business(
        self, measure: str, start: datetime, end: datetime, anchor: datetime, **credit: str | None
    ) -> Iterator[Happening]:
        if not self.ticket.is_date_only:
            seconds = self.desk.calendar.business_seconds(start, end)
            yield self.at(measure, int(seconds), anchor, **credit)

    def then(self, name: str, at: datetime) -> Any:
        """Return a field's value as it was at an instant."""
        changes = [row for row in self.desk.changes.get(self.ticket.id, []) if row.field == name]
        value = getattr(self.ticket, name)
        if changes:
            value = changes[0].old_value
        for row in changes:
            if row.changed_at <= at:
                value = row.new_value
        return value

    def policy(self, at: datetime) -> SlaPolicy | None:
        traits = SlaTraits(self.then("priority", at), self.ticket.customer_type, self.ticket.channel)
        return select_policy(self.desk.policies, traits, at)

    def policy_name(self, at: datetime) -> str | None:
        policy = self.policy(at)
        return policy.name if policy else None

    def promise(self, target: SlaTarget, start: datetime, done: datetime, **credit: str | None) -> Iterator[Happening]:
        policy = self.policy(self.ticket.created_at if target is not SlaTarget.NEXT_REPLY else start)
        due = policy.due_at(target, start) if policy else None
        if due and not self.ticket.is_date_only:
            state = "met" if target_state(due, done, done) is TargetState.MET else "missed"
            yield self.at(f"sla_{target}_{state}", 1, done, **credit)

    def transitions(self) -> list[tuple[bool, datetime, str | None, bool]]:
        """Return (is solved, at, by whom, automatically) for every change between solved and not solved."""
        ticket = self.ticket
        history = self.desk.history.get(ticket.id)
        if history is None:
            solved = ticket.resolved_at is not None and ticket.status in SOLVED
            return [(True, ticket.resolved_at, None, False)] if solved else []
        found = []
        was_solved = False
        for row in history:
            is_solved = row.status in SOLVED
            if is_solved != was_solved:
                person = None if row.is_automatic else row.changed_by
                found.append((is_solved, row.changed_at, person, row.is_automatic))
            was_solved = is_solved
        return found

    def credit(self, person: str | None, at: datetime) -> dict[str, str | None]:
        return {"agent": person or self.then("assigned_agent", at), "team": self.then("team", at)}

    def resolution(self) -> Iterator[Happening]:
        ticket, transitions = self.ticket, self.transitions()
        solver = None
        solutions = [each for each in transitions if each[0]]
        for is_solved, at, person, is_automatic in transitions:
            if is_solved:
                solver = person
                yield self.at("resolution_events", 1, at, **self.credit(person, at))
                yield self.at("closed", 1, at)
            else:
                yield self.at("opened_again", 1, at)
                if not is_automatic:
                    yield self.at("reopens", 1, at, **self.credit(solver, at))
        if solutions:
            _, at, person, _ = solutions[0]
            yield from self.lasted("first_resolution_time", ticket.created_at, at, at, **self.credit(person, at))
        if transitions and transitions[-1][0]:
            _, at, person, _ = transitions[-1]
            yield from self.resolved(at, self.credit(person, at), transitions)

    def resolved(self, at: datetime, credit: dict[str, str | None], transitions: list[Any]) -> Iterator[Happening]:
        ticket = self.ticket
        reopens = [each for each in transitions if not each[0] and not each[3]]
        solutions = [each for each in transitions if each[0]]
        statuses = {row.status for row in self.desk.history.get(ticket.id, [])}
        replies = [row for row in self.desk.messages.get(ticket.id, []) if _is_reply(row)]
        public = [row for row in self.desk.messages.get(ticket.id, []) if row.is_public and not row.is_automatic]
        several = len(replies) >= 2
        counts = {
            "resolved": 1,
            "resolved_after_reopen": int(bool(reopens)),
            "one_touch": int(bool(replies) and len(solutions) == 1 and not statuses & {"pending", "on_hold"}),
            "contacts_sum": len(public),
            "proactive_updates_sum": self.proactive(at),
            "several_agent_contacts": int(several),
            "same_agent": int(several and len({row.agent_name for row in replies}) == 1),
            "escalated": int(self.is_escalated()),
        }
        for measure, amount in counts.items():
            yield self.at(measure, amount, at, **credit)
        yield from self.lasted("resolution_time", ticket.created_at, at, at, **credit)
        yield from self.lasted("resolution_time_by_creation", ticket.created_at, at, ticket.created_at)
        yield from self.in_business("resolution_business_time", ticket.created_at, at, at, **credit)
        yield from self.promise(SlaTarget.RESOLUTION, ticket.created_at, at, **credit)
        yield from self.waits(at, credit)
        minutes = [
            row.duration_minutes for row in self.desk.messages.get(ticket.id, []) if row.duration_minutes is not None
        ]
        if minutes:
            yield self.at("handle_time", 60 * sum(minutes), at, **credit)

    def waits(self, at: datetime, credit: dict[str, str | None]) -> Iterator[Happening]:
        history = self.desk.history.get(self.ticket.id)
        if history is None or self.ticket.is_date_only:
            return
        spans = [("open", self.ticket.created_at, history[0].changed_at)]
        spans += [(row.status, row.changed_at, after.changed_at) for row, after in pairwise(history)]
        kinds = {
            "requester_wait_time": {"new", "open", "on_hold"},
            "agent_wait_time": {"pending"},
            "on_hold_time": {"on_hold"},
        }
        for measure, statuses in kinds.items():
            seconds = sum((end - start).total_seconds() for status, start, end in spans if status in statuses)
            yield self.at(measure, int(seconds), at, **credit)

    def is_escalated(self) -> bool:
        rank = ["low", "medium", "high", "urgent"].index
        for row in self.desk.changes.get(self.ticket.id, []):
            if row.is_automatic or row.old_value is None or row.new_value is None:
                continue
            if row.field == "team" and row.old_value != row.new_value:
                return True
            if row.field == "priority" and rank(row.new_value) > rank(row.old_value):
                return True
        return False

    def talk(self) -> list[Row]:
        rows = self.desk.messages.get(self.ticket.id, [])
        return [row for row in rows if _is_reply(row) or (row.is_public and row.direction == "inbound")]

    def proactive(self, until: datetime) -> int:
        talk = self.talk()
        return sum(_is_reply(row) and _is_reply(before) and row.timestamp <= until for before, row in pairwise(talk))

    def replies(self) -> Iterator[Happening]:
        """Walk through the conversation with the clock that runs."""
        ticket, talk = self.ticket, self.talk()
        by_desk = ticket.is_outbound and bool(talk) and _is_reply(talk[0])
        waiting_since: datetime | None = None if by_desk else ticket.created_at
        is_first = True
        for row in talk:
            if not _is_reply(row):
                waiting_since = waiting_since or row.timestamp
            elif waiting_since is not None:
                yield from self.reply(row, waiting_since, is_first=is_first)
                is_first, waiting_since = False, None

    def reply(self, row: Row, since: datetime, *, is_first: bool) -> Iterator[Happening]:
        name = "first_reply" if is_first else "next_reply"
        credit = {"agent": row.agent_name, "team": self.then("team", row.timestamp)}
        if not is_first:
            credit["sla_policy"] = self.policy_name(since)
        if is_first or not self.ticket.is_date_only:
            yield from self.lasted(f"{name}_time", since, row.timestamp, row.timestamp, **credit)
        yield from self.in_business(f"{name}_business_time", since, row.timestamp, row.timestamp, **credit)
        yield from self.promise(SlaTarget(name), since, row.timestamp, **credit)

    def ratings(self) -> Iterator[Happening]:
        ticket, transitions = self.ticket, self.transitions()
        credit: dict[str, str | None] = {}
        if transitions and transitions[-1][0]:
            _, at, person, _ = transitions[-1]
            credit = self.credit(person, at)
        score = ticket.customer_satisfaction_score
        if score is not None:
            rated_at = ticket.rated_at or ticket.resolved_at or ticket.created_at
            yield self.at("ratings", 1, rated_at, **credit)
            yield self.at("ratings_good", int(score >= 4), rated_at, **credit)
            yield self.at("rating_sum", score, rated_at, **credit)
        if ticket.survey_offered_at:
            yield self.at("surveys_offered", 1, ticket.survey_offered_at, **credit)
            yield self.at("surveys_answered", int(score is not None), ticket.survey_offered_at, **credit)


def _is_reply(row: Row) -> bool:
    return bool(row.is_public and row.direction == "outbound" and not row.is_automatic and row.agent_name)
