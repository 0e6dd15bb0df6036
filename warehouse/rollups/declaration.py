"""Declares what is counted, by which date, and how finely. All generated SQL comes from here.

An *anchor* is a kind of event (a creation, a first reply, a resolution ...). It names the fact table, the columns of
day, hour, credited agent and team, and the whole numbers that are added up over such events.
A *node* of the lattice is a set of dimensions. Its rollups are kept at one or more *grains* of time, such as a day.
Deltas, rollups, answers from facts and the tickets behind a number are all generated from this declaration, so they
cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from analytics.vocabulary import DIMENSIONS, EventKind, SlaState

HOUR: Final = "hour"


class Grain(StrEnum):
    """Length of a rollup's cells in time; each starts at its `start_date`."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One kind of event, and the numbers that are added up over such events.

    Attributes:
        name: Name of the anchor.
        source: Fact table in schema marts.
        prefix: The columns `<prefix>_date` and `<prefix>_hour` hold the day and the hour 0..23.
        agent: Column of the credited agent, or an SQL expression of columns.
        team: The same of the credited team.
        sla_policy: Column of the SLA policy that decided.
        is_momentary: Whether the numbers change with time alone, so that no rollup keeps them.
        predicate: SQL condition for the rows of the source that are such events.
        counters: Counter -> SQL expression of a whole number for each row.
        durations: Duration -> SQL expression of whole seconds; null means not measured.
        days: The same durations of tickets known by date only, in whole days.
    """

    name: str
    source: str
    prefix: str
    predicate: str
    agent: str = "agent_id"
    team: str = "team_id"
    sla_policy: str = "sla_policy_id"
    is_momentary: bool = False
    counters: Mapping[str, str] = field(default_factory=dict)
    durations: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)

    @property
    def excluded_counter(self) -> str:
        """Counter of the events of spam and tests; no other counter includes those."""
        return f"{self.name}_excluded"

    @property
    def merged_counter(self) -> str:
        """Counter of the events of tickets that were merged into others; no other counter includes those."""
        return f"{self.name}_merged"

    @property
    def left_out_counters(self) -> tuple[str, str]:
        """Counters of what no other counter includes."""
        return self.excluded_counter, self.merged_counter

    def column(self, dimension: str) -> str:
        """Return the source's column that holds a dimension's id."""
        credited = {
            "agent": self.agent,
            "team": self.team,
            "sla_policy": self.sla_policy,
            "customer": "customer_hash",
        }
        return credited.get(dimension, f"{dimension}_id")


_TICKETS, _EVENTS = "fct_tickets", "fct_ticket_events"
_NOW: Final = "(select refreshed_at from ops.data_version)"
_OVERDUE: Final = " + ".join(
    f"coalesce(({target}_due_at < {_NOW})::int, 0)" for target in ("first_reply", "next_reply", "resolution")
)

OPEN: Final = "resolved_at is null and not is_excluded and not is_solved_undated"
"""Condition of the tickets that are open now, over `fct_tickets`."""
KNOWING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "resolved_with_history": "has_history::int",
        "resolved_with_messages": "has_messages::int",
        "resolved_with_reply": "(has_messages or first_reply_date is not null)::int",
        "resolved_with_reopens": "(reopen_count is not null)::int",
        "resolved_with_touches": "(is_one_touch is not null)::int",
        "resolved_with_minutes": "(handle_seconds is not null)::int",
    }
)
"""Resolved tickets of which something is known: counter -> what says so. The others are left out of what needs it."""

ANCHORS: Final = (
    Anchor(
        "created",
        _TICKETS,
        "created",
        "true",
        counters={
            "created": "1",
            "solved_undated": "is_solved_undated::int",
            "sla_started_met": "sla_met_count",
            "sla_started_missed": "sla_missed_count",
            "sla_started_ended_unanswered": "sla_ended_unanswered_count",
            "sla_started_unfinished": "sla_running_count",
            "no_answer_needed": "needs_no_answer::int",
            "sla_source_judged": "(source_sla_met is not null)::int",
            "sla_source_met": "source_sla_met::int",
        },
        durations={"resolution_time_by_creation": "resolution_seconds"},
        days={"resolution_time_by_creation": "resolution_days"},
    ),
    Anchor(
        "first_reply",
        _TICKETS,
        "first_reply",
        "first_reply_date is not null",
        agent="first_reply_agent_id",
        team="first_reply_team_id",
        sla_policy="first_reply_sla_policy_id",
        counters={
            "sla_first_reply_met": f"(first_reply_sla = {SlaState.MET})::int",
            "sla_first_reply_late": f"(first_reply_sla = {SlaState.MISSED})::int",
        },
        durations={
            "first_reply_time": "first_reply_seconds",
            "first_reply_business_time": "first_reply_business_seconds",
            "first_reply_after_handover_time": "first_reply_after_handover_seconds",
        },
        days={"first_reply_time": "first_reply_days"},
    ),
    Anchor(
        "first_resolution",
        _TICKETS,
        "first_resolution",
        "first_resolution_date is not null",
        agent="first_resolution_agent_id",
        team="first_resolution_team_id",
        durations={"first_resolution_time": "first_resolution_seconds"},
        days={"first_resolution_time": "first_resolution_days"},
    ),
    Anchor(
        "resolution",
        _TICKETS,
        "resolved",
        "resolved_date is not null",
        agent="resolved_agent_id",
        team="resolved_team_id",
        counters={
            "resolved": "1",
            **KNOWING,
            "resolved_after_reopen": "coalesce((reopen_count > 0)::int, 0)",
            "one_touch": "coalesce(is_one_touch::int, 0)",
            "contacts_sum": "contact_count",
            "proactive_updates_sum": "proactive_update_count",
            "same_agent": "(agent_contact_count >= 2 and is_same_agent)::int",
            "several_agent_contacts": "(agent_contact_count >= 2)::int",
            "escalated": "(has_history and is_escalated)::int",
            "sla_first_reply_never": f"(first_reply_sla = {SlaState.MISSED} and first_reply_at is null)::int",
            "no_answer_needed_resolved": "needs_no_answer::int",
            "sla_resolution_met": f"(resolution_sla = {SlaState.MET})::int",
            "sla_resolution_missed": f"(resolution_sla = {SlaState.MISSED})::int",
        },
        durations={
            "resolution_time": "resolution_seconds",
            "resolution_business_time": "resolution_business_seconds",
            "net_resolution_time": "net_resolution_seconds",
            "net_resolution_business_time": "net_resolution_business_seconds",
            "requester_wait_time": "requester_wait_seconds",
            "agent_wait_time": "agent_wait_seconds",
            "on_hold_time": "on_hold_seconds",
            "handle_time": "handle_seconds",
        },
        days={"resolution_time": "resolution_days"},
    ),
    Anchor(
        "rating",
        _EVENTS,
        "happened",
        f"kind = {EventKind.RATED}",
        counters={
            "ratings": "1",
            "ratings_good": "(rating >= 4)::int",
            "rating_sum": "rating",
            **{f"ratings_{stars}": f"(rating = {stars})::int" for stars in range(1, 6)},
        },
    ),
    Anchor(
        "survey",
        _EVENTS,
        "happened",
        f"kind = {EventKind.SURVEYED}",
        counters={"surveys_offered": "1", "surveys_answered": "(rating is not null)::int"},
    ),
    # A ticket is judged once, when its last target has ended; one that ends later moves it.
    Anchor(
        "judged",
        _TICKETS,
        "sla_ended",
        "sla_ended_date is not null",
        agent="coalesce(resolved_agent_id, agent_id)",
        team="coalesce(resolved_team_id, team_id)",
        counters={
            "sla_tickets_judged": "1",
            "sla_tickets_met": "(sla_missed_count = 0)::int",
            "sla_tickets_missed": "(sla_missed_count > 0)::int",
            "sla_met_by_both": "(source_sla_met and sla_missed_count = 0)::int",
            "sla_missed_by_both": "(not source_sla_met and sla_missed_count > 0)::int",
            "sla_missed_here_only": "(source_sla_met and sla_missed_count > 0)::int",
            "sla_missed_there_only": "(not source_sla_met and sla_missed_count = 0)::int",
        },
    ),
    Anchor(
        "unfinished",
        _TICKETS,
        "created",
        # Only open tickets have running targets, and those have an index.
        "resolved_at is null and sla_running_count > 0",
        is_momentary=True,
        counters={"sla_started_overdue": _OVERDUE, "sla_started_running": f"sla_running_count - ({_OVERDUE})"},
    ),
    Anchor("solved", _EVENTS, "happened", f"kind = {EventKind.SOLVED}", counters={"resolution_events": "1"}),
    Anchor("reopened", _EVENTS, "happened", f"kind = {EventKind.REOPENED}", counters={"reopens": "1"}),
    Anchor(
        "next_reply",
        _EVENTS,
        "happened",
        f"kind in ({EventKind.NEXT_REPLY}, {EventKind.NEXT_REPLY_ENDED})",
        counters={
            "sla_next_reply_met": f"(sla = {SlaState.MET})::int",
            "sla_next_reply_missed": f"(sla = {SlaState.MISSED})::int",
            "ended_unanswered": f"(sla = {SlaState.ENDED_UNANSWERED})::int",
        },
        durations={"next_reply_time": "seconds", "next_reply_business_time": "business_seconds"},
    ),
    Anchor(
        "closing",
        _EVENTS,
        "happened",
        f"kind = {EventKind.SOLVED}",
        agent="assignee_id",
        team="ticket_team_id",
        counters={"closed": "1"},
    ),
    Anchor(
        "reopening",
        _EVENTS,
        "happened",
        f"kind in ({EventKind.REOPENED}, {EventKind.REOPENED_AUTOMATICALLY})",
        agent="assignee_id",
        team="ticket_team_id",
        counters={"opened_again": "1"},
    ),
)

COUNTERS: Final[Mapping[str, Anchor]] = MappingProxyType(
    {counter: anchor for anchor in ANCHORS for counter in (*anchor.counters, *anchor.left_out_counters)}
)
KEPT_COUNTERS: Final = tuple(name for name, anchor in COUNTERS.items() if not anchor.is_momentary)
"""The counters that rollups keep."""
DURATIONS: Final[Mapping[str, Anchor]] = MappingProxyType(
    {duration: anchor for anchor in ANCHORS for duration in anchor.durations}
)
DURATION_IDS: Final[Mapping[str, int]] = MappingProxyType({name: 2 * place for place, name in enumerate(DURATIONS)})
"""`duration_id` of the histogram in seconds; the histogram in whole days of the same duration has the next number."""

_SLA_TARGETS = ("first_reply", "next_reply", "resolution")
_MET = tuple(f"sla_{target}_met" for target in _SLA_TARGETS)
_FIRST_REPLY_MISSED = ("sla_first_reply_late", "sla_first_reply_never")
_MISSED = (*_FIRST_REPLY_MISSED, "sla_next_reply_missed", "sla_resolution_missed")

MEASURES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **{counter: (counter,) for counter in COUNTERS},
        "sla_first_reply_completed": ("sla_first_reply_met", *_FIRST_REPLY_MISSED),
        "sla_next_reply_completed": ("sla_next_reply_met", "sla_next_reply_missed"),
        "sla_resolution_completed": ("sla_resolution_met", "sla_resolution_missed"),
        "sla_started": (
            "sla_started_met",
            "sla_started_missed",
            "sla_started_ended_unanswered",
            "sla_started_unfinished",
        ),
        "sla_met": _MET,
        "sla_breaches": _MISSED,
        "sla_completed": _MET + _MISSED,
        "sla_both_agree": ("sla_met_by_both", "sla_missed_by_both"),
        "sla_both_judged": (
            "sla_met_by_both",
            "sla_missed_by_both",
            "sla_missed_here_only",
            "sla_missed_there_only",
        ),
        "opened": ("created", "opened_again"),
        # Nobody knows when these were solved, but they are not open.
        "closed": ("closed", "solved_undated"),
    }
)
"""Measure named by a metric -> counters that add up to the measure."""


CUSTOM_KEYS: Final = ("custom_slot", "custom_value")
"""Which dimension of the desk's own a cell is of, and which value."""


