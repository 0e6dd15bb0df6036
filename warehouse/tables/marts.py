"""Schema `marts`: facts and rollups, all derived from schema `support` and never written by hand.

Dimension columns hold ids of `dimension_values`; id 0 is 'not set'. Dates and hours are in the reporting time zone.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, BIT

from analytics.vocabulary import DIMENSIONS, EventKind, SlaState
from warehouse.rollups import declaration as rollups
from warehouse.rollups.custom import OWN_COLUMNS
from warehouse.tables.metadata import INSTANT, MARTS, METADATA, required


def _moment(prefix: str) -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column(f"{prefix}_date", sa.Date), sa.Column(f"{prefix}_hour", sa.SmallInteger)


def _credit(prefix: str) -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column(f"{prefix}_agent_id", sa.Integer), sa.Column(f"{prefix}_team_id", sa.Integer)


def _ticket_dimensions() -> tuple[sa.Column[Any], ...]:
    return tuple(required(f"{dimension}_id", sa.Integer) for dimension in DIMENSIONS)


def _custom_columns() -> tuple[sa.Column[Any], ...]:
    # They stand near the front: PostgreSQL reads a row up to the last column that a question needs.
    own = (required(f"{name}_id", sa.Integer) for name in OWN_COLUMNS.values())
    return (
        *own,
        sa.Column("custom_ids", ARRAY(sa.Integer), comment="Values of declared dimensions, by slot."),
        sa.Column("list_ids", ARRAY(sa.Integer), comment="Values of those that are lists, with their slots."),
    )


dimension_values = sa.Table(
    "dimension_values",
    METADATA,
    required("dimension", sa.String(60)),
    required("id", sa.Integer),
    sa.Column("value", sa.String(255), comment="Null, always id 0: not set."),
    sa.PrimaryKeyConstraint("dimension", "id"),
    sa.UniqueConstraint("dimension", "value", postgresql_nulls_not_distinct=True),
    schema=MARTS,
)

business_days = sa.Table(
    "business_days",
    METADATA,
    required("calendar_id", sa.BigInteger),
    sa.Column("utc_day", sa.Integer, nullable=False, comment="Days since 1970-01-01."),
    sa.Column("open_seconds_before", sa.BigInteger, nullable=False, comment="Since the first day of the table."),
    sa.Column("open_minutes", BIT(1440), nullable=False, comment="One bit per minute of the UTC day; 1 is open."),
    sa.PrimaryKeyConstraint("calendar_id", "utc_day"),
    sa.Index("ix_business_days_open_seconds_before", "calendar_id", "open_seconds_before"),
    schema=MARTS,
    comment="Business calendars worked out day by day, so that business time is two look-ups and a difference.",
)

sla_policy_choices = sa.Table(
    "sla_policy_choices",
    METADATA,
    sa.Column("priority", sa.String(20), nullable=False, comment="Empty: not set; so for the two below."),
    required("customer_type", sa.String(50)),
    required("channel", sa.String(20)),
    required("valid_from_at", INSTANT),
    required("valid_until_at", INSTANT),
    required("sla_policy_id", sa.Integer),
    sa.Column("calendar_id", sa.BigInteger),
    sa.Column("first_reply_seconds", sa.Integer),
    sa.Column("next_reply_seconds", sa.Integer),
    sa.Column("resolution_seconds", sa.Integer),
    sa.PrimaryKeyConstraint("priority", "customer_type", "channel", "valid_from_at"),
    schema=MARTS,
    comment="Which SLA policy applies to which kind of ticket, and when.",
)

sla_pauses = sa.Table(
    "sla_pauses",
    METADATA,
    required("sla_policy_id", sa.Integer),
    required("status", sa.String(50)),
    required("is_first_reply", sa.Boolean),
    required("is_next_reply", sa.Boolean),
    required("is_resolution", sa.Boolean),
    sa.Column("is_net", sa.Boolean, nullable=False, comment="Left out of net resolution times."),
    sa.PrimaryKeyConstraint("sla_policy_id", "status"),
    schema=MARTS,
    comment="The statuses in which the clocks of a policy stand still; policy 0 is no policy.",
)

fct_tickets = sa.Table(
    "fct_tickets",
    METADATA,
    required("ticket_id", sa.BigInteger),
    required("created_date", sa.Date),
    required("created_hour", sa.SmallInteger),
    *_ticket_dimensions(),
    *_custom_columns(),
    required("is_date_only", sa.Boolean),
    required("is_excluded", sa.Boolean),
    sa.Column("is_merged", sa.Boolean, nullable=False, comment="Into another ticket; such a ticket is excluded too."),
    sa.Column("is_solved_undated", sa.Boolean, nullable=False, comment="Solved, and nobody knows when: not open."),
    required("has_history", sa.Boolean),
    required("has_messages", sa.Boolean),
    sa.Column("is_one_touch", sa.Boolean, comment="Null is not known; so for the number of reopenings."),
    required("is_same_agent", sa.Boolean),
    required("is_escalated", sa.Boolean),
    required("needs_no_answer", sa.Boolean),
    sa.Column("source_sla_met", sa.Boolean, comment="The source's own verdict."),
    required("contact_count", sa.Integer),
    required("agent_contact_count", sa.Integer),
    required("proactive_update_count", sa.Integer),
    sa.Column("reopen_count", sa.Integer),
    required("created_at", INSTANT),
    sa.Column("resolved_at", INSTANT),
    *_moment("resolved"),
    *_credit("resolved"),
    sa.Column("resolution_seconds", sa.Integer),
    sa.Column("resolution_business_seconds", sa.Integer),
    sa.Column(
        "resolution_last_calendar_seconds",
        sa.Integer,
        comment="By the last calendar for the whole life; null if the calendar never changed.",
    ),
    sa.Column("resolution_days", sa.Integer),
    sa.Column("net_resolution_seconds", sa.Integer, comment="Without pauses; null without a status history."),
    sa.Column("net_resolution_business_seconds", sa.Integer),
    sa.Column(
        "resolution_sla",
        sa.SmallInteger,
        comment=f"{SlaState.MET} met, {SlaState.MISSED} missed, {SlaState.RUNNING} still running;"
        " null without a target.",
    ),
    sa.Column("resolution_paused_us", sa.BigInteger, comment="Microseconds; of business time if the policy counts it."),
    sa.Column("resolution_pause_until_due_us", sa.BigInteger, comment="Pauses begun before it was due; null is all."),
    sa.Column("resolution_due_at", INSTANT, comment="Of a running target; null while its clock stands still."),
    sa.Column("clock_starts_at", INSTANT, comment="Of the first reply."),
    sa.Column("first_reply_at", INSTANT),
    *_moment("first_reply"),
    *_credit("first_reply"),
    sa.Column("first_reply_sla_policy_id", sa.Integer, nullable=False, comment="The policy that decided."),
    sa.Column("first_reply_seconds", sa.Integer),
    sa.Column("first_reply_business_seconds", sa.Integer),
    sa.Column("first_reply_last_calendar_seconds", sa.Integer),
    sa.Column("first_reply_after_handover_seconds", sa.Integer, comment="Since a bot handed the ticket over."),
    sa.Column("first_reply_days", sa.Integer),
    sa.Column("first_reply_sla", sa.SmallInteger),
    sa.Column("first_reply_paused_us", sa.BigInteger),
    sa.Column("first_reply_pause_until_due_us", sa.BigInteger),
    sa.Column("first_reply_due_at", INSTANT),
    *_moment("first_resolution"),
    *_credit("first_resolution"),
    sa.Column("first_resolution_seconds", sa.Integer),
    sa.Column("first_resolution_days", sa.Integer),
    sa.Column("requester_wait_seconds", sa.Integer),
    sa.Column("agent_wait_seconds", sa.Integer),
    sa.Column("on_hold_seconds", sa.Integer),
    sa.Column("handle_seconds", sa.Integer),
    sa.Column("survey_offered_date", sa.Date),
    sa.Column("rating", sa.SmallInteger, comment="The latest."),
    sa.Column("rated_date", sa.Date),
    sa.Column("rated_agent_id", sa.Integer),
    sa.Column("waiting_since_at", INSTANT, comment="Start of the customer's present unanswered run of messages."),
    sa.Column("next_reply_sla", sa.SmallInteger, comment=f"{SlaState.RUNNING} while the customer waits."),
    sa.Column("next_reply_due_at", INSTANT),
    sa.Column("sla_met_count", sa.SmallInteger, nullable=False, comment="Targets of all kinds."),
    required("sla_missed_count", sa.SmallInteger),
    required("sla_running_count", sa.SmallInteger),
    required("sla_ended_unanswered_count", sa.SmallInteger),
    sa.Column("sla_ended_date", sa.Date, comment="When the last target ended; null if none was met or missed."),
    sa.Column("sla_ended_hour", sa.SmallInteger),
    sa.Column("customer_hash", sa.BigInteger, comment="64-bit hash of the customer's address; null when unknown."),
    sa.PrimaryKeyConstraint("ticket_id"),
    schema=MARTS,
    comment="One row per ticket.",
)
for _date in ("created", "resolved", "first_reply", "first_resolution", "sla_ended"):
    sa.Index(f"ix_fct_tickets_{_date}_date", fct_tickets.c[f"{_date}_date"])
sa.Index("ix_fct_tickets_customer_hash", fct_tickets.c.customer_hash)
sa.Index("ix_fct_tickets_created_at", fct_tickets.c.created_at, fct_tickets.c.ticket_id)
sa.Index(
    "ix_fct_tickets_open",
    fct_tickets.c.created_at,
    postgresql_where=sa.text(rollups.OPEN),
)

fct_ticket_events = sa.Table(
    "fct_ticket_events",
    METADATA,
    required("ticket_id", sa.BigInteger),
    sa.Column(
        "kind",
        sa.SmallInteger,
        nullable=False,
        comment=f"{EventKind.SOLVED} solved, {EventKind.REOPENED}, {EventKind.REOPENED_AUTOMATICALLY} reopened"
        f" (automatically), {EventKind.NEXT_REPLY} next reply, {EventKind.NEXT_REPLY_ENDED} one that never came,"
        f" {EventKind.RATED} rated, {EventKind.SURVEYED} asked for a rating.",
    ),
    sa.Column("place", sa.Integer, nullable=False, comment="Their order; the next replies of both kinds share one."),
    required("happened_date", sa.Date),
    required("happened_hour", sa.SmallInteger),
    *_ticket_dimensions(),
    *_custom_columns(),
    required("assignee_id", sa.Integer),
    required("ticket_team_id", sa.Integer),
    required("is_date_only", sa.Boolean),
    required("is_excluded", sa.Boolean),
    required("is_merged", sa.Boolean),
    required("happened_at", INSTANT),
    sa.Column("rating", sa.SmallInteger, comment="1 to 5; of a survey, its best answer: null if there is none."),
    sa.Column("customer_hash", sa.BigInteger),
    sa.Column("seconds", sa.Integer),
    sa.Column("business_seconds", sa.Integer),
    sa.Column("sla", sa.SmallInteger),
    sa.PrimaryKeyConstraint("ticket_id", "kind", "place"),
    sa.Index("ix_fct_ticket_events_kind_happened_date", "kind", "happened_date"),
    schema=MARTS,
    comment="What may happen to a ticket more than once; agent and team are those credited with it.",
)


def _keys(node: rollups.Node) -> tuple[sa.Column[Any], ...]:
    return tuple(
        required(rollups.HOUR, sa.SmallInteger) if name == rollups.HOUR else required(f"{name}_id", sa.Integer)
        for name in node.dimensions
    )


def _counter_table(node: rollups.Node, grain: rollups.Grain) -> sa.Table:
    keys = _keys(node)
    return sa.Table(
        node.counter_table(grain),
        METADATA,
        required("start_date", sa.Date),
        *keys,
        *(required(counter, sa.Integer) for counter in rollups.KEPT_COUNTERS),
        sa.PrimaryKeyConstraint("start_date", *(key.name for key in keys)),
        schema=MARTS,
    )


def _duration_table(node: rollups.Node, grain: rollups.Grain) -> sa.Table:
    keys = _keys(node)
    return sa.Table(
        node.duration_table(grain),
        METADATA,
        required("duration_id", sa.SmallInteger),
        required("start_date", sa.Date),
        *keys,
        required("n", sa.Integer),
        required("total", sa.BigInteger),
        sa.Column("histogram", sa.LargeBinary, nullable=False, comment="See analytics/packed_histograms.py."),
        sa.PrimaryKeyConstraint("duration_id", "start_date", *(key.name for key in keys)),
        schema=MARTS,
    )


COUNTER_TABLES = {
    (node.name, grain): _counter_table(node, grain) for node in rollups.LATTICE for grain in node.counter_grains
}
for _node in rollups.LATTICE:
    for _grain in _node.duration_grains:
        _duration_table(_node, _grain)
