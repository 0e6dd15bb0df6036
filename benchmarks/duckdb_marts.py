"""The same facts and rollups in DuckDB, from the same SQL: `benchmarks.marts_rebuild` compares our time with DuckDB's.

The statements are those of `etl/marts/sql` and `warehouse.rollups.sql`; a few words are changed that DuckDB writes
differently. Where DuckDB has no counterpart it gets a cheaper way: business time is one look-up in a table of minutes,
and a bucket is a logarithm.
"""

import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb
import sqlalchemy as sa

from analytics.histograms import GAMMA
from etl.marts.custom_dimensions import with_custom_ids
from etl.marts.facts import DESK_STAGE, FACTS, SCOPED_STAGES, STAGES, table_of
from etl.marts.tables import columns_of
from etl.running.sql import read_sql
from warehouse.rollups.sql import ROLLUPS, cells_from_cells, cells_from_facts, parent_of

_TABLES: Final = {
    "support.support_tickets": "id, customer_email, category, priority, status, created_at, resolved_at,"
    " assigned_agent, customer_satisfaction_score, channel, customer_type, team, is_date_only, is_outbound, exclusion,"
    " survey_offered_at, rated_at, needs_no_answer, first_replied_at, source_sla_met, closed_at,"
    " source_changed_at, reopen_count,"
    " handle_seconds, merged_into_id, organisation, brand",
    "support.ticket_ratings": "id, ticket_id, prompt, offered_at, rated_at, score, is_from_ticket",
    "support.customer_interactions": "id, ticket_id, interaction_type, agent_name, duration_minutes, timestamp,"
    " direction, is_public, is_automatic",
    "support.ticket_status_history": "id, ticket_id, status, changed_at, changed_by, is_automatic",
    "support.ticket_field_history": "id, ticket_id, field, old_value, new_value, changed_at, changed_by, is_automatic",
    "support.customers": "customer_email, customer_type, organisation",
    "raw.imports": "source, kind, undone_at",
    "support.business_calendars": "id, is_default",
    "support.sla_policies": "id, name",
    "support.teams": "team, calendar_id",
    "marts.sla_policy_choices": "*",
    "marts.sla_pauses": "*",
    "marts.dimension_values": "*",
}
_EMPTY_COLUMNS: Final = {
    **dict.fromkeys(
        ("first_replied_at", "closed_at", "source_changed_at", "offered_at", "rated_at", "undone_at"), "timestamptz"
    ),
    **dict.fromkeys(("reopen_count", "handle_seconds", "merged_into_id", "calendar_id", "ticket_id"), "bigint"),
    **dict.fromkeys(("prompt", "organisation", "brand"), "varchar"),
    **dict.fromkeys(("source_sla_met", "is_from_ticket"), "boolean"),
    "score": "smallint",
}
"""Columns that may hold nothing, so that their types cannot be seen."""
_OWN_IDS: Final = (
    "select ticket.id as ticket_id, organisation.id as organisation_id, brand.id as brand_id"
    " from support.support_tickets as ticket"
    " left join support.customers as customer on ticket.customer_email = customer.customer_email"
    " left join marts.dimension_values as organisation on organisation.dimension = 'organisation'"
    " and coalesce(ticket.organisation, customer.organisation) = organisation.value"
    " left join marts.dimension_values as brand on brand.dimension = 'brand' and ticket.brand = brand.value"
)
"""The desk's own dimensions, of which none is declared."""
_MACROS: Final = (
    "microseconds(instant) as epoch_us(instant)",
    "utc_day(instant) as instant // 60000000",
    "open_microseconds(before, is_open, instant) as before + is_open * (instant % 60000000)",
    "due_after(calendar, start_at, open_us) as start_at + to_microseconds(open_us)",
    (
        "is_open(calendar, instant) as (select day.open_minutes = 1 from marts.business_days as day"
        " where day.calendar_id = calendar and day.utc_day = instant // 60000000)"
    ),
    # A list of entries takes the place of the bytes.
    "histogram_entry(bucket, n) as (bucket * 32768 + 16384 + n)::integer",
    "compact_histogram(lists) as flatten(lists)",
)
_BUCKET: Final = re.compile(r"width_bucket\(\((\w+)\)::bigint, '\{[0-9,]*\}'::bigint\[\]\)")
_VALUES: Final = re.compile(r"cross join lateral \(values (.*)\) as (\w+) \(([\w, ]+)\)")
_LATERAL: Final = re.compile(r"cross join lateral \(\s*select(.*?) as is_reply\s*\) as reply", re.DOTALL)


