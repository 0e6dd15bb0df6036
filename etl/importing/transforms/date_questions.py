"""Finds out what a person has to say about the dates of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.joined_times import JoinedTimes
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import (
    DateOrder,
    has_numeric_dates,
    infer_date_order,
    parse_wall_time,
    shown_order,
)
from etl.importing.vocabulary.ticket_fields import FieldKind

_EITHER_ORDER: Final = (
    "Export it with dates such as 2025-03-31. Or pass --date-order dmy or --date-order mdy: the file is read so, a row"
    " whose creation is written otherwise waits in quarantine, and other such dates are kept aside."
)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of a file, and where it stands."""

    column: str
    text: str
    line: int

    def __str__(self) -> str:
        """Return the date with its line."""
        return f"{self.text}, line {self.line}" if self.line else self.text


@dataclass(frozen=True, slots=True)
class DateQuestions:
    """What is known about the dates of a file, and what has to be asked.

    Attributes:
        needs_time_zone: Whether there are times without an offset and the zone is not known.
        needs_date_order: Whether there are dates such as 03/04/2025 and nothing shows which part is the month.
        date_order: The order given by the profile or shown by the dates themselves; None if there is none.
        example: One of the dates to ask about, or else of the times.
        time_example: One of the times without an offset.
    """

    needs_time_zone: bool
    needs_date_order: bool
    date_order: DateOrder | None
    example: str
    time_example: str = ""


def look_at_dates(
    profile: ImportProfile,
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    today: date | None = None,
    lines: Sequence[int] = (),
) -> DateQuestions:
    """Return what has to be asked before the file can be imported.

    Args:
        profile: The mapping; it may hold the answers.
        header: Names of the columns.
        sample: Cells of some rows.
        today: No date is meant to lie after it.
        lines: The line of the file on which each of the rows starts.

    Raises:
        ProfileError: If the dates contradict one another about the order of day and month.
    """
    dated = _dates(profile, header, sample, lines)
    texts = [each.text for each in dated]
    order = profile.date_order or _order(dated, today)
    is_order_open = order is None and not profile.formats and has_numeric_dates(texts)
    times = [] if profile.is_date_only or profile.time_zone else [each for each in texts if _is_naive(each, profile)]
    unclear = [each for each in texts if has_numeric_dates([each])] if is_order_open else times
    return DateQuestions(bool(times), is_order_open, order, unclear[0] if unclear else "", times[0] if times else "")


def _dates(
    profile: ImportProfile, header: Sequence[str], sample: Sequence[Sequence[str]], lines: Sequence[int]
) -> list[_Date]:
    columns = column_places(header)
    fields = FIELDS_OF[profile.kind].fields
    places = {
        name: columns[folded(column)]
        for name, column in profile.columns.items()
        if fields[name].kind is FieldKind.INSTANT and folded(column) in columns
    }
    times = JoinedTimes(profile.times, places, columns)
    blanks = {"", *profile.blanks}
    numbered = zip(sample, lines or [0] * len(sample), strict=True)
    rows = ((times.joined(row) if times else row, line) for row, line in numbered if len(row) >= len(header))
    dates = (_Date(header[place], row[place].strip(), line) for row, line in rows for place in places.values())
    return [each for each in dates if each.text not in blanks]


def _order(dates: Sequence[_Date], today: date | None) -> DateOrder | None:
    try:
        return infer_date_order((each.text for each in dates), today)
    except FieldError as error:
        raise ProfileError(_contradiction(dates), _EITHER_ORDER) from error


def _contradiction(dates: Sequence[_Date]) -> str:
    """Return where dates put the day first and where the month: in one column if there is one with both."""
    days, months = ([each for each in dates if shown_order(each.text) == order] for order in ("dmy", "mdy"))
    day, month = days[0], months[0]
    for first in days:
        other = next((each for each in months if each.column == first.column), None)
        if other is not None:
            return f"Some dates in {first.column!r} put the day first ({first}) and others the month ({other})."
    return f"The dates in {day.column!r} put the day first ({day}), those in {month.column!r} the month ({month})."


def _is_naive(text: str, profile: ImportProfile) -> bool:
    try:
        value = parse_wall_time(text, profile.formats, profile.date_order or "dmy")
    except FieldError:
        return False
    return isinstance(value, datetime) and value.tzinfo is None
