"""Guesses a profile from the names of the columns and a sample of their cells, and says what has to be asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.notices import Notice
from etl.importing.transforms.column_fit import number_format
from etl.importing.transforms.column_guess import ColumnGuess
from etl.importing.transforms.customer_guess import choose_customer
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.key_guess import choose_key
from etl.importing.transforms.questions import Answers, Question
from etl.importing.transforms.sample import Sample
from etl.importing.transforms.word_guess import guess_words
from etl.importing.vocabulary.spelling import column_key, zone_of
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS, FieldKind
from etl.importing.vocabulary.vocabulary import Vocabulary
from etl.importing.vocabulary.vocabulary_file import general, system_of

_STANDING: Final = frozenset({"status", "resolved_at", "closed_at", "resolution_time"})
"""Fields that say whether a ticket is still open."""


class NoCreationError(ProfileError):
    """No column can be the creation of a ticket."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed profile.

    Attributes:
        profile: The profile, as far as it is known; None when nothing can be said before a question is answered.
        questions: What has to be asked.
        notices: What a person should know about the guess.
    """

    profile: ImportProfile | None
    questions: tuple[Question, ...]
    notices: tuple[Notice, ...] = ()


def guess_profile(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    source: str,
    repeated: Collection[str] = (),
    answers: Answers | None = None,
) -> Guess:
    """Return a profile for a file that nobody has described.

    A column is taken for a field if its name is usual for the field, in the file's own system or anywhere, and its
    cells can be read as the field. Other columns go to the metadata; those of status, priority and the dates of
    solving and closing never do without a question.

    Args:
        header: Names of the columns.
        rows: Cells of some rows.
        source: Name under which the records will be kept.
        repeated: Names that several columns of the file have.
        answers: What a person has answered.

    Raises:
        NoCreationError: If no column can be the creation of a ticket.
        ProfileError: If the file has no rows.
        AnswerError: If an answer is none.
    """
    answers = answers or Answers()
    sample = Sample(header, rows, repeated)
    system = system_of(tuple(header))
    guess = ColumnGuess(sample, system, answers)
    if "created_at" not in guess.columns:
        _refuse(guess, sample)
        return Guess(None, tuple(guess.questions))
    key, key_questions = choose_key(guess, sample, answers)
    columns = guess.columns | choose_customer(guess, sample, answers)
    columns = {name: columns[name] for name in TICKET_FIELDS if name in columns}
    words = guess_words(columns, sample, system, answers)
    columns = {name: column for name, column in columns.items() if name not in words.dropped}
    profile = ImportProfile(
        "guessed",
        source,
        external_id=key,
        columns=columns,
        values=words.values,
        times={name: column for name, column in guess.times.items() if name in columns},
        units=words.units,
        separators={name: mark for name, mark in (system.separators if system else {}).items() if name in columns},
        rating_scale=words.rating_scale,
        system=system.name if system else "",
        formats=_formats(sample, columns),
        time_zone=_time_zone(columns, system),
    )
    questions = (*guess.questions, *key_questions, *words.questions)
    return Guess(profile, questions, tuple(_notices(profile, system, sample, repeated)))


def _refuse(guess: ColumnGuess, sample: Sample) -> None:
    """Refuse a file in which no column can be the creation of a ticket.

    Raises:
        NoCreationError: If there is nothing to ask about.
        ProfileError: If the file has no rows.
    """
    if guess.questions:
        return
    hint = "Say which one it is in a profile and pass it with --profile; see docs/import.md."
    if sample.row_count == 0:
        message = "The file has a header and no rows."
        raise ProfileError(message, "Export it again with the tickets in it; nothing was imported.")
    if guess.creation_problem:
        raise NoCreationError(guess.creation_problem, hint.replace("which one it is", "how it is written (formats)"))
    message = f"None of the columns looks like the creation of a ticket: {', '.join(sample.header)}."
    raise NoCreationError(message, f"No column holds dates that can be read. {hint}")


def _formats(sample: Sample, columns: dict[str, str]) -> tuple[str, ...]:
    instants = [column for name, column in columns.items() if TICKET_FIELDS[name].kind is FieldKind.INSTANT]
    return tuple(dict.fromkeys(given for column in instants if (given := number_format(sample, column))))


def _time_zone(columns: dict[str, str], system: Vocabulary | None) -> str:
    """Return the zone in the name of the creation's column, else the one that the system fixes."""
    return zone_of(columns["created_at"])[1] or (system.time_zone if system else "")


def _notices(
    profile: ImportProfile, system: Vocabulary | None, sample: Sample, repeated: Collection[str]
) -> list[Notice]:
    notices = []
    if profile.system:
        notices.append(Notice("system", {"system": profile.system}))
    known = {
        key for vocabulary in (general(), system) if vocabulary for each in vocabulary.columns.values() for key in each
    }
    used = set(profile.columns.values())
    unused = {name for name in repeated if name not in used and used.isdisjoint(sample.alike(name))}
    if left_out := [name for name in sample.header if name in unused and column_key(name) in known]:
        notices.append(Notice("repeated_left_out", {"columns": ", ".join(left_out)}))
    if not _STANDING & profile.columns.keys():
        notices.append(Notice("all_open"))
    solved = profile.columns.get("resolved_at")
    if system is not None and solved is not None and column_key(solved) in system.first_close:
        notices.append(Notice("first_close", {"column": solved}))
    notices += [
        Notice("time_joined", {"column": profile.columns[name], "time": time}) for name, time in profile.times.items()
    ]
    if profile.formats:
        notices.append(Notice("dates_in_numbers", {"formats": ", ".join(profile.formats)}))
    return notices
