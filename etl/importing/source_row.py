"""One row as it came, before anything is known about what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it came.

    Attributes:
        line_number: Physical line on which it starts (row of the sheet in a workbook), from 1.
        cells: Its cells as text.
        problem: Reason code of what is wrong with its very form; empty when nothing is.
    """

    line_number: int
    cells: list[str]
    problem: str = ""
