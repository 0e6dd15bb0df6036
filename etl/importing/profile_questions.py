"""Settles the profile of a file: guesses what nobody said, and asks until nothing is in doubt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final, Protocol

from analytics.notices import Notice
from etl.importing.kinds.fields import FIELDS_OF, TICKETS
from etl.importing.kinds.guess import guess_kind, likely_kind
from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.time_zones import zone_named
from etl.importing.transforms.date_questions import look_at_dates
from etl.importing.transforms.first_row import refuse_values
from etl.importing.transforms.import_profile import ImportProfile, ProfileError
from etl.importing.transforms.profile_guess import NoCreationError, guess_profile
from etl.importing.transforms.questions import (
    AnswerError,
    Answers,
    Question,
    about_date_order,
    about_time_zone,
)
from etl.importing.transforms.wall_time import DATE_ORDERS, DateOrder
from etl.importing.vocabulary.spelling import zone_of

_KINDS: Final = f"{', '.join(kind for kind in FIELDS_OF if kind != TICKETS)}."


class Asked(Protocol):
    """Whoever answers questions."""

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Return the answers to some of the questions, at least one: name of the question -> answer."""


class ProfileSettler:
    """Settles the profile of one file.

    Attributes:
        notices: What a person should know about a guess.
    """

    def __init__(
        self, table: SourceTable, sample: Sequence[SourceRow], answers: Answers, asked: Asked, kind: str
    ) -> None:
        """Keep what is known; `kind` says what the rows are, for a guess."""
        self._kind = kind
        self._header = table.header
        rows = [row for row in sample if not row.problem]
        # What a row of another width says is not asked about: it waits in quarantine.
        rows = [row for row in rows if _is_whole(row, len(table.header.names))] or rows
        self._cells = [row.cells for row in rows]
        self._lines = [row.line_number for row in rows]
        self._answers = answers
        self._asked = asked
        self._is_given = False
        self.notices: tuple[Notice, ...] = ()

    def settle(self, given: ImportProfile | None, source: str) -> ImportProfile:
        """Return the profile with every question answered.

        Args:
            given: The profile that a person wrote; None means guess it.
            source: Name under which the records are kept, for a guess.

        Raises:
            SupportAnalyticsError: If the file cannot be imported so, or nobody answers.
        """
        self._is_given = given is not None
        if given is None:
            refuse_values(self._header.names)
        while True:
            profile, questions = (given, ()) if given is not None else self._guess(source)
            if profile is not None:
                profile, of_dates = self._with_dates(profile)
                questions = (*questions, *of_dates)
            if profile is not None and not questions:
                self._refuse_unused()
                return profile
            self._answers.add(self._asked.ask(questions))

    def _guess(self, source: str) -> tuple[ImportProfile | None, tuple[Question, ...]]:
        if self._kind != TICKETS:
            guess = guess_kind(self._kind, self._header.names, self._cells, source, self._answers)
            return guess.profile, guess.questions
        try:
            guess = guess_profile(self._header.names, self._cells, source, self._header.repeated, self._answers)
        except NoCreationError as error:
            raise ProfileError(error.message, f"{error.hint} {self._other_kinds()}") from error
        self.notices = guess.notices
        if guess.profile is not None:
            return guess.profile, guess.questions
        first, *others = guess.questions
        return None, (replace(first, text=f"{self._other_kinds()} {first.text}"), *others)

    def _other_kinds(self) -> str:
        """Return what to do about a file whose rows may be no tickets."""
        kind = likely_kind(self._header.names, self._cells)
        if kind:
            return f"The columns look like those of {kind}: if the rows are {kind}, pass --kind {kind}."
        return "Files of customers, agents, messages, status changes or ratings need --kind: " + _KINDS

    def _with_dates(self, profile: ImportProfile) -> tuple[ImportProfile, list[Question]]:
        """Return the profile with what is known about its dates, and what has to be asked about them."""
        zone = self._zone()
        if zone_of(profile.columns.get("created_at", ""))[1] and not self._is_given:
            # The name of the column says the zone of its times, as an offset in the cells would.
            zone = ""
        profile = profile.with_answers(time_zone=zone, date_order=self._order())
        found = look_at_dates(profile, self._header.names, self._cells, self._today(), self._lines)
        questions = []
        if found.needs_date_order:
            questions.append(about_date_order(found.example, DATE_ORDERS))
        if found.needs_time_zone:
            questions.append(about_time_zone(found.time_example))
        if profile.time_zone:
            zone_named(profile.time_zone)
        return profile.with_answers(date_order=found.date_order), questions

    def _zone(self) -> str:
        zone = self._answers.get("time-zone") or ""
        return zone_named(zone).key if zone else ""

    def _order(self) -> DateOrder | None:
        chosen = self._answers.chosen(Question("date-order", "", DATE_ORDERS))
        return next((order for order in DATE_ORDERS if order == chosen), None)

    def _refuse_unused(self) -> None:
        """Refuse answers that belong to no question of this file, because a name may be mistyped.

        Raises:
            AnswerError: If there are such answers.
        """
        if unused := self._answers.unused():
            message = f"Nothing of this file asks for these answers: {', '.join(unused)}."
            raise AnswerError(message, "Leave them out, or import without them to see what is asked.")

    def _today(self) -> date:
        return datetime.now(UTC).date()


def _is_whole(row: SourceRow, width: int) -> bool:
    """Say whether a row has as many cells as the header; blank ones behind do not count."""
    return len(row.cells) >= width and not any(row.cells[width:])
