"""Says what a list of tickets is, so that it reads like the number that led to it."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from analytics.lateness import Lateness
from analytics.metrics import Kind
from analytics.vocabulary import CUSTOM_MARK
from portal.numbers import phrasing
from portal.topics.tickets.address import TicketList
from portal.topics.tickets.dataset import ListedTickets

_HAPPENED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "created": "created",
        "opened": "created or opened again",
        "closed": "solved, each time counted",
        "resolved": "resolved",
        "resolution_events": "resolved, each time counted",
        "resolved_with_history": "resolved, with a status history",
        "resolved_with_messages": "resolved, with messages",
        "resolved_with_reopens": "resolved, whose reopenings are known",
        "resolved_with_touches": "resolved, whose replies and reopenings are known",
        "resolved_after_reopen": "resolved after being reopened",
        "one_touch": "resolved in one touch",
        "contacts_sum": "resolved with contacts",
        "proactive_updates_sum": "resolved with proactive updates",
        "same_agent": "resolved by one agent alone",
        "several_agent_contacts": "resolved with two agent contacts or more",
        "escalated": "resolved after an escalation",
        "reopens": "reopened",
        "ratings": "rated",
        "rating_sum": "rated",
        "ratings_good": "rated 4 or 5",
        "surveys_offered": "with a survey offered",
        "surveys_answered": "with a survey answered",
        "sla_completed": "with an SLA target met or missed",
        "sla_tickets_judged": "with an SLA target met or missed",
        "sla_tickets_met": "that met their SLA",
        "sla_tickets_missed": "with an SLA target missed",
        "sla_started": "created, with an SLA target",
        "sla_started_met": "created, with an SLA target met by now",
        "sla_started_missed": "created, with an SLA target missed by now",
        "sla_started_running": "created, with an SLA target that runs",
        "sla_started_overdue": "created, with an SLA target overdue",
        "sla_started_ended_unanswered": "created, and solved with a customer's message unanswered",
        "ended_unanswered": "solved with a customer's message unanswered",
        "sla_source_judged": "created, with a verdict of the source's",
        "sla_source_met": "created, and in time by the source's verdict",
        "sla_both_judged": "judged here and by the source",
        "sla_both_agree": "judged alike here and by the source",
        "sla_met_by_both": "in time here and by the source's verdict",
        "sla_missed_by_both": "late here and by the source's verdict",
        "sla_missed_here_only": "late here, in time by the source's verdict",
        "sla_missed_there_only": "in time here, late by the source's verdict",
        "sla_met": "with an SLA target met",
        "sla_breaches": "with an SLA target missed",
        "first_reply_time": "first replied to",
        "first_reply_business_time": "first replied to",
        "next_reply_time": "with a further reply",
        "next_reply_business_time": "with a further reply",
        "first_resolution_time": "resolved for the first time",
        "resolution_time": "resolved",
        "resolution_business_time": "resolved",
        "net_resolution_time": "resolved",
        "net_resolution_business_time": "resolved",
        "first_reply_after_handover_time": "first replied to after a bot",
        "resolution_time_by_creation": "created, and solved by now",
        "requester_wait_time": "resolved",
        "agent_wait_time": "resolved",
        "on_hold_time": "resolved",
        "handle_time": "resolved, with recorded handling",
        **{
            f"sla_{target}_{state}": f"with {words} {verdict}"
            for target, words in (
                ("first_reply", "a first reply target"),
                ("next_reply", "a next reply target"),
                ("resolution", "a resolution target"),
            )
            for state, verdict in (("completed", "met or missed"), ("met", "met"), ("missed", "missed"))
        },
    }
)
"""Measure, or duration -> what happened to its tickets."""
_EVENTS: Final = (("sla", "targets"), ("rating", "ratings"), ("survey", "surveys"))
"""Part of a measure's name -> what is counted, where a ticket may count several times."""
GRADES: Final[Mapping[Lateness, str]] = {
    Lateness.SOON: "due within two hours",
    Lateness.HOURS: "late by less than a day",
    Lateness.DAYS: "late by days",
    Lateness.WEEKS: "late by a week or more",
}
"""What is said of each grade of lateness."""
_OPEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "overdue": "open and past a target now",
        **{grade.value: f"open and {words} now" for grade, words in GRADES.items()},
        "due_tomorrow": "open, with a target due before 10:00 of the next day",
        "due_within_hours": "open, with a target due within two hours",
        "due_later_today": "open, with the next target due later the same day",
        "due_in_the_morning": "open, with the next target due before 10:00 of the next day",
        "due_today": "open, with the next target due today",
        "missed": "open, with a target missed already",
        "unassigned": "open that nobody has",
        "frustrated": "open from frustrated customers",
        "old": "open for two weeks or more",
    }
)
_LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "excluded": "marked as spam or test",
        "merged": "merged into others",
        "unknown": "of a source that does not give what the number needs",
        "undated": "solved, date not known",
    }
)
_DIMENSIONS: Final[Mapping[str, str]] = MappingProxyType({"customer_type": "customer type", "sla_policy": "SLA policy"})


