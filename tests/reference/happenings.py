"""Everything that happened at a desk, worked out ticket by ticket from raw rows in plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar
from tests.reference.desk_rules import load_default_calendar, load_policies, load_team_calendars
from tests.reference.sla import SlaPolicy, SlaTarget, SlaTraits, Stretch, TargetState, select_policy, target_state
from warehouse.tables.tickets import (
    customer_interactions,
    support_tickets,
    ticket_field_history,
    ticket_ratings,
    ticket_status_history,
)

SOLVED = {"resolved", "closed"}
Row = Any
_VERDICTS = {
    (True, True): "sla_met_by_both",
    (False, False): "sla_missed_by_both",
    (False, True): "sla_missed_here_only",
    (True, False): "sla_missed_there_only",
}
"""Met by the desk's policies, met by the source -> measure."""


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
    now: datetime
    tickets: list[Row]
    messages: dict[int, list[Row]]
    history: dict[int, list[Row]]
    changes: dict[int, list[Row]]
    calendar: BusinessCalendar
    team_calendars: dict[str, BusinessCalendar]
    policies: list[SlaPolicy] = field(default_factory=list)
    ratings: dict[int, list[Row]] = field(default_factory=dict)

    @classmethod
    def load(cls, connection: sa.Connection, zone: str) -> "Desk":
        """Read every row."""

        def by_ticket(table: sa.Table, at: str) -> dict[int, list[Row]]:
            rows = connection.execute(sa.select(table).order_by(table.c.ticket_id, table.c[at], table.c.id)).all()
            return {key: list(group) for key, group in groupby(rows, key=lambda row: row.ticket_id)}

        return cls(
            ZoneInfo(zone),
            connection.execute(sa.select(sa.func.now())).scalar_one(),
            list(connection.execute(sa.select(support_tickets))),
            by_ticket(customer_interactions, "timestamp"),
            by_ticket(ticket_status_history, "changed_at"),
            by_ticket(ticket_field_history, "changed_at"),
            load_default_calendar(connection),
            load_team_calendars(connection),
            load_policies(connection),
            by_ticket(ticket_ratings, "id"),
        )

    def happenings(self) -> list[Happening]:
        """Work out every ticket that is not excluded."""
        counted = (ticket for ticket in self.tickets if not ticket.exclusion and ticket.merged_into_id is None)
        return [each for ticket in counted for each in _TicketStory(self, ticket).tell()]

    def merged_into(self, ticket_id: int) -> Iterator[Row]:
        """Yield the tickets that were merged into one, at whatever remove."""
        for ticket in self.tickets:
            if ticket.merged_into_id == ticket_id:
                yield ticket
                yield from self.merged_into(ticket.id)

    def worked(self, ticket: Row) -> int | None:
        """Return the seconds of work on one ticket; None if nobody recorded any."""
        minutes = [each.duration_minutes for each in self.messages.get(ticket.id, [])]
        known = [each for each in minutes if each is not None]
        seconds: int | None = ticket.handle_seconds
        return round(60 * sum(known)) if known else seconds


