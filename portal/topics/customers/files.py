"""The ranked list of customers as a file."""

from collections.abc import Mapping
from typing import Final

from portal.numbers.called import Call, called
from portal.topics.customers.dataset import Ranking
from table_files.table import Column, Table, Value

_HEADS: Final = {"person": "Customer", "organisation": "Organisation", "type": "Customer type"}


def customers_table(found: Ranking, calls: Mapping[int, Call], zone: str) -> Table:
    """Return the whole list in the page's order.

    Args:
        found: With all rows.
        calls: Customer -> the latest call.
        zone: The reporting zone.
    """
    heads = [_HEADS[found.by], "Tickets", "Tickets before", "Minutes of work", "Reopened"]
    heads += ["Type and organisation", "Called"] if found.by == "person" else []
    rows = (_values(found, place, calls) for place in range(len(found.rows)))
    return Table("Customers", [Column(head, width=28) for head in heads], rows, zone)


def _values(found: Ranking, place: int, calls: Mapping[int, Call]) -> tuple[Value, ...]:
    row = found.rows[place]
    minutes = None if row.minutes is None else round(row.minutes, 1)
    values: tuple[Value, ...] = (row.label, row.tickets, row.before, minutes, row.reopens)
    if row.customer is None:
        return values
    call = calls.get(row.customer)
    return (*values, row.aside, None if call is None else called(call))
