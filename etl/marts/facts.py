"""Derive facts from the system of record, for every ticket or for the changed ones."""

from typing import Final

import sqlalchemy as sa

from etl.sql import limited_to_changes, read_sql
from warehouse.tables.metadata import MARTS

STAGES: Final = (
    "status_steps",
    "status_transitions",
    "ticket_statuses",
    "field_spans",
    "escalations",
    "ticket_messages",
    "ticket_turns",
    "ticket_openings",
    "proactive_updates",
    "ticket_contacts",
)
FACTS: Final = ("fct_ticket_events", "fct_tickets")

_NEW_CHOICES = sa.text(
    "insert into marts.sla_policy_choices (priority, customer_type, channel, valid_from_at, valid_until_at,"
    " sla_policy_id, calendar_id, first_reply_seconds, next_reply_seconds, resolution_seconds) "
    + read_sql("marts/sla_policy_choices")
    + " on conflict (priority, customer_type, channel, valid_from_at) do nothing"
)


def derive_facts(connection: sa.Connection, *, changed_only: bool) -> None:
    """Create `new_fct_tickets` and `new_fct_ticket_events`.

    For the changed tickets they are temporary tables; for all tickets they are made in schema marts,
    to take the old tables' places.

    Args:
        connection: In a transaction whose time zone is the reporting zone, see `reporting_zone`.
        changed_only: Derive the tickets in the temporary table `changed_tickets` only.
    """
    for stage in STAGES:
        _stage(connection, stage, f"staging/{stage}", changed_only=changed_only)
    _add_dimension_values(connection, changed_only=changed_only)
    _stage(connection, "ticket_scope", "staging/ticket_scope", changed_only=changed_only)
    for fact in FACTS:
        _fact(connection, fact, changed_only=changed_only)


def _fact(connection: sa.Connection, table: str, *, changed_only: bool) -> None:
    sql = read_sql(f"marts/{table}")
    if changed_only:
        create = f"create temporary table new_{table} on commit drop as {limited_to_changes(sql)}"
    else:
        create = f"create table {MARTS}.new_{table} as {sql}"
    connection.execute(sa.text(create))
    connection.exec_driver_sql(f"analyze new_{table}")


def _stage(connection: sa.Connection, table: str, name: str, *, changed_only: bool) -> None:
    sql = limited_to_changes(read_sql(name)) if changed_only else read_sql(name)
    connection.execute(sa.text(f"create temporary table {table} on commit drop as {sql}"))
    # Without statistics a join of staged tables is planned for a handful of rows.
    connection.execute(sa.text(f"analyze {table}"))


def _add_dimension_values(connection: sa.Connection, *, changed_only: bool) -> None:
    sql = read_sql("staging/new_dimension_values")
    added = connection.execute(
        sa.text(
            "insert into marts.dimension_values (dimension, value, id) "
            + (limited_to_changes(sql) if changed_only else sql)
        )
    )
    if not changed_only:
        connection.execute(sa.text("delete from marts.sla_policy_choices"))
    if added.rowcount or not changed_only:
        connection.execute(_NEW_CHOICES)
        # Joined with every ticket: planned for its real size, or for one row.
        connection.exec_driver_sql("analyze marts.dimension_values")
        connection.exec_driver_sql("analyze marts.sla_policy_choices")


def reporting_zone(connection: sa.Connection, time_zone: str) -> None:
    """Let this transaction's dates and hours be those of the reporting zone, and find temporary tables first."""
    connection.execute(sa.select(sa.func.set_config("timezone", time_zone, True)))  # noqa: FBT003 - set_config's own signature
    connection.execute(sa.text("set local search_path to pg_temp, marts, pg_catalog"))
