"""A table to take away. Both forms are made from its cells, so that the two cannot differ."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

Value = str | int | float | date | None
"""What a table is made from; an instant knows its zone, whichever that is."""
Cell = str | int | float | date | time | None
"""What stands in a file; an instant is a naive time of the table's zone."""


class Kind(Enum):
    """What a column holds.

    Attributes:
        PLAIN: Texts, numbers, and days that are the same everywhere.
        INSTANT: Instants, told by the zone's clock; a day alone where the time is not known.
        DAY: The day of an instant, by the zone's calendar.
        TIME: Hour and minute of an instant, by the zone's clock.
    """

    PLAIN = "plain"
    INSTANT = "instant"
    DAY = "day"
    TIME = "time"


_WIDTH: Final = 18


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: What its heading says, without the zone.
        kind: What it holds.
        width: Characters that a workbook shows of it.
    """

    name: str
    kind: Kind = Kind.PLAIN
    width: int = _WIDTH

    def heading(self, zone: str) -> str:
        """Return what stands above the column: its name, and the zone where that matters."""
        return self.name if self.kind is Kind.PLAIN else f"{self.name} ({zone})"

    def cell(self, value: Value, zone: ZoneInfo) -> Cell:
        """Return what stands in a file for a value.

        Raises:
            UnclearInstantError: If nobody could tell by which clock an instant is.
        """
        if isinstance(value, datetime):
            return self._of_instant(value, zone)
        return None if isinstance(value, float) and not math.isfinite(value) else value

    def _of_instant(self, value: datetime, zone: ZoneInfo) -> Cell:
        if value.tzinfo is None or self.kind is Kind.PLAIN:
            raise UnclearInstantError(self.name)
        local = value.astimezone(zone).replace(tzinfo=None, microsecond=0)
        if self.kind is Kind.INSTANT:
            return local
        return local.date() if self.kind is Kind.DAY else local.time()


class UnclearInstantError(ValueError):
    """An instant has no zone, or stands in a column that is not said to hold instants; a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to take away.

    Attributes:
        name: Of a workbook's sheet: 31 characters at most, none of the marks that Excel refuses.
        columns: From left to right.
        rows: One value for each column; may be read only once, while the file is sent.
        zone: By whose clock its instants are told.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    zone: str = "UTC"

    def headings(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        return tuple(column.heading(self.zone) for column in self.columns)

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows as they stand in files."""
        zone, columns = ZoneInfo(self.zone), self.columns
        for row in self.rows:
            yield tuple(column.cell(value, zone) for column, value in zip(columns, row, strict=True))
