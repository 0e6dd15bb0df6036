"""Why a row was not accepted, in a form that machines and people can read."""

from dataclasses import dataclass
from typing import Final

REASONS: Final = {
    "bad_date": "is not a date",
    "date_out_of_range": "lies outside the years 1900 to 2199",
    "no_time_zone": "has a time of day, and the time zone of the file is not known",
    "missing": "is blank, and has to be there",
    "unknown_value": "is not a known value: add it to the profile's [values]",
    "bad_number": "is not a number that fits",
    "too_long": "is longer than the desk's field for it",
    "closed_before_opened": "lies before the creation of the ticket",
    "wrong_cell_count": "the row has another number of cells than the header",
    "unclosed_quote": "a quote opens in this row and never closes",
    "nul_character": "holds NUL characters (shown as ␀)",
    "bad_encoding": "holds bytes that are not of the file's encoding",
    "formula_without_result": "a formula has no result: open the workbook, let it calculate, save it",
    "cell_error": "a cell shows an error such as #REF!",
}
"""Reason code -> what a person reads, after the name of the column."""

UNREPLAYABLE: Final = frozenset(
    {"wrong_cell_count", "unclosed_quote", "nul_character", "bad_encoding", "formula_without_result", "cell_error"}
)
"""The record itself is damaged: only a corrected file can bring it in."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a row breaks.

    Attributes:
        code: Key of `REASONS`.
        column: Column of the file; "" when it is the row as a whole.
    """

    code: str
    column: str = ""

    @property
    def message(self) -> str:
        """Return one sentence without the value, which may be personal."""
        sentence = f"{self.column!r} {REASONS[self.code]}" if self.column else REASONS[self.code]
        return f"{sentence[0].upper()}{sentence[1:]}."

    def as_json(self) -> dict[str, str]:
        """Return the form that is stored."""
        return {"code": self.code, "column": self.column, "message": self.message}


class FieldError(ValueError):
    """A cell breaks a rule."""

    def __init__(self, code: str) -> None:
        """Name the rule by its code in `REASONS`."""
        super().__init__(code)
        self.code = code
