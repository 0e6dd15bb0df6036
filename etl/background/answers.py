"""The conversation of an import in a browser: what would be asked is kept for the page instead of a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from etl.importing.history import PastImport
from etl.importing.preview import column_uses, word_lines
from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import Question

_MOST_QUESTIONS: Final = 40
_MOST_COLUMNS: Final = 200


class QuestionsError(SupportAnalyticsError):
    """The import has questions that only a person can answer.

    Attributes:
        questions: What they are.
    """

    kind = ErrorKind.INVALID

    def __init__(self, questions: Sequence[Question]) -> None:
        """Keep the questions."""
        super().__init__("The import has questions.", "Answer them on the page.")
        self.questions = [asdict(each) for each in questions[:_MOST_QUESTIONS]]


class SameFileError(SupportAnalyticsError):
    """The file was imported before, and nobody has said that it is to come in again."""

    kind = ErrorKind.INVALID


class BrowserAnswers:
    """Keeps what an import would show, and how far it is.

    Attributes:
        columns: What each column is used as.
        words: What words become, a sentence each.
        layout: What sort of file it is.
    """

    def __init__(self, on_progress: Callable[[str, int, int], None]) -> None:
        """Begin.

        Args:
            on_progress: Takes the slug of the step, the bytes read and the bytes there are.
        """
        self._on_progress = on_progress
        self._table: SourceTable | None = None
        self.columns: list[dict[str, Any]] = []
        self.words: list[str] = []
        self.layout = ""

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Leave the questions to the page.

        Raises:
            QuestionsError: Always.
        """
        raise QuestionsError(questions)

    def ask_if_possible(self, _question: Question) -> str | None:
        """Return that nobody answers: the import can do without."""
        return None

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Keep the mapping; the page shows it before anything is carried out."""
        system = f" It looks like an export of {profile.system}." if profile.system else ""
        self.layout = f"{table.layout}; kept as source {profile.source!r}.{system}"
        names = table.header.names
        self.columns = [
            {"column": name, "use": use, "examples": examples}
            for name, use, examples in column_uses(profile, names, sample)[:_MOST_COLUMNS]
        ]
        self.words = word_lines(profile, names, sample)

    def same_file(self, earlier: PastImport, _remedy: str) -> None:
        """Refuse a file that came in under another name.

        Raises:
            SameFileError: Always.
        """
        message = (
            f"This very file was imported on {earlier.started_at:%-d %B %Y} as source {earlier.source!r}"
            f" (import {earlier.id}): its rows would come in a second time."
        )
        raise SameFileError(message, "Take that import back first, or give the file the name it had.")

    def started(self, table: SourceTable) -> None:
        """Begin to show progress."""
        self._table = table
        self._on_progress("reading", 0, table.file.size or 0)

    def on_rows(self, _count: int) -> None:
        """Show how much was read."""
        if self._table is not None:
            self._on_progress("reading", self._table.file.bytes_read, self._table.file.size or 0)

    def on_step(self, _step: str) -> None:
        """Show that all rows were read."""
        if self._table is not None:
            size = self._table.file.size or 0
            self._on_progress("keeping", size, size)
