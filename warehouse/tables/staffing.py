"""Staffing: a manager's settings, the roster, and the plan that is made from them.

Instants are the beginnings of whole hours; dates and hours are in the reporting time zone.
"""

import sqlalchemy as sa

from warehouse.tables.metadata import INSTANT, MARTS, METADATA, NOW, SUPPORT, identity


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _only_row() -> sa.Column[bool]:
    return sa.Column("is_only_row", sa.Boolean, nullable=False, server_default=sa.true())


staffing_settings = sa.Table(
    "staffing_settings",
    METADATA,
    _only_row(),
    sa.Column("shrinkage", sa.Float, nullable=False, server_default="0.3"),
    sa.Column("occupancy_cap", sa.Float, nullable=False, server_default="0.85"),
    sa.Column("minimum_people", sa.Integer, nullable=False, server_default="1"),
    sa.Column("cost_per_hour", sa.Float, nullable=False, server_default="120"),
    sa.Column("currency", sa.String(3), nullable=False, server_default="ZAR"),
    sa.Column("quantile", sa.Float, nullable=False, server_default="0.8", comment="Of the forecast staffed for."),
    sa.Column("is_blended", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("shift_hours", sa.Integer, nullable=False, server_default="9"),
    sa.Column("written_due_minutes", sa.Integer, nullable=False, server_default="240", comment="Opening hours."),
    sa.Column("updated_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("is_only_row"),
    sa.CheckConstraint("is_only_row", name="is_only_row"),
    sa.CheckConstraint("shrinkage >= 0 and shrinkage <= 0.9", name="shrinkage"),
    sa.CheckConstraint("occupancy_cap >= 0.3 and occupancy_cap <= 1", name="occupancy_cap"),
    sa.CheckConstraint("minimum_people between 0 and 1000", name="minimum_people"),
    sa.CheckConstraint("cost_per_hour >= 0 and cost_per_hour <= 1000000", name="cost_per_hour"),
    sa.CheckConstraint("quantile >= 0.5 and quantile <= 0.975", name="quantile"),
    sa.CheckConstraint("shift_hours between 1 and 24", name="shift_hours"),
    sa.CheckConstraint("written_due_minutes between 15 and 43200", name="written_due_minutes"),
    schema=SUPPORT,
)

staffing_targets = sa.Table(
    "staffing_targets",
    METADATA,
    sa.Column("channel", sa.String(20), nullable=False),
    _number("service_level"),
    _count("within_seconds"),
    sa.Column("patience_seconds", sa.Integer, comment="Mean; null: nobody gives up."),
    sa.PrimaryKeyConstraint("channel"),
    sa.CheckConstraint("service_level >= 0.1 and service_level <= 0.99", name="service_level"),
    sa.CheckConstraint("within_seconds between 0 and 3600", name="within_seconds"),
    sa.CheckConstraint("patience_seconds between 1 and 86400", name="patience_seconds"),
    schema=SUPPORT,
    comment="The live channels; every other channel is written work.",
)

roster_entries = sa.Table(
    "roster_entries",
    METADATA,
    identity(),
    sa.Column("agent_name", sa.String(100), nullable=False),
    sa.Column("starts_at", INSTANT, nullable=False),
    sa.Column("ends_at", INSTANT, nullable=False),
    sa.Column("entered_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("agent_name", "starts_at"),
    sa.CheckConstraint("ends_at > starts_at and ends_at <= starts_at + interval '24 hours'", name="ends_at"),
    sa.Index("ix_roster_entries_starts_at", "starts_at"),
    schema=SUPPORT,
)

staffing_plan = sa.Table(
    "staffing_plan",
    METADATA,
    _only_row(),
    sa.Column("planned_at", INSTANT, nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False, comment="planned, or what is missing."),
    sa.Column("cutoff_date", sa.Date, comment="Last day of history that the forecast knew."),
    sa.Column("quantile", sa.Float, nullable=False),
    sa.Column("shrinkage", sa.Float, nullable=False),
    sa.Column("cost_per_hour", sa.Float, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("written_due_minutes", sa.Integer, nullable=False),
    sa.Column("handled_count", sa.Integer, nullable=False, comment="Tickets that the handle times are from."),
    sa.Column("opening_count", sa.Integer, nullable=False, comment="Unanswered tickets at the start of the plan."),
    sa.Column("forgotten_count", sa.Integer, nullable=False, comment="Unanswered for longer than anybody plans for."),
    sa.Column("written_level", sa.Float, comment="Share of written contacts answered in time, expected."),
    sa.Column("written_level_fewer", sa.Float, comment="With one person fewer in every hour."),
    sa.Column("written_level_more", sa.Float, comment="With one person more in every hour."),
    sa.PrimaryKeyConstraint("is_only_row"),
    sa.CheckConstraint("is_only_row", name="is_only_row"),
    sa.CheckConstraint("outcome in ('planned', 'no_forecast', 'no_handle_time', 'no_opening_hours')", name="outcome"),
    schema=MARTS,
)

staffing_hours = sa.Table(
    "staffing_hours",
    METADATA,
    sa.Column("starts_at", INSTANT, nullable=False),
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("local_hour", sa.SmallInteger, nullable=False),
    sa.Column("open_share", sa.Float, nullable=False, comment="Share of the hour in which the desk is open."),
    _count("people"),
    _count("roster_people"),
    sa.Column("roster_people_low", sa.Integer, nullable=False, comment="If only the lower tenth of demand comes."),
    sa.Column("roster_people_high", sa.Integer, nullable=False, comment="If the upper tenth of demand comes."),
    _count("written_people"),
    _number("written_contacts"),
    sa.Column("written_level", sa.Float, comment="Of what comes in the hour, answered in time; null: nothing comes."),
    _number("backlog"),
    _number("oldest_age_hours"),
    sa.PrimaryKeyConstraint("starts_at"),
    schema=MARTS,
)

staffing_channel_hours = sa.Table(
    "staffing_channel_hours",
    METADATA,
    sa.Column("starts_at", INSTANT, nullable=False),
    sa.Column("channel", sa.String(20), nullable=False),
    _number("contacts"),
    sa.Column("planned_contacts", sa.Float, nullable=False, comment="At the quantile staffed for."),
    _number("handle_seconds"),
    _count("people"),
    sa.Column("level", sa.Float, nullable=False, comment="Share answered in time of the contacts expected."),
    _number("level_fewer"),
    _number("level_more"),
    _number("abandon_rate"),
    sa.PrimaryKeyConstraint("starts_at", "channel"),
    schema=MARTS,
    comment="The live channels while the desk is open.",
)

staffing_shifts = sa.Table(
    "staffing_shifts",
    METADATA,
    sa.Column("starts_at", INSTANT, nullable=False),
    sa.Column("ends_at", INSTANT, nullable=False),
    _count("people"),
    sa.PrimaryKeyConstraint("starts_at", "ends_at"),
    schema=MARTS,
)
