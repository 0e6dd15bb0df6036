"""What an import has to ask, and the answers: each question has a name, by which it can be answered in advance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from etl.importing.counted import Counted
from etl.importing.transforms.column_places import shared_name

NOT_USED: Final = "none"
"""Answers that a column or a value is not used; it is kept in the tickets' metadata."""
ALL_WORDS: Final = "*"
TIME_ZONE: Final = "time-zone"
DATE_ORDER: Final = "date-order"
COUNTRY: Final = "country"
_MOST_CHOICES: Final = 12
_NEEDED: Final[Mapping[str, str]] = {
    "customer_email": "the customer's e-mail address",
    "agent_name": "the agent's name",
    "ticket": "the key of the ticket",
    "happened_at": "the time of the message",
    "status": "the new status",
    "changed_at": "the time of the change",
}
"""Field that a kind of record needs -> what a person calls it."""
_SHOWN: Final = 12
_WIDTH: Final = 40


class AnswerError(SupportAnalyticsError):
    """An answer given in advance cannot be used."""

    kind = ErrorKind.INVALID


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        name: By which it is answered: `--answer NAME=ANSWER`.
        text: What is asked, with the values in doubt.
        choices: The answers there are; empty takes any text.
        default: The likeliest answer, for a person to confirm; "" when there is none.
    """

    name: str
    text: str
    choices: tuple[str, ...] = ()
    default: str = ""

    @property
    def option(self) -> str:
        """Return how to answer on the command line, with the choices where the answer belongs."""
        if self.default:
            return self._given_as(self.default)
        if not self.choices:
            return self._given_as("ZONE" if self.name == TIME_ZONE else "ANSWER")
        return self._given_as("|".join(self.choices) if len(self.choices) <= _MOST_CHOICES else "CHOICE")

    @property
    def example(self) -> str:
        """Return an answer as it can be pasted; whether it is the right one only a person knows."""
        if self.name == TIME_ZONE:
            return self._given_as("Europe/London")
        return self._given_as(self.default or (self.choices[0] if self.choices else "ANSWER"))

    def _given_as(self, answer: str) -> str:
        if self.name in {TIME_ZONE, DATE_ORDER}:
            return f"--{self.name} {quote(answer)}"
        return f"--answer {quote(f'{self.name}={answer}')}"


class Answers:
    """The answers so far. Remembers which were used, so that one that nobody asked for is noticed."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        """Keep the answers."""
        self._given = {_key(name): answer.strip() for name, answer in (given or {}).items()}
        self._used: set[str] = set()

    def get(self, name: str) -> str | None:
        """Return the answer to a question; None when there is none."""
        key = _key(name)
        self._used.add(key)
        return self._given.get(key)

    def add(self, given: Mapping[str, str]) -> None:
        """Add answers."""
        self._given |= {_key(name): answer.strip() for name, answer in given.items()}

    def chosen(self, question: Question) -> str | None:
        """Return the answer to a question, in the spelling of its choice; None when there is none.

        Raises:
            AnswerError: If the answer is none of the choices.
        """
        answer = self.get(question.name)
        if answer is None or not question.choices:
            return answer
        for choice in question.choices:
            if choice.casefold() == answer.casefold():
                return choice
        message = f"{answer!r} is no answer to the question {question.name!r}."
        raise AnswerError(message, f"Answers are: {', '.join(question.choices)}.")

    def unused(self) -> list[str]:
        """Return the names of answers that no question asked for."""
        return sorted(self._given.keys() - self._used)


def parse_answers(texts: Iterable[str]) -> dict[str, str]:
    """Return the answers of `NAME=ANSWER` texts.

    Raises:
        AnswerError: If a text has no `=`.
    """
    found = {}
    for text in texts:
        name, sign, answer = text.rpartition("=")
        if not sign or not name or not answer:
            message = f"--answer is {text!r}."
            raise AnswerError(message, "Write it as NAME=ANSWER, for example --answer priority-direction=1-is-urgent.")
        found[name] = answer
    return found


def about_word(field: str, column: str, word: str, count: int, choices: Sequence[str]) -> Question:
    """Ask what a word of a closed list means."""
    text = (
        f"What does {word[:_WIDTH]!r} in the column {column!r} ({count:,} {Counted(count):row/rows}) mean as {field}?"
    )
    return Question(f"{field}:{word}", text, (*choices, NOT_USED))


def about_direction(column: str, numbers: Sequence[str]) -> Question:
    """Ask which end of the priorities is urgent."""
    text = f"The priorities in {column!r} are numbers ({_listed(numbers)}). Which end is urgent?"
    return Question("priority-direction", text, ("1-is-urgent", "1-is-low", NOT_USED))


def about_scale(column: str, values: Sequence[str], scales: Sequence[str]) -> Question:
    """Ask which scale the ratings are on."""
    text = f"The ratings in {column!r} are not plainly on a scale of 1 to 5 ({_listed(values)}). Which scale is it?"
    return Question("rating-scale", text, (*scales, NOT_USED))


def about_unit(field: str, column: str, values: Sequence[str], units: Sequence[str]) -> Question:
    """Ask what the numbers of a duration count."""
    text = f"The durations in {column!r} are bare numbers ({_listed(values)}). What do they count?"
    return Question(f"unit:{field}", text, (*units, NOT_USED))


def about_column(field: str, column: str, values: Sequence[str], others: Sequence[str]) -> Question:
    """Ask which column a field is in, because the one with its name cannot be read."""
    text = f"The column {column!r} should be {field}, but cannot be read so ({_listed(values)}). Which column is it?"
    return Question(f"column:{field}", text, (*others, NOT_USED), NOT_USED)


def about_repeated(field: str, columns: Sequence[str]) -> Question:
    """Ask which of several columns with one name is the field."""
    text = f"{len(columns)} columns are called {shared_name(columns[0])!r}. Which one is {field}?"
    return Question(f"column:{field}", text, (*columns, NOT_USED))


def about_words_of(field: str, column: str, values: Sequence[str]) -> Question:
    """Ask whether a column with too many unknown words is the field at all."""
    text = (
        f"The column {column!r} should be {field}, but {len(values):,} of its values are unknown ({_listed(values)})."
    )
    return Question(f"column:{field}", text, (column, NOT_USED), NOT_USED)


def about_needed(field: str, kind: str, columns: Sequence[str]) -> Question:
    """Ask which column holds what a record of another kind than tickets needs."""
    what = _NEEDED.get(field, field)
    text = f"No column looks like {what}, which each row of a file of {kind} needs. Which column is it?"
    return Question(f"column:{field}", text, tuple(columns))


def about_creation(columns: Sequence[str], unread: str) -> Question:
    """Ask which column holds the creation of a ticket."""
    text = f"{unread or 'No column is called like the creation of a ticket.'} Which column holds the creation?"
    return Question("column:created_at", text, tuple(columns), columns[0])


def about_key(column: str, problem: str, proposals: Sequence[str]) -> Question:
    """Ask for the key, because the one with its name does not tell all tickets apart."""
    text = (
        f"The column {column!r} {problem}. Which column, or columns joined by +, tells tickets apart? "
        "Of rows with the same key the last counts; none makes each row a ticket of its own."
    )
    return Question("key", text, (*proposals, NOT_USED), proposals[0] if proposals else NOT_USED)


def about_time_zone(example: str) -> Question:
    """Ask for the zone of times without an offset."""
    return Question(TIME_ZONE, f"Which time zone are times such as {example} in (IANA name)?")


def about_country(zone: str, countries: Sequence[str]) -> Question:
    """Ask whose public holidays the desk follows, of which its time zone says too little.

    Args:
        zone: The time zone of the file; "" where it has none.
        countries: ISO codes of the countries of the zone, the likeliest first; none where it belongs to none.
    """
    if not countries:
        text = "Whose public holidays does the desk keep? Two letters of a country, such as ZA, or none."
        return Question(COUNTRY, text, default=NOT_USED)
    shown = countries[:_MOST_CHOICES]
    text = f"Several countries are in the zone {zone}. Whose public holidays does the desk keep?"
    return Question(COUNTRY, text, (*shown, NOT_USED) if len(countries) == len(shown) else (), shown[0])


def about_date_order(example: str, orders: Sequence[str]) -> Question:
    """Ask for the order of the parts of a date."""
    text = f"Is {example} day first (dmy), month first (mdy) or year first (ymd)?"
    return Question(DATE_ORDER, text, tuple(orders))


def _listed(values: Sequence[str]) -> str:
    """Return the first values. Only those of closed lists, dates and numbers are ever shown."""
    different = list(dict.fromkeys(value[:_WIDTH] for value in values))
    more = len(different) - _SHOWN
    return ", ".join(different[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
