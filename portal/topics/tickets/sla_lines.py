"""How a ticket stands with each of its SLA targets: the promise, the due time and what moved it."""

from datetime import datetime
from typing import Final

from analytics.lateness import Lateness, lateness
from analytics.vocabulary import SlaState
from portal.numbers import phrasing
from portal.topics.tickets.detail_dataset import SlaTarget, TicketDetail
from portal.topics.tickets.field_pairs import field_pairs
from portal.topics.tickets.late import late_words
from portal.topics.tickets.list import moment
from portal.topics.tickets.sentences import SENTENCES
from portal.widgets.markup import Children, Element, element

_REPLIES: Final = frozenset({"First reply", "Next reply"})
_STATES: Final = {
    SlaState.MET: ("sla.met", "good"),
    SlaState.MISSED: ("sla.missed", "bad"),
    SlaState.ENDED_UNANSWERED: ("sla.ended_unanswered", "muted"),
    None: ("sla.not_begun", "muted"),
}


def sla_lines(detail: TicketDetail, now: datetime) -> list[Element]:
    """Return the ticket's targets, with the policy that decides."""
    if not detail.targets:
        return [element("P", SENTENCES["sla.none"], className="note")]
    pairs: list[tuple[str, Children]] = [(target.name, _lines(target, detail, now)) for target in detail.targets]
    policy = SENTENCES["sla.policy.example" if detail.is_example else "sla.policy"]
    return [element("P", policy.format(policy=detail.policy), className="note"), field_pairs(pairs)]


def _lines(target: SlaTarget, detail: TicketDetail, now: datetime) -> Children:
    promise = SENTENCES["sla.promise.business" if target.is_business else "sla.promise.all"]
    words = [promise.format(minutes=phrasing.duration(target.minutes))]
    if target.policy != detail.policy:
        words.append(SENTENCES["sla.by_policy"].format(policy=target.policy))
    is_left_out = detail.needs_no_answer and target.name in _REPLIES
    lines: list[Element | str] = [", ".join(words), element("Br"), _state(target, now, is_left_out=is_left_out)]
    for line in (_clock(target), _moved(target)):
        lines += [element("Br"), element("Span", line, className="muted")] if line else []
    return lines


def _state(target: SlaTarget, now: datetime, *, is_left_out: bool) -> Element:
    if is_left_out:
        return element("Span", SENTENCES["sla.not_needed"], className="muted")
    if target.state is SlaState.RUNNING and target.due_at is not None:
        grade = lateness(target.due_at, now)
        is_late = grade not in {None, Lateness.SOON}
        late = late_words(target.due_at, now) if is_late else ""
        words = SENTENCES["sla.overdue" if is_late else "sla.due"].format(when=moment(target.due_at), late=late)
        return element("Span", words, className=str(grade or ""))
    if target.state is SlaState.RUNNING:
        return element("Span", SENTENCES["sla.no_due_time" if target.lacks_open_hours else "sla.paused"])
    sentence, tone = _STATES[target.state]
    return element("Span", SENTENCES[sentence], className=tone)


def _clock(target: SlaTarget) -> str:
    """Return when a target that is done was due, how long its clock ran and how long it stood still."""
    parts = []
    if target.due_at is not None and target.state is not SlaState.RUNNING:
        parts.append(SENTENCES["sla.was_due"].format(when=moment(target.due_at)))
    if target.worked_minutes is not None:
        parts.append(SENTENCES["sla.worked"].format(minutes=phrasing.duration(target.worked_minutes)))
    if target.paused_minutes:
        parts.append(SENTENCES["sla.stood_still"].format(minutes=phrasing.duration(target.paused_minutes)))
    return ", ".join(parts)


def _moved(target: SlaTarget) -> str:
    days = tuple(f"{day.name} ({phrasing.day(day.on_date, with_year=True)})" for day in target.moved_by)
    return SENTENCES["sla.moved"].format(days=phrasing.listed(days)) if days else ""
