"""Why a row was not accepted, in a form that machines and people can read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Rule(StrEnum):
    """The rules a row can break; the values are the codes that are stored."""

    BAD_DATE = "bad_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    IN_FUTURE = "in_future"
    NO_TIME_ZONE = "no_time_zone"
    NO_TIME = "no_time"
    UNKNOWN_TICKET = "unknown_ticket"
    MISSING = "missing"
    UNKNOWN_VALUE = "unknown_value"
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"
    SEVERAL_VALUES = "several_values"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    STILL_OPEN = "still_open"
    COUNTS_BY_DAYS = "counts_by_days"
    LEFT_UNUSED = "left_unused"
    WRONG_CELL_COUNT = "wrong_cell_count"
    UNCLOSED_QUOTE = "unclosed_quote"
    HOLDS_ROWS = "holds_rows"
    NUL_CHARACTER = "nul_character"
    BAD_ENCODING = "bad_encoding"
    FORMULA_WITHOUT_RESULT = "formula_without_result"
    CELL_ERROR = "cell_error"


REASONS: Final = {
    Rule.BAD_DATE: "is not a date",
    Rule.DATE_OUT_OF_RANGE: "lies outside the years that a date of a ticket can have",
    Rule.IN_FUTURE: "lies in the future",
    Rule.NO_TIME_ZONE: "has a time of day, and the time zone of the file is not known",
    Rule.NO_TIME: "has a date and no time of day",
    Rule.UNKNOWN_TICKET: "names a ticket that has not come in, or that several sources have; it waits for its ticket",
    Rule.MISSING: "is blank, and has to be there",
    Rule.UNKNOWN_VALUE: "is not a known value: add it to the profile's [values]",
    Rule.BAD_NUMBER: "is not a number that fits",
    Rule.TOO_LONG: "is longer than the desk's field for it",
    Rule.SEVERAL_VALUES: "has several values, of which the first counts",
    Rule.CLOSED_BEFORE_OPENED: "lies before the creation of the ticket",
    Rule.STILL_OPEN: "says that the ticket has ended, and its status says that it is open",
    Rule.COUNTS_BY_DAYS: "has a time of day, and another date of the ticket has none",
    Rule.LEFT_UNUSED: "has a word that is left unused",
    Rule.WRONG_CELL_COUNT: "the row has another number of cells than the header",
    Rule.UNCLOSED_QUOTE: "a quote opens in this row and never closes",
    Rule.HOLDS_ROWS: "a cell holds lines that look like rows of their own: a quote may be missing",
    Rule.NUL_CHARACTER: "holds NUL characters (shown as ␀)",
    Rule.BAD_ENCODING: "holds bytes that are not of the file's encoding",
    Rule.FORMULA_WITHOUT_RESULT: "a formula has no result: open the workbook, let it calculate, save it",
    Rule.CELL_ERROR: "a cell shows an error such as #REF!",
}
"""Rule -> what a person reads; the name of the column stands before it."""

UNREPLAYABLE: Final = frozenset(
    {
        Rule.WRONG_CELL_COUNT,
        Rule.UNCLOSED_QUOTE,
        Rule.HOLDS_ROWS,
        Rule.NUL_CHARACTER,
        Rule.BAD_ENCODING,
        Rule.FORMULA_WITHOUT_RESULT,
        Rule.CELL_ERROR,
    }
)
"""The record itself is damaged: only a corrected file can bring it in."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a row breaks.

    Attributes:
        code: The rule.
        column: Column of the file; "" when the row as a whole breaks the rule.
    """

    code: Rule
    column: str = ""

    @property
    def message(self) -> str:
        """Return one sentence. The cell's value is left out, because it may be personal."""
        sentence = f"{self.column!r} {REASONS[self.code]}" if self.column else REASONS[self.code]
        return f"{sentence[0].upper()}{sentence[1:]}."

    def as_json(self) -> dict[str, str]:
        """Return the form that is stored."""
        return {"code": self.code, "column": self.column}


class FieldError(ValueError):
    """A cell breaks a rule.

    Attributes:
        code: The rule.
        usable: What the ticket may have in the cell's place; None is what a blank cell means.
    """

    def __init__(self, code: Rule, usable: str | None = None) -> None:
        """Name the rule."""
        super().__init__(code)
        self.code = code
        self.usable = usable
