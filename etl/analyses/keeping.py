"""Replaces the stored results of an analysis with new ones."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from etl.running.data_version import tell_new_results


def replace_rows(connection: sa.Connection, tables: Mapping[sa.Table, list[dict[str, Any]]]) -> int:
    """Replace all rows of the given tables in one transaction, and tell the portal.

    Returns:
        Rows written.
    """
    for table, rows in tables.items():
        connection.execute(sa.delete(table))
        if rows:
            connection.execute(sa.insert(table), rows)
    tell_new_results(connection)
    return sum(len(rows) for rows in tables.values())
