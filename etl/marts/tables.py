"""Lists the tables of the marts, and replaces a table by a new one."""

import sqlalchemy as sa

from warehouse.rollups.sql import ROLLUPS
from warehouse.tables import marts
from warehouse.tables.metadata import METADATA

FACT_TABLES = (marts.fct_tickets, marts.fct_ticket_events)
ROLLUP_TABLES = tuple(METADATA.tables[f"marts.{rollup.table}"] for rollup in ROLLUPS)


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table of the marts, in order."""
    return tuple(METADATA.tables[f"marts.{table}"].columns.keys())


def finish_new_table(connection: sa.Connection, table: sa.Table) -> None:
    """Give `new_<table>` the declared constraints and indexes, under names that do not clash with the old ones."""
    required = [column.name for column in table.columns if not column.nullable]
    changes = ", ".join(f"alter column {name} set not null" for name in required)
    connection.exec_driver_sql(f"alter table marts.new_{table.name} {changes}")
    keys = ", ".join(column.name for column in table.primary_key.columns)
    connection.exec_driver_sql(f"create unique index new_pk_{table.name} on marts.new_{table.name} ({keys})")
    for index in table.indexes:
        statement = str(sa.schema.CreateIndex(index).compile(connection))
        renamed = statement.replace(f"INDEX {index.name} ON marts.", f"INDEX new_{index.name} ON marts.new_")
        connection.exec_driver_sql(renamed)


def swap_table(connection: sa.Connection, table: sa.Table) -> None:
    """Drop a table and give its name to `new_<table>`; readers wait only for this exchange."""
    name = table.name
    statements = [
        f"drop table if exists marts.{name}",
        f"alter table marts.new_{name} rename to {name}",
        f"alter table marts.{name} add constraint pk_{name} primary key using index new_pk_{name}",
        *(f"alter index marts.new_{index.name} rename to {index.name}" for index in table.indexes),
        f"alter table marts.{name} owner to support_etl_writer",
        f"grant select on marts.{name} to support_portal_reader",
    ]
    for statement in statements:
        connection.exec_driver_sql(statement)
