"""One row as it was read, before anything is known about its meaning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it was read.

    Attributes:
        line_number: Line of the file on which the row starts (in a workbook, row of the sheet), from 1.
        cells: Its cells as text.
        problem: Reason code if the row itself is damaged, for example by an open quote; else empty.
    """

    line_number: int
    cells: list[str]
    problem: str = ""
