"""Finds out what the values of a file's closed lists, ratings and durations mean, and asks about the rest."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from etl.importing.transforms.column_fit import is_nothing
from etl.importing.transforms.column_guess import unit_of
from etl.importing.transforms.questions import (
    ALL_WORDS,
    NOT_USED,
    Answers,
    Question,
    about_direction,
    about_scale,
    about_unit,
    about_word,
    about_words_of,
)
from etl.importing.transforms.ratings import DESK_SCALE, scale_in, scales_of
from etl.importing.transforms.sample import Sample
from etl.importing.transforms.words import is_bare_number, word_reader
from etl.importing.vocabulary.spelling import word_key
from etl.importing.vocabulary.ticket_fields import (
    CLOCK,
    OFFERED,
    STATUS_WORDS,
    TICKET_FIELDS,
    UNITS,
    WORDS_OR_SECONDS,
    FieldKind,
    TicketField,
)
from etl.importing.vocabulary.vocabulary import Vocabulary
from etl.importing.vocabulary.vocabulary_file import general

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_UNITS: Final = ("minutes", "hours", "seconds", "days", "milliseconds")
_ASKED: Final = ("status", "priority")
_MOST_WORDS: Final = 40
_STEPS: Final[Mapping[int, tuple[str, ...]]] = {
    2: ("low", "high"),
    3: ("low", "medium", "high"),
    4: ("low", "medium", "high", "urgent"),
    5: ("low", "low", "medium", "high", "urgent"),
    6: ("low", "low", "medium", "high", "urgent", "urgent"),
}
"""Number of steps of a scale of priorities -> what each means, the least urgent first."""
_USUAL_STEPS: Final = 4


@dataclass(slots=True)
class WordGuess:
    """What the values of a file mean.

    Attributes:
        values: Field -> (value in the file -> value of the desk).
        units: Field with a duration -> what a bare number counts.
        rating_scale: Scale of the ratings.
        dropped: Fields that a person said not to use.
        questions: What has to be asked.
    """

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rating_scale: str = DESK_SCALE
    dropped: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)


def guess_words(columns: Mapping[str, str], sample: Sample, system: Vocabulary | None, answers: Answers) -> WordGuess:
    """Return what the values of the fields' columns mean."""
    found = WordGuess()
    for name, column in columns.items():
        ticket_field = TICKET_FIELDS[name]
        if system is not None:
            _take_over(found, ticket_field, system)
        if name in _ASKED:
            _look_at_words(found, ticket_field, column, sample, answers)
        elif ticket_field.kind is FieldKind.RATING:
            _look_at_ratings(found, ticket_field, column, sample, answers)
        elif ticket_field.kind is FieldKind.DURATION:
            _look_at_durations(found, ticket_field, column, sample, unit_of(column, system), answers)
    return found


def _take_over(found: WordGuess, ticket_field: TicketField, system: Vocabulary) -> None:
    """Take the system's own words for a field."""
    words = dict(system.values.get(ticket_field.name, {}))
    if ticket_field.kind in {FieldKind.AGENT, FieldKind.PERSON, FieldKind.ADDRESS} or ticket_field.name == "team":
        words |= dict.fromkeys(system.nobody, "")
    if words:
        found.values[ticket_field.name] = words


def _look_at_words(found: WordGuess, ticket_field: TicketField, column: str, sample: Sample, answers: Answers) -> None:
    """Ask what the words mean that nobody knows."""
    name = ticket_field.name
    read = word_reader(ticket_field, found.values.get(name, {}))
    counts = sample.counts(column)
    unsure = _either_wait(name, counts, read, found)
    if unsure and answers.get(f"{name}:{ALL_WORDS}") is not None:
        unsure = {}
    unknown = {word: count for word, count in counts.most_common() if read(word) is None and not is_nothing(word)}
    if name == "priority" and unknown and all(is_bare_number(word) or is_nothing(word) for word in counts):
        _look_at_direction(found, column, list(unknown), answers)
        return
    if len(unknown) > _MOST_WORDS and answers.get(f"{name}:{ALL_WORDS}") is None:
        question = about_words_of(name, column, list(unknown))
        if answers.get(question.name) is None:
            found.questions.append(question)
        return
    choices = STATUS_WORDS if name == "status" else ticket_field.accepted
    for word, count in {**unknown, **unsure}.items():
        question = about_word(name, column, word, count, choices)
        answer = answers.chosen(question) or answers.get(f"{name}:{ALL_WORDS}")
        if answer is None:
            found.questions.append(question)
        elif answer != NOT_USED:
            found.values.setdefault(name, {})[word] = answer