def listed_sentence(listed: TicketList, found: ListedTickets) -> str:
    """Return what is listed: "1,284 tickets resolved, 1 Dec 2025 to 28 Feb 2026, category Book orders"."""
    tickets = phrasing.plural(found.total, "ticket")
    parts = [f"{tickets} {happened(listed)}{_within(listed, found.unit)}", *_when(listed), *_clock(listed)]
    parts += [f"{_dimension(name)} {phrasing.listed(values)}" for name, values in found.names]
    if listed.customer:
        parts.append("of one customer")
    if listed.organisation:
        parts.append(f"organisation {listed.organisation}")
    if listed.words:
        parts.append(f"matching “{listed.words}”")
    return ", ".join(parts)


def measured_sentence(listed: TicketList, found: ListedTickets) -> str:
    """Return how the number that was clicked and the number of tickets go together; "" when they are the same."""
    if found.measured is None or found.measured == found.total:
        return ""
    unit = {Kind.COUNT: listed.measured.unit, Kind.DISTINCT: "customers"}.get(listed.measured.kind)
    if unit is None:
        words = f"{listed.measured.numerator} {listed.measured.denominator}"
        named = (unit for part, unit in _EVENTS if part in words)
        unit = next(named, "replies")
    one = "reply" if unit == "replies" else unit.removesuffix("s")
    return f"{phrasing.plural(found.measured, one)}: a ticket can count more than once, or a customer have several."


def happened(listed: TicketList) -> str:
    """Return what happened to the tickets of a list."""
    metric = listed.measured
    if listed.part in _LEFT_OUT:
        return _LEFT_OUT[listed.part]
    if metric.kind is Kind.LEVEL:
        return _OPEN.get(listed.part, "open")
    is_numerator = listed.part == "numerator" or not metric.denominator
    return _HAPPENED[metric.numerator if is_numerator else metric.denominator]


def _dimension(name: str) -> str:
    return _DIMENSIONS.get(name) or phrasing.in_sentence(phrasing.prettified(name.removeprefix(CUSTOM_MARK)))


def _within(listed: TicketList, unit: str) -> str:
    """Return the range of durations that was clicked."""
    lower, dots, upper = listed.part.partition("..")
    if not dots:
        return ""
    low, high = (phrasing.duration(int(bound) / (1 if unit == "days" else 60), unit) for bound in (lower, upper))
    return f", {phrasing.in_sentence(listed.measured.label)} from {low} to under {high}"


def _when(listed: TicketList) -> list[str]:
    first, last = listed.filters.start, listed.filters.end - timedelta(days=1)
    if listed.part in _OPEN and listed.measured.kind is Kind.LEVEL:
        return []
    if listed.measured.kind is Kind.LEVEL:
        return [f"at the end of {phrasing.day(last, with_year=True)}"]
    if first == last:
        return [phrasing.day(first, with_year=True)]
    is_one_year = first.year == last.year
    start = phrasing.day(first, with_year=not is_one_year)
    if is_one_year and first.month == last.month:
        start = str(first.day)
    return [f"{start} to {phrasing.day(last, with_year=True)}"]


def _clock(listed: TicketList) -> list[str]:
    named = dict(listed.clock)
    parts = []
    if "hour_of_week" in named:
        weekday, hour = divmod(int(named["hour_of_week"]), 24)
        parts.append(f"{phrasing.WEEKDAYS[weekday]}s {_hours(hour)}")
    if "weekday" in named:
        parts.append(f"{phrasing.WEEKDAYS[int(named['weekday'])]}s")
    if "hour" in named:
        parts.append(_hours(int(named["hour"])))
    if "precision" in named:
        parts.append("known by date only" if named["precision"] == "date" else "known to the minute")
    return parts


def _hours(hour: int) -> str:
    return f"{phrasing.hour(hour)} to {phrasing.hour(hour + 1)}"
