"""Finds out what a person has to say about the dates of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.joined_times import JoinedTimes
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import DateOrder, has_numeric_dates, infer_date_order, parse_wall_time
from etl.importing.vocabulary.ticket_fields import FieldKind


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
    profile: ImportProfile, header: Sequence[str], sample: Iterable[Sequence[str]], today: date | None = None
) -> DateQuestions:
    """Return what has to be asked before the file can be imported.

    Args:
        profile: The mapping; it may hold the answers.
        header: Names of the columns.
        sample: Cells of some rows.
        today: No date is meant to lie after it.

    Raises:
        ProfileError: If the dates contradict one another about the order of day and month.
    """
    texts = _date_texts(profile, header, sample)
    order = profile.date_order or _order(texts, today)
    is_order_open = order is None and not profile.formats and has_numeric_dates(texts)
    times = [] if profile.is_date_only or profile.time_zone else [each for each in texts if _is_naive(each, profile)]
    unclear = [each for each in texts if has_numeric_dates([each])] if is_order_open else times
    return DateQuestions(bool(times), is_order_open, order, unclear[0] if unclear else "", times[0] if times else "")


def _date_texts(profile: ImportProfile, header: Sequence[str], sample: Iterable[Sequence[str]]) -> list[str]:
    columns = column_places(header)
    fields = FIELDS_OF[profile.kind].fields
    places = {
        name: columns[folded(column)]
        for name, column in profile.columns.items()
        if fields[name].kind is FieldKind.INSTANT and folded(column) in columns
    }
    times = JoinedTimes(profile.times, places, columns)
    blanks = {"", *profile.blanks}
    whole = (row for row in sample if len(row) >= len(header))
    rows = (times.joined(row) if times else row for row in whole)
    cells = (row[place].strip() for row in rows for place in places.values())
    return [cell for cell in cells if cell not in blanks]


def _order(texts: list[str], today: date | None) -> DateOrder | None:
    try:
        return infer_date_order(texts, today)
    except FieldError as error:
        message = "Some dates of the file put the day first and others the month."
        raise ProfileError(message, "Export it with dates such as 2025-03-31.") from error


def _is_naive(text: str, profile: ImportProfile) -> bool:
    try:
        value = parse_wall_time(text, profile.formats, profile.date_order or "dmy")
    except FieldError:
        return False
    return isinstance(value, datetime) and value.tzinfo is None
