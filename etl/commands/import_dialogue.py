"""The conversation of an import on a terminal: questions, the guessed mapping, progress."""

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from analytics.errors import SupportAnalyticsError
from analytics.listing import Listing
from analytics.terminal_text import printable
from etl.importing.history import PastImport
from etl.importing.preview import column_uses, word_lines
from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import NOT_USED, Question

_MOST_QUESTIONS: Final = 20


_CORRECT: Final = (
    "To correct the guess, add --dry-run --yes --save-profile FILE: that writes it to a file and imports nothing."
    " Then pass the corrected file with --profile FILE; see docs/import.md."
)


class AnswerNeededError(SupportAnalyticsError):
    """The import needs an answer, and nobody is at the terminal to give it."""


class ImportDialogue:
    """Asks on the terminal; when there is no terminal, its errors name the option to pass. Prints to standard error."""

    def __init__(self, *, agrees: bool, is_interactive: bool | None = None) -> None:
        """Begin.

        Args:
            agrees: Whether to accept the guessed mapping without asking.
            is_interactive: Whether a person can be asked; None means find out from the terminal.
        """
        self._agrees = agrees
        self._can_ask = sys.stdin.isatty() if is_interactive is None else is_interactive
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %  {task.fields[rows]:,} rows  {task.fields[rate]:,.0f} rows/s"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None
        self._table: SourceTable | None = None
        self._rows = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the progress bar away."""
        self._progress.stop()

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Ask each question.

        Raises:
            AnswerNeededError: If nobody can be asked; it names each question, and how to answer it.
        """
        if not self._can_ask:
            raise _needed(questions)
        typer.echo(printable("Before the import:"), err=True)
        return {question.name: self._answer(question) for question in questions}

    def ask_if_possible(self, question: Question) -> str | None:
        """Ask a question that the import can do without; None where nobody can be asked."""
        return self._answer(question) if self._can_ask else None

    def _answer(self, question: Question) -> str:
        """Ask until the answer is one of the choices."""
        shown = f"{question.text} [{', '.join(question.choices)}]" if question.choices else question.text
        choices = {choice.casefold() for choice in question.choices}
        while True:
            answer = str(typer.prompt(printable(shown), default=question.default or None, err=True)).strip()
            if not choices or answer.casefold() in choices:
                return answer

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Show the guessed mapping and ask whether it is right."""
        system = f" It looks like an export of {profile.system}." if profile.system else ""
        shown = f"{table.layout}; kept as source {profile.source!r}.{system} The columns would be used so:"
        typer.echo(printable(shown), err=True)
        listing = Listing("column of the file", "used as", "examples", names={"column of the file"})
        for row in column_uses(profile, table.header.names, sample):
            listing.add(*row)
        listing.show(on_stderr=True)
        for line in word_lines(profile, table.header.names, sample):
            typer.echo(printable(line), err=True)
        if self._agrees:
            return
        message = "The mapping above is a guess from the names of the columns, and nobody has confirmed it."
        hint = "Pass --yes to accept it, or --profile with a mapping of your own; see docs/import.md."
        if not self._can_ask:
            raise AnswerNeededError(message, hint)
        if not typer.confirm("Import the file so?", err=True):
            message = "Nothing was imported."
            raise AnswerNeededError(message, _CORRECT)

    def same_file(self, earlier: PastImport, remedy: str) -> None:
        """Say that this very file was imported before, and ask whether to import it again."""
        message = (
            f"This very file was imported on {earlier.started_at:%-d %B %Y} as source {earlier.source!r}"
            f" (import {earlier.id}, {earlier.kind}): its rows would come in a second time."
        )
        hint = f"To correct what it brought in: {remedy} To take that import back, run support-analytics import undo"
        hint += f" {earlier.id}. To import the file a second time all the same, pass --again."
        if not self._can_ask:
            raise AnswerNeededError(message, hint)
        typer.echo(printable(message), err=True)
        if not typer.confirm("Import it a second time?", default=False, err=True):
            message = "Nothing was imported."
            raise AnswerNeededError(message, hint)

    def started(self, table: SourceTable) -> None:
        """Show the progress bar."""
        self._table = table
        self._progress.start()
        self._task = self._progress.add_task("reading", total=table.file.size or 1, rows=0, rate=0.0)

    def on_rows(self, count: int) -> None:
        """Add this many rows to the progress bar."""
        self._rows += count
        if self._task is not None and self._table is not None:
            seconds = self._progress.tasks[0].elapsed or 0.0
            rate = self._rows / seconds if seconds else 0.0
            self._progress.update(self._task, completed=self._table.file.bytes_read, rows=self._rows, rate=rate)

    def on_step(self, step: str) -> None:
        """Show which step is running after all rows were read."""
        if self._task is not None:
            self._progress.update(self._task, description=step)


def _needed(questions: Sequence[Question]) -> AnswerNeededError:
    """Return the error that names the questions and how to answer each on the command line."""
    count = "one thing" if len(questions) == 1 else f"{len(questions)} things"
    asked = "\n".join(f"  - {question.text} {_choices(question)}" for question in questions[:_MOST_QUESTIONS])
    message = f"The import needs an answer about {count}, and does not guess:\n{asked}"
    options = " ".join(question.option for question in questions[:_MOST_QUESTIONS])
    words = {question.name.partition(":")[0] for question in questions if NOT_USED in question.choices}
    rest = " ".join(f"--answer '{name}:*=none'" for name in ("status", "priority") if name in words)
    lines = [f"Fill in: {options}", f"An answer is given like this: {questions[0].example}"]
    if rest and len(questions) > 1:
        lines.append(f"All other words of a column as not known: {rest}")
    return AnswerNeededError(message, "\n".join(lines))


def _choices(question: Question) -> str:
    names = {"time-zone": "Pass --time-zone.", "date-order": "Pass --date-order."}
    if question.name in names:
        return names[question.name]
    return f"[{question.name}: {', '.join(question.choices)}]" if question.choices else f"[{question.name}]"
