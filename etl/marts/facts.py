"""Derive facts from the system of record, for every ticket or for the changed ones."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import sqlalchemy as sa

from etl.marts.custom_dimensions import stage_custom_dimensions, with_custom_ids
from etl.marts.tables import columns_of
from etl.running.sql import limited_to_changes, read_sql
from warehouse.rollups.custom import CustomDimension
from warehouse.tables.metadata import MARTS

DESK_STAGE: Final = "marts/sql/message_coverage.sql"
"""One row about the whole desk, however few tickets are derived."""
STAGES: Final = (
    "marts/sql/staging/status_steps.sql",
    "marts/sql/staging/status_transitions.sql",
    "marts/sql/staging/ticket_statuses.sql",
    "marts/sql/staging/field_spans.sql",
    "marts/sql/staging/escalations.sql",
    "marts/sql/staging/ticket_messages.sql",
    "marts/sql/staging/ticket_turns.sql",
    "marts/sql/staging/proactive_updates.sql",
    "marts/sql/staging/ticket_contacts.sql",
    "marts/sql/staging/handovers.sql",
    "marts/sql/staging/merged_minutes.sql",
    "marts/sql/staging/survey_rows.sql",
    "marts/sql/staging/survey_events.sql",
)
"""The order matters: a stage reads the stages before it. Each makes a temporary table with its file's name."""
SCOPED_STAGES: Final = (
    "marts/sql/staging/ticket_scope.sql",
    "marts/sql/staging/team_calendars.sql",
    "marts/sql/staging/first_replies.sql",
    "marts/sql/staging/next_asks.sql",
    "marts/sql/staging/ticket_pauses.sql",
    "marts/sql/staging/paused_clocks.sql",
    "marts/sql/staging/calendar_stretches.sql",
    "marts/sql/staging/cumulative_clocks.sql",
)
"""Stages that need the ids of dimensions and the choice of policies."""
FACTS: Final = ("marts/sql/fct_ticket_events.sql", "marts/sql/fct_tickets.sql")

_NEW_CHOICES = sa.text(
    "insert into marts.sla_policy_choices (priority, customer_type, channel, valid_from_at, valid_until_at,"
    " sla_policy_id, calendar_id, first_reply_seconds, next_reply_seconds, resolution_seconds) "
    + read_sql("marts/sql/sla_policy_choices.sql")
    + " on conflict (priority, customer_type, channel, valid_from_at) do nothing"
)
_NEW_PAUSES = sa.text(
    "insert into marts.sla_pauses (sla_policy_id, status, is_first_reply, is_next_reply, is_resolution, is_net) "
    + read_sql("marts/sql/sla_pauses.sql")
    + " on conflict (sla_policy_id, status) do nothing"
)


def derive_facts(
    connection: sa.Connection, *, changed_only: bool, renew_policies: bool = False
) -> tuple[CustomDimension, ...]:
    """Create `new_fct_tickets` and `new_fct_ticket_events`.

    For the changed tickets these are temporary tables. For all tickets they are made in schema marts, where they will
    replace the old tables.

    Args:
        connection: In a transaction whose time zone is the reporting zone, see `reporting_zone`.
        changed_only: Derive the tickets in the temporary table `changed_tickets` only.
        renew_policies: Read the policies anew, as for all tickets.

    Returns:
        The dimensions of the desk's own that the facts hold.
    """
    customs = stage_custom_dimensions(connection, changed_only=changed_only)
    for stage in (DESK_STAGE, *STAGES):
        _stage(connection, stage, changed_only=changed_only)
    _add_dimension_values(connection, changed_only=changed_only, renew_policies=renew_policies or not changed_only)
    for stage in SCOPED_STAGES:
        _stage(connection, stage, changed_only=changed_only)
    for fact in FACTS:
        _fact(connection, fact, customs, changed_only=changed_only)
    return customs


def _fact(connection: sa.Connection, path: str, customs: Sequence[CustomDimension], *, changed_only: bool) -> None:
    table = table_of(path)
    columns = columns_of(table)
    sql = with_custom_ids(limited_to_changes(read_sql(path)) if changed_only else read_sql(path), customs, columns)
    if changed_only:
        create = f"create temporary table new_{table} on commit drop as {sql}"
    else:
        create = f"create table {MARTS}.new_{table} as {sql}"
    connection.execute(sa.text(create))
    connection.exec_driver_sql(f"analyze new_{table}")


def table_of(path: str) -> str:
    """Return the name of the table that an SQL file makes: the file's name."""
    return PurePosixPath(path).stem


def _stage(connection: sa.Connection, path: str, *, changed_only: bool) -> None:
    sql, table = limited_to_changes(read_sql(path)) if changed_only else read_sql(path), table_of(path)
    connection.execute(sa.text(f"create temporary table {table} on commit drop as {sql}"))
    # Without statistics PostgreSQL would plan a join of staged tables for a handful of rows.
    connection.execute(sa.text(f"analyze {table}"))


def _add_dimension_values(connection: sa.Connection, *, changed_only: bool, renew_policies: bool) -> None:
    sql = read_sql("marts/sql/staging/new_dimension_values.sql")
    added = connection.execute(
        sa.text(
            "insert into marts.dimension_values (dimension, value, id) "
            + (limited_to_changes(sql) if changed_only else sql)
        )
    )
    if renew_policies:
        connection.execute(sa.text("delete from marts.sla_policy_choices"))
        connection.execute(sa.text("delete from marts.sla_pauses"))
    if added.rowcount or renew_policies:
        connection.execute(_NEW_CHOICES)
        connection.execute(_NEW_PAUSES)
        # These tables are joined with every ticket. Without statistics PostgreSQL would plan for a single row.
        connection.exec_driver_sql("analyze marts.dimension_values")
        connection.exec_driver_sql("analyze marts.sla_policy_choices")
        connection.exec_driver_sql("analyze marts.sla_pauses")


def reporting_zone(connection: sa.Connection, time_zone: str) -> None:
    """Set this transaction's time zone to the reporting zone, and let it find temporary tables first."""
    connection.execute(sa.select(sa.func.set_config("timezone", time_zone, True)))  # noqa: FBT003 - set_config's own signature
    connection.execute(sa.text("set local search_path to pg_temp, marts, pg_catalog"))
