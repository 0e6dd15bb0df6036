"""Guesses a mapping for a file of another kind than tickets, from the names of its columns and a sample."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from etl.importing.kinds.fields import FIELDS_OF, KindFields
from etl.importing.transforms.durations import is_duration
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.questions import Question, about_scale
from etl.importing.transforms.ratings import DESK_SCALE, scales_of
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import DATE_ORDERS, DateOrder, parse_wall_time
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.spelling import column_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField

_BLANKS: Final = frozenset({"", "NULL", "\\N"})
_UNITS: Final = ("seconds", "hours")
_MINUTES: Final = "minutes"
_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?$")


def guess_kind(kind: str, header: Sequence[str], sample: Sequence[Sequence[str]], source: str) -> ImportProfile:
    """Return a mapping for a file that nobody has described.

    A column is taken for a field if its name is usual for the field and at least half of its cells can be read as the
    field. Other columns are kept in the record, and nowhere else. A duration that is a bare number counts what the
    column's name says, else minutes.

    Args:
        kind: What the rows are.
        header: Names of the columns.
        sample: Cells of some rows.
        source: Name under which the records will be kept.

    Raises:
        ProfileError: If no column looks like a field that is needed.
    """
    spec = FIELDS_OF[kind]
    free = {column_key(name): name for name in reversed(header)}
    columns: dict[str, str] = {}
    for field in spec.fields.values():
        chosen = _choose(spec, field, free, header, sample)
        if chosen is not None:
            columns[field.name] = chosen
            del free[column_key(chosen)]
    _refuse_without(spec, columns, header)
    key = columns.pop("external_id", None)
    external_id = (key,) if key else ()
    units = {name: _unit(column) for name, column in columns.items() if spec.fields[name].kind is FieldKind.DURATION}
    return ImportProfile("guessed", source, kind=kind, external_id=external_id, columns=columns, units=units)


def question_of_scale(
    profile: ImportProfile, header: Sequence[str], sample: Sequence[Sequence[str]]
) -> Question | None:
    """Return the question on which scale the ratings of a file are; None if they are plainly 1 to 5, or rows say it."""
    scaled = FIELDS_OF[profile.kind].scaled
    if scaled is None or scaled[0] not in profile.columns or scaled[1] in profile.columns:
        return None
    place = list(header).index(profile.columns[scaled[0]])
    cells = (row[place].strip() for row in sample if place < len(row))
    numbers = sorted({cell for cell in cells if _NUMBER.match(cell)})
    scales = scales_of(numbers)
    return None if scales == (DESK_SCALE,) else about_scale(profile.columns[scaled[0]], numbers, scales)


def _unit(column: str) -> str:
    words = column_key(column).split()
    return next((unit for unit in _UNITS if unit in words), _MINUTES)


def _refuse_without(spec: KindFields, columns: Mapping[str, str], header: Sequence[str]) -> None:
    for needed in spec.needed:
        if needed not in columns:
            message = f"None of the columns looks like {needed} of {spec.slug}: {', '.join(header)}."
            hint = f'Say which one it is in a profile, {needed} = "..." in [columns], and pass it with --profile.'
            raise ProfileError(message, hint)


def _choose(
    spec: KindFields,
    field: TicketField,
    free: Mapping[str, str],
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
) -> str | None:
    words = spec.words.get(field.name, {})
    for alias in (column_key(field.name), *spec.names[field.name]):
        name = free.get(alias)
        if name is not None and _fits(field, words, header.index(name), sample):
            return name
    return None


def _fits(field: TicketField, words: Mapping[str, str], place: int, sample: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in sample if place < len(row) and (cell := row[place].strip()) not in _BLANKS]
    return 2 * sum(_is_readable(field, words, cell) for cell in cells) >= len(cells)


def _is_readable(field: TicketField, words: Mapping[str, str], cell: str) -> bool:
    if field.kind is FieldKind.INSTANT:
        # The order of day and month is settled later, so any order counts here.
        return any(_is_date(cell, order) for order in DATE_ORDERS)
    if field.kind is FieldKind.ADDRESS:
        return "@" in cell
    if field.kind is FieldKind.DURATION:
        return is_duration(cell)
    if field.kind in {FieldKind.WORD, FieldKind.FLAG}:
        return word_reader(field, words)(cell) is not None
    return True


def _is_date(cell: str, order: DateOrder) -> bool:
    try:
        parse_wall_time(cell, (), order)
    except FieldError:
        return False
    return True