@dataclass(slots=True)
class _TicketStory:
    desk: Desk
    ticket: Row
    outcomes: list[tuple[TargetState, datetime]] = field(default_factory=list)
    """Of each target: its state and when it ended."""

    def tell(self) -> Iterator[Happening]:
        ticket = self.ticket
        yield self.at("created", 1, ticket.created_at)
        yield self.at("no_answer_needed", int(ticket.needs_no_answer), ticket.created_at)
        if self.is_solved_undated():
            yield self.at("solved_undated", 1, ticket.created_at)
        yield from self.resolution()
        yield from self.replies()
        yield from self.ratings()
        yield from self.targets()

    def targets(self) -> Iterator[Happening]:
        """Yield how the ticket's targets stand, and the ticket as a whole."""
        created_at = self.ticket.created_at
        for state, _ in self.outcomes:
            open_states = {TargetState.RUNNING, TargetState.OVERDUE}
            kept = {"sla_started_unfinished"} if state in open_states else set()
            for measure in {f"sla_started_{state}"} | kept:
                yield self.at(measure, 1, created_at)
        judged = [state for state, _ in self.outcomes if state in {TargetState.MET, TargetState.MISSED}]
        met_there = self.ticket.source_sla_met
        if met_there is not None:
            yield self.at("sla_source_judged", 1, created_at)
            yield self.at("sla_source_met", int(met_there), created_at)
        if judged:
            unfinished = {TargetState.RUNNING, TargetState.OVERDUE}
            last = max(at for state, at in self.outcomes if state not in unfinished)
            transitions = self.transitions()
            credit: dict[str, str | None] = {}
            if transitions and transitions[-1][0]:
                credit = self.credit(transitions[-1][2], transitions[-1][1])
            measure = "sla_tickets_missed" if TargetState.MISSED in judged else "sla_tickets_met"
            yield self.at(measure, 1, last, **credit)
            yield self.at("sla_tickets_judged", 1, last, **credit)
            if met_there is not None:
                yield self.at(_VERDICTS[TargetState.MISSED not in judged, met_there], 1, last, **credit)

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
            "sla_policy": self.policy_name(self.ended_at()),
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
            yield self.at(measure, int(round(self.open_seconds(start, end), 3)), anchor, **credit)

    def open_seconds(self, start: datetime, end: datetime) -> float:
        """Return business time: each stretch by the calendar that was in force then."""
        cuts = [start, *self.changes(("priority", "team"), start, end), end]
        return sum(self.calendar(begin).business_seconds(begin, stop) for begin, stop in pairwise(cuts))

    def calendar(self, at: datetime) -> BusinessCalendar:
        policy = self.policy(at)
        of_team = self.desk.team_calendars.get(self.then("team", at))
        return (policy.calendar if policy else None) or of_team or self.desk.calendar

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

    def ended_at(self) -> datetime:
        """Return when the ticket was solved for the last time; the present while it is not."""
        transitions = self.transitions()
        return transitions[-1][1] if transitions and transitions[-1][0] else self.desk.now

    def paused(self, target: SlaTarget, *, is_net: bool = False) -> list[Stretch]:
        """Return when the clock of a target stood still, by the policy that was in force then."""
        found = []
        history = self.desk.history.get(self.ticket.id, [])
        ends = [row.changed_at for row in history[1:]]
        for row, end in zip(history, [*ends, None], strict=False):
            cuts = self.changes(("priority",), row.changed_at, end)
            for start, stop in pairwise([row.changed_at, *cuts, end]):
                assert start is not None
                if row.status in self.pausing(target, start, is_net=is_net):
                    found.append(Stretch(row.status, start, stop))
        return found

    def changes(self, fields: tuple[str, ...], start: datetime, end: datetime | None) -> list[datetime]:
        """Return when fields or the policies changed between two instants."""
        instants = [row.changed_at for row in self.desk.changes.get(self.ticket.id, []) if row.field in fields]
        instants += [at for each in self.desk.policies for at in (each.valid_from, each.valid_until) if at]
        return sorted({at for at in instants if start < at and (end is None or at < end)})

    def pausing(self, target: SlaTarget, at: datetime, *, is_net: bool) -> tuple[str, ...]:
        policy = self.policy(at)
        named = dict(policy.pauses).get(target, ()) if policy else ()
        return named or (("pending", "on_hold") if is_net else ())

    def promise(self, target: SlaTarget, start: datetime, done: datetime, **credit: str | None) -> Iterator[Happening]:
        """Yield whether a target that is done was met."""
        state = self.judged(target, start, done)
        if state is not None:
            self.outcomes.append((state, done))
            is_late_reply = target is SlaTarget.FIRST_REPLY and state is TargetState.MISSED
            yield self.at("sla_first_reply_late" if is_late_reply else f"sla_{target}_{state}", 1, done, **credit)

    def judged(self, target: SlaTarget, start: datetime, done: datetime | None) -> TargetState | None:
        """Return where a target stands; None when there is none."""
        policy = self.policy(done or self.desk.now)
        is_left_out = self.ticket.needs_no_answer and target is not SlaTarget.RESOLUTION
        if policy is None or self.ticket.is_date_only or is_left_out or target not in dict(policy.target_minutes):
            return None
        due, stands_still = policy.due_with_pauses(target, start, self.paused(target))
        if stands_still:
            return TargetState.RUNNING if done is None else TargetState.MET
        if due is None:
            return TargetState.RUNNING if done is None else TargetState.MET
        return target_state(due, done, self.desk.now)

    def running(self, target: SlaTarget, start: datetime) -> None:
        """Note a target that is not done."""
        state = None if self.is_solved_undated() else self.judged(target, start, None)
        if state is not None:
            self.outcomes.append((state, self.desk.now))

    def transitions(self) -> list[tuple[bool, datetime, str | None, bool]]:
        """Return (is solved, at, by whom, automatically) for every change between solved and not solved."""
        ticket = self.ticket
        history = self.desk.history.get(ticket.id)
        if history is None:
            at = self.solved_at()
            return [(True, at, None, False)] if at is not None and ticket.status in SOLVED else []
        found = []
        was_solved = False
        for row in history:
            is_solved = row.status in SOLVED
            if is_solved != was_solved:
                person = None if row.is_automatic else row.changed_by
                is_automatic = row.is_automatic or (was_solved and person is None and self.is_by_letter(row.changed_at))
                found.append((is_solved, row.changed_at, person, is_automatic))
            was_solved = is_solved
        return found

    def is_by_letter(self, at: datetime) -> bool:
        """Say whether the latest letter of the minute before was a machine's."""
        letters = [
            row
            for row in self.desk.messages.get(self.ticket.id, [])
            if row.direction == "inbound" and timedelta() <= at - row.timestamp <= timedelta(minutes=1)
        ]
        return bool(letters) and letters[-1].is_automatic

    def handed_over_at(self) -> datetime | None:
        """Return when somebody was put in charge after a bot had spoken."""
        bots = [row.timestamp for row in self.desk.messages.get(self.ticket.id, []) if _is_by_bot(row)]
        changes = [
            row.changed_at
            for row in self.desk.changes.get(self.ticket.id, [])
            if row.field in {"assigned_agent", "team"} and row.new_value is not None
        ]
        return min((at for at in changes if bots and at >= min(bots)), default=None)

    def is_solved_undated(self) -> bool:
        """Say whether the ticket is solved and nobody knows since when."""
        is_untold = self.solved_at() is None and self.ticket.id not in self.desk.history
        return self.ticket.status in SOLVED and is_untold

    def solved_at(self) -> datetime | None:
        """Return when a ticket without a history was solved, if anybody knows."""
        resolved_at: datetime | None = self.ticket.resolved_at
        closed_at: datetime | None = self.ticket.closed_at
        return resolved_at or (closed_at and max(closed_at, self.ticket.created_at))

    def credit(self, person: str | None, at: datetime) -> dict[str, str | None]:
        return {"agent": person or self.then("assigned_agent", at), "team": self.then("team", at)}

    def at_event(self, measure: str, at: datetime, **credit: str | None) -> Happening:
        """Return an event that may happen more than once: the policy is that of its instant."""
        return self.at(measure, 1, at, sla_policy=self.policy_name(at), **credit)

    def resolution(self) -> Iterator[Happening]:
        ticket, transitions = self.ticket, self.transitions()
        solver = None
        solutions = [each for each in transitions if each[0]]
        for is_solved, at, person, is_automatic in transitions:
            if is_solved:
                solver = person
                yield self.at_event("resolution_events", at, **self.credit(person, at))
                yield self.at_event("closed", at)
            else:
                yield self.at_event("opened_again", at)
                if not is_automatic:
                    yield self.at_event("reopens", at, **self.credit(solver, at))
        if solutions:
            _, at, person, _ = solutions[0]
            yield from self.lasted("first_resolution_time", ticket.created_at, at, at, **self.credit(person, at))
        if transitions and transitions[-1][0]:
            _, at, person, _ = transitions[-1]
            yield from self.resolved(at, self.credit(person, at), transitions)
        else:
            self.running(SlaTarget.RESOLUTION, ticket.created_at)

    def resolved(self, at: datetime, credit: dict[str, str | None], transitions: list[Any]) -> Iterator[Happening]:
        ticket = self.ticket
        reopens = [each for each in transitions if not each[0] and not each[3]]
        solutions = [each for each in transitions if each[0]]
        statuses = {row.status for row in self.desk.history.get(ticket.id, [])}
        replies = [row for row in self.desk.messages.get(ticket.id, []) if _is_reply(row)]
        public = [row for row in self.desk.messages.get(ticket.id, []) if row.is_public and not row.is_automatic]
        several = len(replies) >= 2
        messages = self.desk.messages.get(ticket.id, [])
        knows_reply = bool(messages) or ticket.first_replied_at is not None
        reopen_count = len(reopens) if statuses else ticket.reopen_count
        touched_once = bool(replies) or (not self.talk() and ticket.first_replied_at is not None)
        touched_once = touched_once and len(solutions) == 1 and not statuses & {"pending", "on_hold"}
        counts = {
            "resolved": 1,
            "resolved_with_history": int(bool(statuses)),
            "resolved_with_messages": int(bool(messages)),
            "resolved_with_reopens": int(reopen_count is not None),
            "resolved_with_touches": int(reopen_count is not None and knows_reply),
            "resolved_after_reopen": int(bool(reopen_count)),
            "one_touch": int(touched_once and reopen_count == 0 and knows_reply),
            "contacts_sum": len(public),
            "proactive_updates_sum": self.proactive(at),
            "several_agent_contacts": int(several),
            "same_agent": int(several and len({row.agent_name for row in replies}) == 1),
            "escalated": int(bool(statuses) and self.is_escalated()),
        }
        for measure, amount in counts.items():
            yield self.at(measure, amount, at, **credit)
        yield from self.lasted("resolution_time", ticket.created_at, at, at, **credit)
        yield from self.lasted("resolution_time_by_creation", ticket.created_at, at, ticket.created_at)
        yield from self.in_business("resolution_business_time", ticket.created_at, at, at, **credit)
        yield from self.promise(SlaTarget.RESOLUTION, ticket.created_at, at, **credit)
        yield self.at("no_answer_needed_resolved", int(ticket.needs_no_answer), at, **credit)
        yield from self.waits(at, credit)
        yield from self.net(at, credit)
        worked = [self.desk.worked(each) for each in (ticket, *self.desk.merged_into(ticket.id))]
        known = [seconds for seconds in worked if seconds is not None]
        if known:
            yield self.at("handle_time", sum(known), at, **credit)

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

    def net(self, at: datetime, credit: dict[str, str | None]) -> Iterator[Happening]:
        """Yield the time to the resolution in which the clock did not stand still."""
        if self.ticket.id not in self.desk.history or self.ticket.is_date_only:
            return
        begun = self.ticket.created_at
        took, took_open = at - begun, self.open_seconds(begun, at)
        for stretch in self.paused(SlaTarget.RESOLUTION, is_net=True):
            start, end = max(begun, stretch.start), min(at, stretch.end or at)
            if start < end:
                took -= end - start
                took_open -= self.open_seconds(start, end)
        yield self.at("net_resolution_time", took // timedelta(seconds=1), at, **credit)
        yield self.at("net_resolution_business_time", int(round(took_open, 3)), at, **credit)

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
        return [row for row in rows if _is_reply(row) or _is_from_customer(row)]

    def proactive(self, until: datetime) -> int:
        talk = self.talk()
        return sum(_is_reply(row) and _is_reply(before) and row.timestamp <= until for before, row in pairwise(talk))

    def replies(self) -> Iterator[Happening]:
        """Walk through the conversation with the clock that runs."""
        ticket, talk = self.ticket, self.talk()
        if not talk and ticket.first_replied_at is not None:
            yield from self.reply(ticket.first_replied_at, None, ticket.created_at, is_first=True)
            return
        by_desk = ticket.is_outbound and bool(talk) and _is_reply(talk[0])
        waiting_since: datetime | None = None if by_desk else ticket.created_at
        last_asked_at, is_first = waiting_since, True
        for row in talk:
            if not _is_reply(row):
                ended_at = None if is_first or last_asked_at is None else self.solved_after(last_asked_at)
                if waiting_since is not None and ended_at is not None and ended_at < row.timestamp:
                    yield from self.never(waiting_since, ended_at)
                    waiting_since = None
                waiting_since, last_asked_at = waiting_since or row.timestamp, row.timestamp
            elif waiting_since is not None:
                yield from self.reply(row.timestamp, row.agent_name, waiting_since, is_first=is_first)
                is_first, waiting_since = False, None
        if waiting_since is None:
            return
        if is_first:
            yield from self.no_first_reply(waiting_since)
            return
        assert last_asked_at is not None
        ended_at = self.solved_after(last_asked_at)
        if ended_at is not None:
            yield from self.never(waiting_since, ended_at)
        elif not self.is_solved():
            self.running(SlaTarget.NEXT_REPLY, waiting_since)

    def is_solved(self) -> bool:
        transitions = self.transitions()
        return bool(transitions) and transitions[-1][0]

    def solved_after(self, at: datetime) -> datetime | None:
        """Return the first time that the ticket was solved, not before an instant."""
        return next((each[1] for each in self.transitions() if each[0] and each[1] >= at), None)

    def never(self, since: datetime, solved_at: datetime) -> Iterator[Happening]:
        """Yield a next reply that never came, because the ticket was solved."""
        state = self.judged(SlaTarget.NEXT_REPLY, since, solved_at)
        if state is not None:
            is_missed = state is TargetState.MISSED
            self.outcomes.append((state if is_missed else TargetState.ENDED_UNANSWERED, solved_at))
            credit = self.credit(None, solved_at) | {"sla_policy": self.policy_name(solved_at)}
            yield self.at("sla_next_reply_missed" if is_missed else "ended_unanswered", 1, solved_at, **credit)

    def no_first_reply(self, since: datetime) -> Iterator[Happening]:
        """Yield a first reply that never came; a desk without any message knows of none."""
        if not self.is_solved():
            self.running(SlaTarget.FIRST_REPLY, since)
            return
        _, at, person, _ = self.transitions()[-1]
        promised = self.judged(SlaTarget.FIRST_REPLY, since, at) is not None
        if promised and at >= since and self.desk.messages:
            self.outcomes.append((TargetState.MISSED, at))
            yield self.at("sla_first_reply_never", 1, at, **self.credit(person, at))

    def reply(self, at: datetime, agent: str | None, since: datetime, *, is_first: bool) -> Iterator[Happening]:
        name = "first_reply" if is_first else "next_reply"
        credit = {"agent": agent, "team": self.then("team", at)}
        credit["sla_policy"] = self.policy_name(at)
        if is_first or not self.ticket.is_date_only:
            yield from self.lasted(f"{name}_time", since, at, at, **credit)
        yield from self.in_business(f"{name}_business_time", since, at, at, **credit)
        handed_over_at = self.handed_over_at() if is_first and not self.ticket.is_date_only else None
        if handed_over_at is not None and handed_over_at <= at:
            yield from self.lasted("first_reply_after_handover_time", handed_over_at, at, at, **credit)
        yield from self.promise(SlaTarget(name), since, at, **credit)

    def ratings(self) -> Iterator[Happening]:
        rows = self.survey_rows()
        answers = sorted((row for row in rows if row.score), key=lambda row: (row.at, row.id))
        for place, row in enumerate(answers):
            later = answers[place + 1 :]
            if any(each.prompt is not None and each.prompt == row.prompt for each in later):
                continue
            if later and later[0].at - row.at < timedelta(days=1) and not self.is_reopened(row.at, later[0].at):
                continue
            credit = self.solver_before(row.at)
            yield self.at_event("ratings", row.at, **credit)
            yield self.at("ratings_good", int(row.score > 3), row.at, **credit, sla_policy=self.policy_name(row.at))
            yield self.at("rating_sum", row.score, row.at, **credit, sla_policy=self.policy_name(row.at))
        prompts: dict[Any, list[SurveyRow]] = {}
        for row in rows:
            if row.offered_at is not None:
                prompts.setdefault(row.prompt, []).append(row)
        for asked in prompts.values():
            first = min(row.offered_at for row in asked if row.offered_at is not None)
            credit = self.solver_before(first)
            yield self.at_event("surveys_offered", first, **credit)
            is_answered = any(row.score for row in asked)
            yield self.at("surveys_answered", int(is_answered), first, **credit, sla_policy=self.policy_name(first))

    def survey_rows(self) -> list["SurveyRow"]:
        """Return the surveys and answers; the ticket's columns are the only one where there are no others."""
        ticket = self.ticket
        last = ticket.closed_at or ticket.source_changed_at or ticket.created_at
        undated = ticket.resolved_at or max(last, ticket.created_at)
        found = [
            SurveyRow(
                row.id,
                row.prompt or row.offered_at,
                row.offered_at,
                row.rated_at or (None if row.is_from_ticket else row.offered_at) or undated,
                row.score or 0,
            )
            for row in self.desk.ratings.get(ticket.id, [])
        ]
        rated_at = ticket.rated_at or undated
        offered_at, score = ticket.survey_offered_at, ticket.customer_satisfaction_score
        return found or [SurveyRow(0, offered_at, offered_at, rated_at, score or 0)]

    def is_reopened(self, after: datetime, until: datetime) -> bool:
        return any(not is_solved and after < at <= until for is_solved, at, _, _ in self.transitions())

    def solver_before(self, at: datetime) -> dict[str, str | None]:
        """Return who is credited with the latest solution up to an instant; nobody if there is none."""
        before = [each for each in self.transitions() if each[0] and each[1] <= at]
        return self.credit(before[-1][2], before[-1][1]) if before else {}


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey that was offered, or an answer, or both; score 0 is no answer."""

    id: int
    prompt: Any
    offered_at: datetime | None
    at: datetime
    score: int


def _is_reply(row: Row) -> bool:
    return bool(row.is_public and row.direction == "outbound" and not row.is_automatic and row.agent_name)


def _is_from_customer(row: Row) -> bool:
    return bool(row.is_public and row.direction == "inbound" and not row.is_automatic)


def _is_by_bot(row: Row) -> bool:
    return bool(row.is_public and row.direction == "outbound" and row.is_automatic)