def _either_wait(
    name: str, counts: Mapping[str, int], read: Callable[[str], str | None], found: WordGuess
) -> dict[str, int]:
    """Return the words that may wait for either side, if the file has another word for the same status."""
    own = {word_key(word) for word in found.values.get(name, {})}
    meant = {word_key(word): read(word) for word in counts}
    return {
        word: count
        for word, count in counts.items()
        if (key := word_key(word)) in general().either_wait - own
        and any(other != key and value == meant[key] for other, value in meant.items())
    }


def _look_at_direction(found: WordGuess, column: str, numbers: list[str], answers: Answers) -> None:
    """Ask which end of numbered priorities is urgent."""
    question = about_direction(column, sorted(numbers, key=int))
    answer = answers.chosen(question)
    if answer is None:
        found.questions.append(question)
        return
    if answer == NOT_USED:
        return
    steps = sorted(map(int, numbers))
    first = min(steps[0], 1)
    count = max(steps[-1] - first + 1, _USUAL_STEPS if steps[-1] - first < _USUAL_STEPS - 1 else 0)
    meanings = _STEPS.get(count, ())
    if not meanings:
        found.questions.append(Question(question.name, f"{question.text} There are too many of them.", (NOT_USED,)))
        return
    ordered = meanings if answer == "1-is-low" else meanings[::-1]
    found.values.setdefault("priority", {}).update({str(first + place): word for place, word in enumerate(ordered)})


def _look_at_ratings(
    found: WordGuess, ticket_field: TicketField, column: str, sample: Sample, answers: Answers
) -> None:
    """Ask for the scale of ratings that are not plainly 1 to 5."""
    read = word_reader(ticket_field, found.values.get(ticket_field.name, {}))
    if offered := [text for text in sample.counts(column) if read(text) == OFFERED]:
        found.values.setdefault(ticket_field.name, {}).update(dict.fromkeys(offered, OFFERED))
    numbers = [text for text in sample.filled(column) if read(text) is None and not is_nothing(text)]
    scales = scales_of(numbers)
    question = about_scale(column, sorted(set(numbers)), scales)
    answer = answers.get(question.name)
    named = scale_in(column)[1]
    if answer is None and (named or scales == (DESK_SCALE,)):
        found.rating_scale = named or DESK_SCALE
        return
    if answer is None:
        found.questions.append(question)
    elif answer == NOT_USED:
        found.dropped.add(ticket_field.name)
    else:
        found.rating_scale = answers.chosen(question) or DESK_SCALE


def _look_at_durations(
    found: WordGuess, ticket_field: TicketField, column: str, sample: Sample, unit: str, answers: Answers
) -> None:
    """Ask what bare numbers of durations count."""
    numbers = [text for text in sample.filled(column) if _NUMBER.match(text)]
    if unit in UNITS or unit == WORDS_OR_SECONDS:
        found.units[ticket_field.name] = unit
        return
    question = about_unit(ticket_field.name, column, numbers, _UNITS)
    answer = answers.get(question.name)
    if answer is None and not any(float(text.replace(",", ".")) for text in numbers):
        found.units[ticket_field.name] = "seconds" if numbers else CLOCK
    elif answer is None:
        found.questions.append(question)
    elif answer == NOT_USED:
        found.dropped.add(ticket_field.name)
    else:
        found.units[ticket_field.name] = answers.chosen(question) or CLOCK
