"""Chooses the columns that tell tickets apart: never one that is blank or repeats, without a question."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from etl.importing.transforms.column_guess import ColumnGuess
from etl.importing.transforms.questions import NOT_USED, Answers, Question, about_key
from etl.importing.transforms.sample import Sample
from etl.importing.vocabulary.spelling import column_key

JOIN: Final = "+"
_STABLE: Final = frozenset({"team", "brand", "organisation", "category"})
"""Fields that may be part of a key; others change while a ticket lives."""
_OF_TICKETS: Final = re.compile(
    r"(?:ticket|case|conversation|issue|incident|request|vorgang|chamado)\b.*(?:id|number|no|key|nummer)$"
)
_PROPOSALS: Final = 3
_LONGEST: Final = 200
_FEW: Final = 3_000
"""Rows among which it is quick to look for an example."""


def choose_key(guess: ColumnGuess, sample: Sample, answers: Answers) -> tuple[tuple[str, ...], list[Question]]:
    """Return the key's columns, and what has to be asked about them."""
    named = dict(guess.candidates("external_id"))
    candidates = list(named)
    filled = [column for column in candidates if sample.filled(column)]
    given = answers.get("key")
    if given is not None:
        return _answered(sample, answers, given), []
    good = [column for column in filled if _problem(sample, [column]) == ""]
    doubtful = [column for column in filled if column not in good and _OF_TICKETS.match(column_key(column))]
    if (
        good
        and (not doubtful or filled.index(good[0]) < filled.index(doubtful[0]))
        and not _is_number_of_rows(good[0], doubtful)
    ):
        return (good[0],), []
    if not filled or (not good and sample.row_count == 0):
        return (), []
    column = doubtful[0] if doubtful else filled[0]
    pairs = list(_pairs(guess, sample, column))
    # What a system itself calls the ticket's number repeats where a file has several rows a ticket.
    proposals = [column, *good, *pairs] if named[column] else [*pairs, *good, column]
    return (column,), [about_key(column, _problem(sample, [column]), list(dict.fromkeys(proposals)))]


def _is_number_of_rows(column: str, doubtful: list[str]) -> bool:
    """Say whether a column that is called id alone stands beside a ticket's number that repeats: rows, not tickets."""
    return bool(doubtful) and _OF_TICKETS.match(column_key(column)) is None


def _answered(sample: Sample, answers: Answers, given: str) -> tuple[str, ...]:
    if given.casefold() == NOT_USED:
        return ()
    whole = next((name for name in sample.header if name.casefold() == given.casefold()), None)
    if whole is not None:
        return (whole,)
    parts = [part.strip() for part in given.split(JOIN)]
    for part in parts:
        answers.add({f"key part {part}": part})
        answers.chosen(Question(f"key part {part}", "", sample.header))
    return tuple(next(name for name in sample.header if name.casefold() == part.casefold()) for part in parts)


def _problem(sample: Sample, columns: list[str]) -> str:
    """Return why columns are no key; "" when nothing speaks against them."""
    keys = list(zip(*(sample.cells(column) for column in columns), strict=True))
    blank = sum(not any(key) for key in keys)
    if blank:
        return f"is blank in {blank:,} of the first {len(keys):,} rows"
    repeated = len(keys) - len(set(keys))
    if repeated:
        example = next(key for key in keys if keys.count(key) > 1) if len(keys) < _FEW else ()
        shown = f", such as {JOIN.join(example)}" if example else ""
        return f"has {repeated:,} values more than once in the first {len(keys):,} different rows{shown}"
    return ""


def _pairs(guess: ColumnGuess, sample: Sample, column: str) -> Iterable[str]:
    """Return pairs of the column and another that tell all rows apart, those with the fewest values first."""
    fields = {taken: name for name, taken in guess.columns.items()}
    others = []
    for other in sample.usable:
        is_stable = fields.get(other, "brand") in _STABLE and other != column and other not in guess.times.values()
        cells = sample.cells(other)
        if is_stable and all(cells) and max(map(len, cells), default=0) <= _LONGEST:
            different = len(set(cells))
            if 1 < different < len(cells) and not _problem(sample, [column, other]):
                others.append((different, other))
    found = (f"{other}{JOIN}{column}" for _, other in sorted(others))
    return islice(found, _PROPOSALS)
