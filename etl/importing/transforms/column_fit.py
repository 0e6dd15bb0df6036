"""Says whether the cells of a column are what a field holds."""

from functools import lru_cache
from typing import Final

from etl.importing.transforms.durations import is_duration
from etl.importing.transforms.ratings import SCALES, read_rating
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.sample import Sample
from etl.importing.transforms.wall_time import DATE_ORDERS, NUMBER_FORMATS, in_format, parse_wall_time
from etl.importing.transforms.words import is_bare_number, word_reader
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary import Vocabulary
from etl.importing.vocabulary.vocabulary_file import general

_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.9


def is_nothing(text: str) -> bool:
    """Say whether a cell holds a word for "nothing"."""
    return word_key(text) in general().blanks


def is_no_date(text: str) -> bool:
    """Say whether a cell of a date holds a word for "no date"."""
    return is_nothing(text) or text in general().blank_dates


@lru_cache(maxsize=100_000)
def is_date(text: str) -> bool:
    """Say whether a text is a date or time in any order of its parts."""
    return any(_parses(text, order) for order in DATE_ORDERS)


def _parses(text: str, order: str) -> bool:
    try:
        parse_wall_time(text, (), order)  # type: ignore[arg-type]
    except FieldError:
        return False
    return True


def number_format(sample: Sample, column: str) -> str:
    """Return the format of dates that are bare numbers; "" for a column without such dates."""
    for given in NUMBER_FORMATS if not _any_date(sample, column) else ():
        if sample.share(column, lambda text, given=given: _has_format(text, given)) >= _NEARLY_ALL:  # type: ignore[misc]
            return given
    return ""


def _has_format(text: str, given: str) -> bool:
    return is_no_date(text) or in_format(text, given) is not None


def date_share(sample: Sample, column: str) -> float:
    """Return which part of a column's filled cells are dates."""
    if number_format(sample, column):
        return 1.0
    return sample.share(column, lambda text: is_date(text) or is_no_date(text)) if _any_date(sample, column) else 0.0


def _any_date(sample: Sample, column: str) -> bool:
    return any(map(is_date, sample.counts(column)))


def fits(sample: Sample, column: str, field: TicketField, system: Vocabulary | None, *, is_own: bool) -> bool:
    """Say whether a column with filled cells can be taken for a field.

    Args:
        sample: The first rows.
        column: Name of the column.
        field: The field.
        system: System of the file.
        is_own: Whether the system says that the column is the field's.
    """
    if field.kind is FieldKind.INSTANT:
        return date_share(sample, column) >= _HALF
    if field.kind in {FieldKind.WORD, FieldKind.FLAG, FieldKind.VERDICT, FieldKind.RATING}:
        return _words_fit(sample, column, field, system, is_own=is_own)
    if field.kind is FieldKind.DURATION:
        return sample.share(column, lambda text: is_duration(text) or is_nothing(text)) >= _HALF
    if field.kind is FieldKind.COUNT:
        return sample.share(column, lambda text: is_bare_number(text.removesuffix(".0")) or is_nothing(text)) >= _HALF
    if field.name == "language":
        read = word_reader(field, {})
        return sample.share(column, lambda text: len(text) <= field.limit or bool(read(text))) >= _HALF
    return field.kind is FieldKind.TEXT or sample.share(column, lambda text: not is_date(text)) >= _HALF


def _words_fit(sample: Sample, column: str, field: TicketField, system: Vocabulary | None, *, is_own: bool) -> bool:
    read = word_reader(field, system.values.get(field.name, {}) if system else {})
    if field.kind is FieldKind.RATING:
        return (
            sample.share(column, lambda text: read(text) is not None or _is_rating(text) or is_nothing(text)) >= _HALF
        )
    if field.kind is FieldKind.VERDICT and is_own:
        return (
            sample.share(column, lambda text: read(text) is not None or is_duration(text) or is_nothing(text)) >= _HALF
        )
    if field.name == "priority":
        return (
            sample.share(column, lambda text: read(text) is not None or is_bare_number(text) or is_nothing(text))
            >= _HALF
        )
    if field.name == "channel" and is_own:
        return True
    return sample.share(column, lambda text: read(text) is not None) >= _HALF or (
        is_own and sample.share(column, lambda text: read(text) is not None or is_nothing(text)) >= _HALF
    )


def _is_rating(text: str) -> bool:
    for scale in SCALES:
        try:
            read_rating(text, scale)
        except FieldError:
            continue
        return True
    return False
