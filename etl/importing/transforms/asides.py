"""What of a file's rows came in otherwise than it stands there: counted, with the first lines and values."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from analytics.notices import Notice
from etl.importing.transforms.reasons import Rule
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS, FieldKind, TicketField

_MOST_LINES: Final = 10
_MOST_VALUES: Final = 20
_MOST_COUNTED: Final = 1_000
_VALUE_WIDTH: Final = 40
_CLOSED_LISTS: Final = frozenset({FieldKind.WORD, FieldKind.RATING, FieldKind.FLAG, FieldKind.VERDICT})
_OF_TICKETS: Final = frozenset({Rule.STILL_OPEN, Rule.COUNTS_BY_DAYS})
"""Rules whose sentence about a date is one about its ticket; the rule is the slug."""


@dataclass(slots=True)
class _Tally:
    """How often one thing happened, where, and with which values."""

    count: int = 0
    lines: list[int] = field(default_factory=list)
    values: Counter[str] = field(default_factory=Counter)

    def add(self, line_number: int, value: str = "") -> None:
        self.count += 1
        if len(self.lines) < _MOST_LINES:
            self.lines.append(line_number)
        if value and (value in self.values or len(self.values) < _MOST_COUNTED):
            self.values[value] += 1

    def facts(self) -> dict[str, int | str]:
        shown = [f"{value} ({count:,})" for value, count in self.values.most_common(_MOST_VALUES)]
        more = len(self.values) - len(shown)
        values = ", ".join(shown) + (f" and {more:,} more" if more else "")
        return {"row_count": self.count, "lines": ", ".join(map(str, self.lines)), "values": values}


class Asides:
    """The tallies of one file."""

    def __init__(self, fields: Mapping[str, TicketField] = TICKET_FIELDS) -> None:
        """Begin with nothing.

        Args:
            fields: The fields of the records.
        """
        self._fields = fields
        self._cells: dict[tuple[str, str, Rule], _Tally] = {}
        self._dates: dict[str, _Tally] = {}

    def cell(self, line_number: int, column: str, field_name: str, rule: Rule, value: str) -> None:
        """Count a cell that is kept aside in the record. Values of closed lists alone are remembered."""
        tally = self._cells.setdefault((column, field_name, rule), _Tally())
        is_shown = self._fields[field_name].kind in _CLOSED_LISTS
        tally.add(line_number, value.strip()[:_VALUE_WIDTH] if is_shown else "")

    def date(self, line_number: int, slug: str) -> None:
        """Count a ticket whose date comes from elsewhere."""
        self._dates.setdefault(slug, _Tally()).add(line_number)

    def notices(self) -> Iterator[Notice]:
        """Yield what is to be said about them."""
        for (column, field_name, rule), tally in self._cells.items():
            facts = {"column": column, "field": field_name, "rule": str(rule), **tally.facts()}
            is_of_ticket = rule in _OF_TICKETS and self._fields[field_name].kind is FieldKind.INSTANT
            yield Notice(str(rule) if is_of_ticket else "cells_aside", facts)
        for slug, tally in self._dates.items():
            yield Notice(slug, tally.facts())
