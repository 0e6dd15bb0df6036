"""Rows that lie with a ticket of another source come to the ticket of their own when that comes in."""

from typing import Final

import sqlalchemy as sa

from etl.importing.kinds.record_kind import RecordKind
from etl.importing.kinds.registry import KINDS
from etl.running.sql import read_sql

_STAGING: Final = "importing/sql/strays/staging.sql"
_NOTED: Final = ("importing/sql/strays/kept.sql", "importing/sql/strays/overlaps.sql")


def bring_home(connection: sa.Connection, source: str, import_id: int) -> None:
    """Move what happened to tickets of an import from tickets of other sources to them.

    Args:
        connection: The import's transaction.
        source: Name under which the tickets are kept.
        import_id: Number of the import.
    """
    connection.exec_driver_sql(read_sql(_STAGING))
    found = sa.text(read_sql("importing/sql/strays/found.sql"))
    if connection.execute(found, {"source": source, "import_id": import_id}).rowcount == 0:
        return
    for path in _NOTED:
        connection.execute(sa.text(read_sql(path)), {"import_id": import_id})
    _move(connection)


def send_back(connection: sa.Connection, import_id: int) -> None:
    """Move the rows that an import brought to its tickets back to where they lay, unless that ticket is gone.

    Args:
        connection: The undo's transaction.
        import_id: Number of the import.
    """
    connection.exec_driver_sql(read_sql(_STAGING))
    found = sa.text(read_sql("importing/sql/strays/to_send_back.sql"))
    if connection.execute(found, {"import_id": import_id}).rowcount:
        _move(connection)


def _move(connection: sa.Connection) -> None:
    connection.exec_driver_sql(read_sql("importing/sql/strays/records.sql"))
    for kind in KINDS.values():
        if kind.has_rows_of_tickets:
            connection.execute(_rows_of(kind), {"kind": kind.slug})


def _rows_of(kind: RecordKind) -> sa.TextClause:
    """Return what moves the rows of a kind: they go and come anew, because triggers keep what comes and goes right."""
    table = kind.table.fullname
    names = ", ".join(column.name for column in kind.table.columns if column.name != "ticket_id")
    return sa.text(
        f"with gone as (delete from {table} as present using strays"
        " where strays.kind = :kind and present.id = strays.row_id returning present.*, strays.to_ticket_id)"
        f" insert into {table} (ticket_id, {names}) overriding system value select to_ticket_id, {names} from gone"
    )
