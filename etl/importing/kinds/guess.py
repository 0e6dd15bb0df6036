"""Guesses a mapping for a file of another kind than tickets, from the names of its columns and a sample."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from etl.importing.kinds.fields import FIELDS_OF, KindFields
from etl.importing.transforms.durations import is_duration
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.profile_guess import Guess
from etl.importing.transforms.questions import NOT_USED, Answers, Question, about_needed, about_scale
from etl.importing.transforms.ratings import DESK_SCALE, scale_in, scales_of
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import DATE_ORDERS, DateOrder, parse_wall_time
from etl.importing.transforms.words import word_reader
from etl.importing.vocabulary.spelling import column_key
from etl.importing.vocabulary.ticket_fields import FieldKind, TicketField
from etl.importing.vocabulary.vocabulary import CUSTOMER
from etl.importing.vocabulary.vocabulary_file import general

_BLANKS: Final = frozenset({"", "NULL", "\\N"})
_UNITS: Final = ("seconds", "hours")
_MINUTES: Final = "minutes"
_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?$")
_ALSO: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("customers", "customer_email"): ("customer_email", CUSTOMER),
    ("customers", "customer_name"): ("customer_name", CUSTOMER),
    ("customers", "customer_type"): ("customer_type",),
    ("customers", "organisation"): ("organisation",),
    ("agents", "agent_name"): ("assigned_agent",),
    ("agents", "email"): ("customer_email",),
    ("agents", "team"): ("team",),
}
"""(kind, field) -> fields of tickets whose columns are called the same."""


def guess_kind(
    kind: str, header: Sequence[str], sample: Sequence[Sequence[str]], source: str, answers: Answers | None = None
) -> Guess:
    """Return a mapping for a file that nobody has described, and what has to be asked.

    A column is taken for a field if a person says so, or if its name is usual for the field and at least half of its
    cells can be read as the field. Other columns are kept in the record, and nowhere else. A duration that is a bare
    number counts what the column's name says, else minutes.

    Args:
        kind: What the rows are.
        header: Names of the columns.
        sample: Cells of some rows.
        source: Name under which the records will be kept.
        answers: What a person has answered.

    Raises:
        AnswerError: If an answer is none.
    """
    spec, answers = FIELDS_OF[kind], answers or Answers()
    columns = _columns(spec, header, sample, answers)
    if lacking := [name for name in spec.needed if name not in columns]:
        return Guess(None, tuple(about_needed(name, kind, header) for name in lacking))
    key = columns.pop("external_id", None)
    units = {name: _unit(column) for name, column in columns.items() if spec.fields[name].kind is FieldKind.DURATION}
    external_id = (key,) if key else ()
    question = _question_of_scale(spec, columns, header, sample)
    named = scale_in(columns.get(spec.scaled[0], "") if spec.scaled else "")[1]
    scale = answers.chosen(question) if question else named or DESK_SCALE
    profile = ImportProfile(
        "guessed",
        source,
        kind=kind,
        external_id=external_id,
        columns=columns,
        units=units,
        rating_scale=scale if scale and scale != NOT_USED else DESK_SCALE,
    )
    return Guess(profile, (question,) if question and scale is None else ())


def likely_kind(header: Sequence[str], sample: Sequence[Sequence[str]]) -> str:
    """Return the kind whose columns these clearly are; "" when no kind fits better than the others."""
    fits = {}
    for kind, spec in FIELDS_OF.items():
        columns = _columns(spec, header, sample, Answers()) if spec.names else {}
        fits[kind] = len(columns) if all(name in columns for name in spec.needed) else 0
    best, second = sorted(fits, key=lambda kind: -fits[kind])[:2]
    return best if fits[best] > max(1, fits[second]) else ""


def _columns(
    spec: KindFields, header: Sequence[str], sample: Sequence[Sequence[str]], answers: Answers
) -> dict[str, str]:
    """Return the column of each field that has one."""
    answered = {name: answers.get(f"column:{name}") for name in spec.fields}
    columns = {
        name: answers.chosen(Question(f"column:{name}", "", tuple(header))) or ""
        for name, answer in answered.items()
        if answer is not None and answer.casefold() != NOT_USED
    }
    left = [name for name in reversed(header) if name not in columns.values()]
    # A rating is also known with its scale behind its name.
    free = {column_key(scale_in(name)[0]): name for name in left} | {column_key(name): name for name in left}
    for name, field in spec.fields.items():
        chosen = _choose(spec, field, free, header, sample) if answered[name] is None else None
        if chosen is not None:
            columns[name] = chosen
            free = {key: each for key, each in free.items() if each != chosen}
    return {name: columns[name] for name in spec.fields if name in columns}


def _question_of_scale(
    spec: KindFields, columns: Mapping[str, str], header: Sequence[str], sample: Sequence[Sequence[str]]
) -> Question | None:
    """Return the question on which scale the ratings of a file are; None if they are plainly 1 to 5, or rows say it."""
    scaled = spec.scaled
    if scaled is None or scaled[0] not in columns or scaled[1] in columns:
        return None
    place = list(header).index(columns[scaled[0]])
    cells = (row[place].strip() for row in sample if place < len(row))
    numbers = sorted({cell for cell in cells if _NUMBER.match(cell)})
    scales = scales_of(numbers)
    if scale_in(columns[scaled[0]])[1]:
        return None
    return None if scales == (DESK_SCALE,) else about_scale(columns[scaled[0]], numbers, scales)


def _unit(column: str) -> str:
    words = column_key(column).split()
    return next((unit for unit in _UNITS if unit in words), _MINUTES)


def _choose(
    spec: KindFields,
    field: TicketField,
    free: Mapping[str, str],
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
) -> str | None:
    words = spec.words.get(field.name, {})
    for alias in _names_of(spec, field.name):
        name = free.get(alias)
        if name is not None and _fits(field, words, header.index(name), sample):
            return name
    return None


def _names_of(spec: KindFields, name: str) -> Iterable[str]:
    """Return how a field's column may be called, the likeliest first."""
    known = general().columns
    also = (key for other in _ALSO.get((spec.slug, name), ()) for key in known.get(other, ()))
    return dict.fromkeys((column_key(name), *map(column_key, spec.names[name]), *also))


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
