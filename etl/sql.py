"""The SQL files of the jobs."""

import re
from functools import cache
from pathlib import Path
from typing import Final

_DIRECTORY: Final = Path(__file__).parent / "sql"
IN_CHANGED_TICKETS: Final = "= any(array(select ticket_id from changed_tickets))"
"""A condition and not a join, so that an index is used however many joins surround it."""
_SCOPE: Final = re.compile(r"/\* scope: (\S+) \*/ true")


@cache
def read_sql(name: str) -> str:
    """Return the text of a file below etl/sql.

    Args:
        name: Path without suffix, such as "marts/fct_tickets".
    """
    return (_DIRECTORY / f"{name}.sql").read_text(encoding="utf-8")


def sql_names(folder: str) -> tuple[str, ...]:
    """Return the names of a folder's files, for `read_sql`, in order."""
    return tuple(f"{folder}/{path.stem}" for path in sorted((_DIRECTORY / folder).glob("*.sql")))


def limited_to_changes(sql: str) -> str:
    """Return the SQL for the tickets in `changed_tickets` only.

    The files say where with a comment, ``/* scope: <ticket id column> */ true``, and as they stand mean every ticket.
    """
    return _SCOPE.sub(rf"\1 {IN_CHANGED_TICKETS}", sql)
