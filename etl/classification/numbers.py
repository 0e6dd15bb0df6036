"""The numbers under which people find tickets: the key with which one came in, else its id."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from etl.running.sql import read_sql

_LARGEST_ID = 2**63 - 1


def numbers_of(connection: sa.Connection, tickets: Collection[int]) -> dict[int, str]:
    """Return the number of each of some tickets that has another one than its id.

    Args:
        connection: In the role `etl_writer`.
        tickets: Their ids.
    """
    if not tickets:
        return {}
    found = connection.execute(
        sa.text(read_sql("classification/sql/numbers_of_tickets.sql")), {"tickets": list(tickets)}
    )
    return {row.ticket_id: row.number for row in found}


def tickets_with(connection: sa.Connection, numbers: Iterable[str], source: str | None) -> Mapping[str, Sequence[int]]:
    """Return the tickets that have each of some numbers; several where sources share one.

    Args:
        connection: In the role `etl_writer`.
        numbers: The numbers.
        source: The source whose numbers are meant; None means all.
    """
    asked = sorted(numbers)
    if not asked:
        return {}
    ids = [int(each) for each in asked if each.isascii() and each.isdigit() and int(each) <= _LARGEST_ID]
    rows = connection.execute(
        sa.text(read_sql("classification/sql/numbered_tickets.sql")), {"numbers": asked, "ids": ids}
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        if source is None or row.source == source:
            found.setdefault(row.number, []).append(row.ticket_id)
    return found
