"""Schema `support`: who works at the desk, for whom, and by which rules."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from analytics.vocabulary import CALL_OUTCOMES, PAUSING_STATUSES, STATUSES, Role
from warehouse.tables.metadata import EMPTY_OBJECT, INSTANT, METADATA, NOW, SUPPORT, identity, one_of


def _added_by(whom: str) -> sa.Column[int]:
    comment = f"The import that named the {whom} first; null: no import."
    return sa.Column("added_by_import_id", sa.BigInteger, comment=comment)


def _statuses(name: str, default: str, comment: str | None = None) -> sa.Column[list[str]]:
    return sa.Column(name, ARRAY(sa.Text), nullable=False, server_default=sa.text(f"'{default}'"), comment=comment)


def _known_statuses(name: str) -> sa.CheckConstraint:
    known = ", ".join(f"'{status}'" for status in STATUSES)
    return sa.CheckConstraint(f"{name} <@ array[{known}]", name=name)


customers = sa.Table(
    "customers",
    METADATA,
    sa.Column("customer_email", sa.String(255), nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("customer_type", sa.String(50)),
    sa.Column("created_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("churned_at", INSTANT),
    sa.Column("metadata", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.Column("organisation", sa.String(200)),
    _added_by("customer"),
    sa.PrimaryKeyConstraint("customer_email"),
    schema=SUPPORT,
)

customer_calls = sa.Table(
    "customer_calls",
    METADATA,
    identity(),
    sa.Column("customer_hash", sa.BigInteger, nullable=False, comment="As in fct_tickets."),
    sa.Column("called_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("called_by", sa.String(100), nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("note", sa.String(500), comment="What was said or promised."),
    sa.Column("undone_at", INSTANT),
    sa.Column("undone_by", sa.String(100)),
    sa.PrimaryKeyConstraint("id"),
    one_of("outcome", CALL_OUTCOMES),
    sa.Index("ix_customer_calls_customer_hash", "customer_hash", "called_at"),
    schema=SUPPORT,
    comment="Calls to customers that a manager marked. An undone mark stays, and counts no more.",
)

agents = sa.Table(
    "agents",
    METADATA,
    sa.Column("agent_name", sa.String(100), nullable=False),
    sa.Column("team", sa.String(100)),
    sa.Column("hired_on", sa.Date),
    sa.Column("left_on", sa.Date),
    sa.Column("metadata", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.Column("email", sa.String(255)),
    _added_by("agent"),
    sa.PrimaryKeyConstraint("agent_name"),
    schema=SUPPORT,
)

business_calendars = sa.Table(
    "business_calendars",
    METADATA,
    identity(),
    sa.Column("name", sa.String(100), nullable=False, unique=True),
    sa.Column("time_zone", sa.String(64), nullable=False),
    sa.Column("is_default", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("countries", ARRAY(sa.Text), comment="Whose public holidays it follows; null: not chosen yet."),
    sa.Column("first_holiday_year", sa.SmallInteger, comment="The holidays of this year to the last are entered."),
    sa.Column("last_holiday_year", sa.SmallInteger),
    sa.Column(
        "countries_source",
        sa.String(10),
        comment="What the countries follow from: desk, setting, zone or import; null: chosen before this was noted.",
    ),
    sa.PrimaryKeyConstraint("id"),
    schema=SUPPORT,
)
sa.Index(
    "uq_business_calendars_default",
    business_calendars.c.is_default,
    unique=True,
    postgresql_where=business_calendars.c.is_default,
)

teams = sa.Table(
    "teams",
    METADATA,
    sa.Column("team", sa.String(100), nullable=False),
    sa.Column("calendar_id", sa.BigInteger, sa.ForeignKey(business_calendars.c.id, ondelete="CASCADE"), nullable=False),
    sa.PrimaryKeyConstraint("team"),
    schema=SUPPORT,
    comment="Teams with business hours of their own; the policy's calendar goes before the team's.",
)

business_windows = sa.Table(
    "business_windows",
    METADATA,
    identity(),
    sa.Column("calendar_id", sa.BigInteger, sa.ForeignKey(business_calendars.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("weekday", sa.SmallInteger, nullable=False, comment="0 is Monday."),
    sa.Column("opens_minute", sa.SmallInteger, nullable=False, comment="Minutes after local midnight."),
    sa.Column("closes_minute", sa.SmallInteger, nullable=False, comment="Over 1440 runs into the next day."),
    sa.Column("valid_from_date", sa.Date, comment="Null: always was."),
    sa.Column("valid_until_date", sa.Date, comment="First day it no longer holds; null: still does."),
    sa.PrimaryKeyConstraint("id"),
    sa.CheckConstraint("weekday between 0 and 6", name="weekday"),
    sa.CheckConstraint("opens_minute between 0 and 1439", name="opens_minute"),
    sa.CheckConstraint("closes_minute > opens_minute and closes_minute <= opens_minute + 1440", name="closes_minute"),
    schema=SUPPORT,
)

business_exceptions = sa.Table(
    "business_exceptions",
    METADATA,
    identity(),
    sa.Column("calendar_id", sa.BigInteger, sa.ForeignKey(business_calendars.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("on_date", sa.Date, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("opens_minute", sa.SmallInteger, comment="Null: closed all day."),
    sa.Column("closes_minute", sa.SmallInteger),
    sa.Column("country", sa.String(6), comment="Whose public holiday it is; null: entered by hand."),
    sa.PrimaryKeyConstraint("id"),
    sa.CheckConstraint("(opens_minute is null) = (closes_minute is null)", name="both_or_neither"),
    sa.CheckConstraint("closes_minute > opens_minute", name="closes_minute"),
    sa.UniqueConstraint("calendar_id", "on_date", "opens_minute", postgresql_nulls_not_distinct=True),
    schema=SUPPORT,
    comment="Dated exceptions (public holidays, short days) replace that day's weekly windows.",
)

sla_policies = sa.Table(
    "sla_policies",
    METADATA,
    identity(),
    sa.Column("name", sa.String(100), nullable=False, unique=True),
    sa.Column("position", sa.Integer, nullable=False, comment="Lowest that matches wins."),
    sa.Column("priority", sa.String(20), comment="Null matches any; so for the two below."),
    sa.Column("customer_type", sa.String(50)),
    sa.Column("channel", sa.String(20)),
    sa.Column("calendar_id", sa.BigInteger, sa.ForeignKey(business_calendars.c.id), comment="Null: calendar clock."),
    sa.Column("first_reply_minutes", sa.Integer),
    sa.Column("next_reply_minutes", sa.Integer),
    sa.Column("resolution_minutes", sa.Integer),
    sa.Column("valid_from_at", INSTANT),
    sa.Column("valid_until_at", INSTANT),
    _statuses("first_reply_pauses", "{}", "Statuses in which the clock stands still; so for the two below."),
    _statuses("next_reply_pauses", "{}"),
    _statuses("resolution_pauses", f"{{{','.join(PAUSING_STATUSES)}}}"),
    *(_known_statuses(f"{target}_pauses") for target in ("first_reply", "next_reply", "resolution")),
    sa.PrimaryKeyConstraint("id"),
    schema=SUPPORT,
)

categories = sa.Table(
    "categories",
    METADATA,
    sa.Column("slug", sa.String(100), nullable=False),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("description", sa.Text, nullable=False, server_default=""),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
    _added_by("category"),
    sa.PrimaryKeyConstraint("slug"),
    schema=SUPPORT,
)

category_keywords = sa.Table(
    "category_keywords",
    METADATA,
    sa.Column("category", sa.String(100), sa.ForeignKey(categories.c.slug, ondelete="CASCADE"), nullable=False),
    sa.Column("language", sa.String(8), nullable=False, server_default="en"),
    sa.Column("phrase", sa.String(200), nullable=False),
    sa.Column("weight", sa.Float, nullable=False, server_default="1"),
    sa.PrimaryKeyConstraint("category", "language", "phrase"),
    schema=SUPPORT,
)

classifier_settings = sa.Table(
    "classifier_settings",
    METADATA,
    sa.Column("is_only", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("abstention_threshold", sa.Float, comment="Null: the threshold of the model."),
    sa.Column(
        "languages",
        ARRAY(sa.Text),
        nullable=False,
        server_default=sa.text("'{en,tn}'"),
        comment="Languages that are told apart.",
    ),
    sa.Column(
        "wanted_template",
        sa.String(50),
        comment="Template whose categories a manager wants; the next publish_rules adds them, and empties this.",
    ),
    sa.PrimaryKeyConstraint("is_only"),
    sa.CheckConstraint("is_only", name="is_only"),
    sa.CheckConstraint("abstention_threshold between 0 and 1", name="abstention_threshold"),
    schema=SUPPORT,
    comment="One row: what managers set of the classifier as a whole.",
)

priority_rules = sa.Table(
    "priority_rules",
    METADATA,
    identity(),
    sa.Column("position", sa.Integer, nullable=False, comment="Lowest that matches wins."),
    sa.Column("customer_type", sa.String(50), comment="Null matches any."),
    sa.Column("urgency", sa.String(20), comment="Null matches any."),
    sa.Column("priority", sa.String(20), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("id"),
    schema=SUPPORT,
)

users = sa.Table(
    "users",
    METADATA,
    identity(),
    sa.Column("user_name", sa.String(100), nullable=False, unique=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("session_key", sa.String(64), nullable=False, comment="Changes with the password: ends open sessions."),
    sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("failed_login_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("locked_until_at", INSTANT),
    sa.Column("created_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("last_login_at", INSTANT),
    sa.PrimaryKeyConstraint("id"),
    one_of("role", Role),
    schema=SUPPORT,
)

login_tries = sa.Table(
    "login_tries",
    METADATA,
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey(users.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column(
        "address_key",
        sa.String(64),
        nullable=False,
        comment="A keyed hash: it tells addresses apart and does not tell them.",
    ),
    sa.Column("failed_count", sa.Integer, nullable=False),
    sa.Column("last_failed_at", INSTANT, nullable=False),
    sa.Column("locked_until_at", INSTANT),
    sa.PrimaryKeyConstraint("user_id", "address_key"),
    schema=SUPPORT,
    comment="Wrong passwords in a row, by account and by the address they came from.",
)

audit_log = sa.Table(
    "audit_log",
    METADATA,
    identity(),
    sa.Column("happened_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("actor", sa.String(100), nullable=False),
    sa.Column("action", sa.String(100), nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("details", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    sa.PrimaryKeyConstraint("id"),
    sa.Index("ix_audit_log_happened_at", "happened_at"),
    schema=SUPPORT,
)

follow_ups = sa.Table(
    "follow_ups",
    METADATA,
    sa.Column("ticket_id", sa.BigInteger, sa.ForeignKey(f"{SUPPORT}.support_tickets.id", ondelete="CASCADE")),
    sa.Column("message_at", INSTANT, nullable=False, comment="When the customer had said it."),
    sa.Column("how", sa.String(20), nullable=False),
    sa.Column("actor", sa.String(100), nullable=False),
    sa.Column("marked_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("ticket_id", "message_at"),
    one_of("how", ("phone", "dismissed")),
    schema=SUPPORT,
    comment="A message that nobody answered in writing and that is done with; a later message of the customer is not.",
)
