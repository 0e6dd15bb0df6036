"""Chooses the column of each field: by its name in the system's vocabulary, else the general one, and by its cells."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from etl.importing.transforms.column_fit import date_share, fits
from etl.importing.transforms.joined_times import is_pure_date, is_time_of_day
from etl.importing.transforms.questions import NOT_USED, Answers, Question, about_column, about_creation, about_repeated
from etl.importing.transforms.ratings import scale_in
from etl.importing.transforms.sample import Sample
from etl.importing.vocabulary.spelling import column_key
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS, FieldKind
from etl.importing.vocabulary.vocabulary import Vocabulary
from etl.importing.vocabulary.vocabulary_file import general

_NEARLY_ALL: Final = 0.9
_HALF: Final = 0.5
_INSTEAD: Final = {"first_replied_at": "first_reply_time", "resolved_at": "resolution_time"}
"""Field with an instant -> field with the duration to it. What is called a duration is sometimes an instant."""
_ALTERNATIVES: Final = {
    "first_reply_time": "first_replied_at",
    "resolution_time": "resolved_at",
    "source_sla_breached": "source_sla_met",
}
"""Field -> field that says the same better."""
_ASKED: Final = frozenset({"status", "priority", "resolved_at", "closed_at"})
"""Fields whose columns are never left out without a question."""
_LISTS: Final = frozenset(name for name, field in TICKET_FIELDS.items() if field.kind is FieldKind.TAGS)
"""Fields that several columns of one name may hold together."""
_ELSEWHERE: Final = frozenset({"external_id", "customer_email", "customer_name"})
_NOT_CALENDAR: Final = ("business", "office hours", "working hours", "operating hours", "sla hours", "geschaftszeit")


class ColumnGuess:
    """The columns of a file's fields.

    Attributes:
        columns: Field -> column.
        times: Field with a date -> column with its time of day.
        questions: What has to be asked about them.
    """

    def __init__(self, sample: Sample, system: Vocabulary | None, answers: Answers) -> None:
        """Choose the columns, but for the key and the customer."""
        self._sample = sample
        self._system = system
        self._answers = answers
        self.columns: dict[str, str] = {}
        self.times: dict[str, str] = {}
        self.questions: list[Question] = []
        self._choose_answered()
        for name in TICKET_FIELDS:
            if name not in _ELSEWHERE and name not in self.columns:
                self._choose(name)
        if "resolved_at" not in self.columns and "closed_at" in self.columns and not self._is_refused("resolved_at"):
            self.columns["resolved_at"] = self.columns["closed_at"]
        self._join_times()

    def candidates(self, name: str) -> Iterator[tuple[str, bool]]:
        """Yield the free columns that are called so, the best first, and whether the system calls them so."""
        taken = set(self.columns.values())
        own = self._own_keys(name)
        for key in self._keys(name):
            column = self._sample.keys.get(key)
            if column is None and name in _LISTS:
                column = self._sample.lists.get(key)
            if column is None or column in taken:
                continue
            is_own = key in own
            if not is_own and self._is_otherwise(key, name):
                continue
            yield column, is_own

    def _own_keys(self, name: str) -> Collection[str]:
        return self._system.columns.get(name, ()) if self._system else ()

    def _keys(self, name: str) -> Iterable[str]:
        """Return how a field's column may be called, the likeliest first."""
        usual = (name.replace("_", " "), *general().columns.get(name, ()))
        return dict.fromkeys((*self._own_keys(name), *usual))

    def _is_otherwise(self, key: str, name: str) -> bool:
        """Say whether the system, or the general vocabulary, knows a column for something else."""
        if key in general().kept:
            return True
        if self._system is None:
            return False
        fields = self._system.fields_of(key)
        return key in self._system.kept or (bool(fields) and name not in fields)

    def _is_refused(self, name: str) -> bool:
        return (self._answers.get(f"column:{name}") or "").casefold() == NOT_USED

    def _choose_answered(self) -> None:
        """Take the columns that a person named."""
        for name in TICKET_FIELDS:
            answer = self._answers.get(f"column:{name}")
            if answer is None or name in _ELSEWHERE or answer.casefold() == NOT_USED:
                continue
            alike = (each for column in self._sample.lists.values() for each in self._sample.alike(column))
            question = Question(f"column:{name}", "", (*self._sample.header, *alike))
            self.columns[name] = self._answers.chosen(question) or answer

    def _choose(self, name: str) -> None:
        better = _ALTERNATIVES.get(name)
        if self._is_refused(name) or (better is not None and better in self.columns):
            return
        field = TICKET_FIELDS[name]
        named = [*self.candidates(name), *self._with_endings(name), *self._instants_instead(name)]
        filled = [each for each in named if self._sample.filled(each[0])]
        for column, is_own in filled:
            if fits(self._sample, column, field, self._system, is_own=is_own):
                self.columns[name] = column
                return
        if not named and (name == "created_at" or name in _ASKED) and self._choose_alike(name):
            return
        if name == "created_at":
            self._ask_for_creation([column for column, _ in named])
        elif name in _ASKED and (unread := [column for column, _ in filled if self._is_meant(name, column)]):
            self._ask_about(name, unread[0])
        elif not filled and named:
            self.columns[name] = named[0][0]

    def _choose_alike(self, name: str) -> bool:
        """Say whether several columns have a name of the field: take one if all are the same, else ask."""
        shared = next((self._sample.lists[key] for key in self._keys(name) if key in self._sample.lists), None)
        if shared is None:
            return False
        columns = self._sample.alike(shared)
        if len({tuple(self._sample.cells(column)) for column in columns}) == 1:
            self.columns[name] = columns[0]
        else:
            self.questions.append(about_repeated(name, columns))
        return True

    def _is_meant(self, name: str, column: str) -> bool:
        """Say whether a column whose cells cannot be read is meant to be the field all the same."""
        if TICKET_FIELDS[name].kind is not FieldKind.INSTANT:
            return True
        # "Closed" may be a flag, and "Resolved" a count: only what looks a little like a date is asked about.
        cells = self._sample.counts(column)
        return any(len(cell) > 5 and any(map(str.isdigit, cell)) for cell in cells)  # noqa: PLR2004 - 1.1.25 is longer

    def _ask_about(self, name: str, column: str) -> None:
        if TICKET_FIELDS[name].kind is not FieldKind.INSTANT:
            self.columns[name] = column
            return
        others = [each for each in self._date_columns() if each not in self.columns.values()]
        values = [value for value, _ in self._sample.counts(column).most_common()]
        self.questions.append(about_column(name, column, values, others))

    def _ask_for_creation(self, named: list[str]) -> None:
        dates = self._date_columns()
        named = [column for column in named if self._sample.filled(column)]
        unread = ""
        if named:
            values = ", ".join(repr(value) for value in self._sample.filled(named[0])[:3])
            unread = f"The cells of {named[0]!r} cannot be read as dates, such as {values}."
        if dates:
            self.questions.append(about_creation(dates, unread))
        self.creation_problem = unread

    creation_problem = ""

    def _date_columns(self) -> list[str]:
        return [column for column in self._sample.usable if date_share(self._sample, column) >= _HALF]

    def _instants_instead(self, name: str) -> Iterator[tuple[str, bool]]:
        """Yield the columns called a duration whose cells are instants."""
        duration = _INSTEAD.get(name)
        if duration is not None:
            for column, is_own in self.candidates(duration):
                if date_share(self._sample, column) >= _HALF:
                    yield column, is_own

    def _with_endings(self, name: str) -> Iterator[tuple[str, bool]]:
        """Yield the columns whose name is a duration's with its unit behind it, or a rating's with its scale."""
        kind = TICKET_FIELDS[name].kind
        if kind is FieldKind.RATING:
            yield from self._scaled(name)
        if kind is not FieldKind.DURATION:
            return
        usual = general().columns[name]
        for key, column in self._sample.keys.items():
            base, _ = split_unit(key)
            is_calendar = not any(word in key for word in _NOT_CALENDAR)
            is_free = column not in self.columns.values() and not self._is_otherwise(key, name)
            if base != key and base in usual and is_calendar and is_free:
                yield column, False

    def _scaled(self, name: str) -> Iterator[tuple[str, bool]]:
        usual = frozenset(self._keys(name))
        for column in self._sample.usable:
            base, scale = scale_in(column)
            if scale and column_key(base) in usual and column not in self.columns.values():
                yield column, False

    def _join_times(self) -> None:
        """Join dates without a time with the column that holds it."""
        for name, column in list(self.columns.items()):
            if (
                TICKET_FIELDS[name].kind is not FieldKind.INSTANT
                or self._sample.share(column, is_pure_date) < _NEARLY_ALL
            ):
                continue
            for key in general().times.get(name, ()):
                found = self._sample.keys.get(key)
                is_free = found not in {None, *self.columns.values(), *self.times.values()}
                if is_free and self._sample.share(str(found), is_time_of_day) >= _NEARLY_ALL:
                    self.times[name] = str(found)
                    break


def split_unit(key: str) -> tuple[str, str]:
    """Return a column's key without the unit at its end, and the unit; "" when there is none."""
    endings = general().unit_endings
    words = key.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        ending = " ".join(words[-length:])
        if ending in endings:
            return " ".join(words[:-length]), endings[ending]
    return key, ""


def unit_of(column: str, system: Vocabulary | None) -> str:
    """Return what a column of durations counts, as its system or its name says; "" when neither does."""
    key = column_key(column)
    return (system.units.get(key, "") if system else "") or split_unit(key)[1]
