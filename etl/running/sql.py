"""Reads the SQL files of the jobs."""

import re
from functools import cache
from pathlib import Path
from typing import Final

_ETL: Final = Path(__file__).parents[1]
IN_CHANGED_TICKETS: Final = "= any(array(select ticket_id from changed_tickets))"
"""A condition and not a join, so that PostgreSQL uses an index even in a query with many joins."""
_SCOPE: Final = re.compile(r"/\* scope: (\S+) \*/ true")


@cache
def read_sql(path: str) -> str:
    """Return the text of an SQL file.

    Args:
        path: Path below `etl/`, such as "marts/sql/fct_tickets.sql". Write it in one piece, so that a search finds
            it.
    """
    return (_ETL / path).read_text(encoding="utf-8")


def sql_files(folder: str) -> tuple[str, ...]:
    """Return the paths of a folder's files, for `read_sql`, in order."""
    return tuple(f"{folder}/{path.name}" for path in sorted((_ETL / folder).glob("*.sql")))


def limited_to_changes(sql: str) -> str:
    """Return the SQL for the tickets in `changed_tickets` only.

    A file marks the place with a comment, ``/* scope: <ticket id column> */ true``. Unchanged, it means every ticket.
    """
    return _SCOPE.sub(rf"\1 {IN_CHANGED_TICKETS}", sql)