@dataclass(frozen=True, slots=True)
class Node:
    """One set of dimensions that rollups are kept for.

    Attributes:
        name: Part of the tables' names.
        dimensions: The dimensions kept (and `hour`).
        counter_grains: Grains of the counter rollups, finest first.
        duration_grains: Grains of the duration histograms, finest first; empty if there are none.
    """

    name: str
    dimensions: tuple[str, ...]
    counter_grains: tuple[Grain, ...] = (Grain.DAY,)
    duration_grains: tuple[Grain, ...] = ()

    @property
    def is_custom(self) -> bool:
        """Whether it keeps the dimensions of the desk's own, each by itself."""
        return self.dimensions == CUSTOM_KEYS

    def counter_table(self, grain: Grain) -> str:
        """Return the name of the counter rollup's table."""
        return f"agg_counts_{self.name}_{grain}"

    def duration_table(self, grain: Grain) -> str:
        """Return the name of the duration histograms' table."""
        return f"agg_durations_{self.name}_{grain}"


LATTICE: Final = (
    Node("total", (), (Grain.DAY,), (Grain.DAY, Grain.MONTH)),
    Node("category_priority", ("category", "priority"), (Grain.DAY,), (Grain.MONTH,)),
    Node("channel_customer_type", ("channel", "customer_type"), (Grain.DAY,), (Grain.MONTH,)),
    Node("ticket", ("category", "priority", "channel", "customer_type"), (Grain.DAY, Grain.MONTH)),
    Node("agent_team", ("agent", "team"), (Grain.DAY, Grain.MONTH), (Grain.MONTH,)),
    Node("sla_policy", ("sla_policy",), (Grain.DAY,)),
    Node("hour", (HOUR,)),
    Node("all", DIMENSIONS, (Grain.MONTH,), (Grain.MONTH,)),
    Node("custom", CUSTOM_KEYS, (Grain.DAY, Grain.MONTH), (Grain.MONTH,)),
)


def fingerprint() -> str:
    """Return a hash of the declaration; marts with another hash have to be rebuilt."""
    return sha256(repr((ANCHORS, LATTICE, sorted(DURATION_IDS.items()))).encode()).hexdigest()