def copy_in(source: sa.Engine, target: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """Copy the tables that facts come from, from PostgreSQL to DuckDB."""
    target.execute("create schema raw; create schema support; create schema marts;")
    with source.connect() as connection:
        cursor = connection.connection.cursor()
        for table, columns in _TABLES.items():
            path = directory / f"{table}.csv"
            with path.open("wb") as file:
                cursor.copy_expert(f"copy (select {columns} from {table}) to stdout with (format csv, header)", file)
            types = {name: kind for name, kind in _EMPTY_COLUMNS.items() if name in columns.split(", ")}
            target.execute(
                f"create table {table} as"
                f" select * from read_csv('{path}', sample_size=-1, all_varchar=false, types={types})"
            )
            path.unlink()
        _copy_minutes(cursor, target, directory / "minutes.csv")


def _copy_minutes(cursor: object, target: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make a table with a row for each minute of each calendar: open microseconds before it, and whether it is open."""
    query = (
        "select calendar_id, utc_day::bigint * 1440 + minute as utc_day,"
        " 1000000 * open_seconds_before + 60000000 * bit_count(substring(open_minutes from 1 for minute))"
        " as open_seconds_before, get_bit(open_minutes, minute) as open_minutes"
        " from marts.business_days cross join generate_series(0, 1439) as minute"
    )
    with path.open("wb") as file:
        cursor.copy_expert(f"copy ({query}) to stdout with (format csv, header)", file)  # type: ignore[attr-defined]
    target.execute(f"create table marts.business_days as select * from read_csv('{path}')")
    for macro in _MACROS:
        target.execute(f"create macro marts.{macro}")
    path.unlink()


def rebuild(target: duckdb.DuckDBPyConnection, time_zone: str, say: Callable[[str], None]) -> float:
    """Derive facts and rollups; return the seconds it took."""
    target.execute(f"set TimeZone = '{time_zone}'")
    began = time.perf_counter()
    for stage in (DESK_STAGE, *STAGES, *SCOPED_STAGES):
        _create(target, table_of(stage), read_sql(stage), say)
    _create(target, "custom_ids", _OWN_IDS, say)
    for fact in FACTS:
        table = table_of(fact)
        columns = columns_of(table)
        _create(target, f"new_{table}", with_custom_ids(read_sql(fact), (), columns), say)
    for rollup in ROLLUPS:
        parent = parent_of(rollup)
        cells = (
            cells_from_facts(rollup, signed=False)
            if parent is None
            else cells_from_cells(rollup, f"new_{parent.table}", parent.grain)
        )
        _create(target, f"new_{rollup.table}", f"{cells} order by {', '.join(rollup.keys)}", say)
    return time.perf_counter() - began


def _create(target: duckdb.DuckDBPyConnection, table: str, sql: str, say: Callable[[str], None]) -> None:
    began = time.perf_counter()
    target.execute(f"create table {table} as {in_duckdb(sql)}")
    say(f"{table}: {time.perf_counter() - began:.2f} s")


def in_duckdb(sql: str) -> str:
    """Return the statement in DuckDB's SQL."""
    sql = _BUCKET.sub(lambda found: f"cast(ln(greatest({found[1]}, 1)) / {math.log(GAMMA)} as integer)", sql)
    sql = _VALUES.sub(_unnested, sql)
    sql = _LATERAL.sub("", sql)
    sql = _with_lists(sql) if "histogram" in sql else sql
    replaced = {
        "reply.is_reply": "(interaction.is_public and interaction.direction = 'outbound'"
        " and not interaction.is_automatic and interaction.agent_name is not null)",
        'collate "C"': "",
        "hashtextextended(ticket.customer_email, 0)": "hash(ticket.customer_email)",
        "(select from ": "(select 1 from ",
        "(\n            select from ": "(\n            select 1 from ",
        "select from ": "select 1 from ",
        " / 1000000)": " // 1000000)",
        "'-infinity'": "'-infinity'::timestamptz",
    }
    for before, after in replaced.items():
        sql = sql.replace(before, after)
    return sql


def _with_lists(sql: str) -> str:
    """Return the statement with lists of entries where PostgreSQL concatenates bytes."""
    sql = sql.replace("string_agg(", "list(").replace("(where n <> 0), '')", "(where n <> 0), [])")
    return sql.replace(", '' order by", " order by").replace(", '')", ")")


def _unnested(found: re.Match[str]) -> str:
    names = found[3].split(", ")
    rows = (row.split(", ") for row in re.findall(r"\(([^()]+)\)", found[1]))
    structs = ", ".join(
        "{" + ", ".join(f"'{name}': {value}" for name, value in zip(names, row, strict=True)) + "}" for row in rows
    )
    return f"cross join lateral (select unnest([{structs}], recursive := true)) as {found[2]}"
