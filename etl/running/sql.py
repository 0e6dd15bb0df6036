"""Reads the SQL files of the jobs and puts the declared codes in the places of their names."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from analytics.time_units import MEAN_MONTH_DAYS
from analytics.vocabulary import (
    CHANNELS,
    HANDOVER,
    LARGEST_CLOCK_ERROR,
    NO_CUSTOMER,
    NOT_SET,
    NOT_SET_ID,
    PAUSING_STATUSES,
    PRIORITIES,
    SOLVED_STATUSES,
    STATUSES,
    TOTAL_SERIES,
    UNKNOWN_HOUR,
    EventKind,
    SlaState,
    SlaTarget,
)

_ETL: Final = Path(__file__).parents[1]
IN_CHANGED_TICKETS: Final = "= any(array(select ticket_id from changed_tickets))"
"""A condition and not a join, so that PostgreSQL uses an index even in a query with many joins."""
_SCOPE: Final = re.compile(r"/\* scope: (\S+) \*/ true")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"event_{kind.name.lower()}": str(kind.value) for kind in EventKind},
        **{f"sla_{state.name.lower()}": str(state.value) for state in SlaState},
        **{f"target_{target.name.lower()}": str(target.value) for target in SlaTarget},
        "handover": f"'{HANDOVER}'",
        "not_set": f"'{NOT_SET}'",
        "not_set_id": str(NOT_SET_ID),
        "unknown_hour": str(UNKNOWN_HOUR),
        "no_customer": f"'{NO_CUSTOMER}'",
        "solved_statuses": f"({_listed(SOLVED_STATUSES)})",
        "statuses": f"array[{_listed(STATUSES)}]",
        "pausing_statuses": f"array[{_listed(PAUSING_STATUSES)}]",
        "largest_clock_error": str(LARGEST_CLOCK_ERROR // timedelta(microseconds=1)),
        "priorities": f"array[{_listed(PRIORITIES)}]",
        "total_series": f"'{TOTAL_SERIES}'",
        "mean_month_days": str(MEAN_MONTH_DAYS),
        "channels": f"array[{_listed(CHANNELS)}]",
    }
)
"""Name that an SQL file writes with a colon before it -> the SQL that it stands for."""
_NAME: Final = re.compile(r"(?<![:\w]):(\w+)")


@cache
def read_sql(path: str) -> str:
    """Return the text of an SQL file. The names of `CODES` are filled in; any other name is left to be bound.

    Args:
        path: Path below `etl/`, such as "marts/sql/fct_tickets.sql". Write it in one piece, so that a search finds
            it.
    """
    text = (_ETL / path).read_text(encoding="utf-8")
    return _NAME.sub(lambda found: CODES.get(found[1], found[0]), text)


def sql_files(folder: str) -> tuple[str, ...]:
    """Return the paths of a folder's files, for `read_sql`, in order."""
    return tuple(f"{folder}/{path.name}" for path in sorted((_ETL / folder).glob("*.sql")))


def limited_to_changes(sql: str) -> str:
    """Return the SQL for the tickets in `changed_tickets` only.

    A file marks the place with a comment, ``/* scope: <ticket id column> */ true``. Unchanged, it means every ticket.
    """
    return _SCOPE.sub(rf"\1 {IN_CHANGED_TICKETS}", sql)
