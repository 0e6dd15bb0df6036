"""Fills empty tables quickly: without indexes, foreign keys and triggers, which are put back exactly as they were."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

_INDEXES: Final = sa.text(
    "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index "
    "where indrelid::regclass::text = any(:tables) "
    "and not exists (select from pg_constraint where conindid = indexrelid) order by 1"
)
_FOREIGN_KEYS: Final = sa.text(
    "select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint "
    "where contype = 'f' and conrelid::regclass::text = any(:tables) order by 1, 2"
)


@contextmanager
def bare_tables(connection: sa.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Remove everything from the tables that slows inserts down, and put it back at the end.

    At the end all indexes are built at once, and all foreign keys checked at once. The tables are locked until the
    transaction ends. After an error nothing is put back here; rolling the transaction back restores everything.

    Args:
        connection: A connection in a transaction, as the tables' owner.
        tables: Names with their schema, as PostgreSQL writes them. Triggers do not run; the caller has to do their
            work.
    """
    names = {"tables": list(tables)}
    indexes = connection.execute(_INDEXES, names).all()
    foreign_keys = connection.execute(_FOREIGN_KEYS, names).all()
    for table in tables:
        connection.execute(sa.text(f"alter table {table} disable trigger user"))
    for table, name, _definition in foreign_keys:
        connection.execute(sa.text(f"alter table {table} drop constraint {name}"))
    for index, _definition in indexes:
        connection.execute(sa.text(f"drop index {index}"))
    yield
    connection.execute(sa.text("set local maintenance_work_mem = '256MB'"))
    for _index, definition in indexes:
        connection.exec_driver_sql(definition.replace("%", "%%"))
    for table, name, definition in foreign_keys:
        connection.execute(sa.text(f"alter table {table} add constraint {name} {definition}"))
    for table in tables:
        connection.execute(sa.text(f"alter table {table} enable trigger user"))
