"""The conversation of an import on a terminal: questions, the guessed mapping, progress."""

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from analytics.errors import SupportAnalyticsError
from etl.commands.terminal_text import cell
from etl.importing.history import PastImport
from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import DateOrder

_EXAMPLES: Final = 3
_EXAMPLE_WIDTH: Final = 30


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

    def time_zone(self, example: str) -> str:
        """Ask for the zone of times without an offset."""
        message = "The file has times without a time zone, and nothing says which zone they are in."
        hint = "Pass --time-zone with an IANA name, for example --time-zone Africa/Johannesburg."
        return self._ask(f"Time zone of times such as {example} (IANA name)", message, hint)

    def date_order(self, example: str) -> DateOrder:
        """Ask for the order of day and month."""
        message = "The file has dates that can be read in two ways, and none that shows which."
        hint = "Pass --date-order dmy (day first) or --date-order mdy (month first)."
        answer = self._ask(f"Is {example} day first (dmy) or month first (mdy)?", message, hint)
        if answer == "dmy":
            return "dmy"
        if answer == "mdy":
            return "mdy"
        message = f"{answer!r} is neither dmy nor mdy."
        raise AnswerNeededError(message, hint)

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Show the guessed mapping and ask whether it is right."""
        self._console.print(cell(f"{table.layout}; kept as source {profile.source!r}. The columns would be used so:"))
        self._console.print(_mapping_table(profile, table, sample))
        if self._agrees:
            return
        message = "The mapping above is a guess from the names of the columns, and nobody has confirmed it."
        hint = "Pass --yes to accept it, or --profile with a mapping of your own; see docs/import.md."
        if not self._can_ask:
            raise AnswerNeededError(message, hint)
        if not typer.confirm("Import the file so?", err=True):
            message = "Nothing was imported."
            raise AnswerNeededError(message, "Write a mapping and pass it with --profile; see docs/import.md.")

    def same_file(self, earlier: PastImport) -> None:
        """Say that this very file was imported before, and ask whether to import it again."""
        message = (
            f"This very file was imported on {earlier.started_at:%-d %B %Y} as source {earlier.source!r}"
            f" (import {earlier.id}, {earlier.kind}): its rows would come in a second time."
        )
        hint = f"To correct what it brought in, pass --source {earlier.source}; to take that import back, run"
        hint += f" support-analytics import undo {earlier.id}; to import it a second time all the same, pass --again."
        if not self._can_ask:
            raise AnswerNeededError(message, hint)
        self._console.print(cell(message))
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

    def _ask(self, question: str, message: str, hint: str) -> str:
        if not self._can_ask:
            raise AnswerNeededError(message, hint)
        return str(typer.prompt(question, err=True)).strip()


def _mapping_table(profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> Table:
    fields = {column: name for name, column in profile.columns.items()}
    shown = Table("column of the file", "field of the ticket", "examples")
    for place, name in enumerate(table.header.names):
        field = "key" if name in profile.external_id else fields.get(name, "metadata")
        texts = (row.cells[place].strip() for row in sample if place < len(row.cells))
        examples = list(dict.fromkeys(text[:_EXAMPLE_WIDTH] for text in texts if text))[:_EXAMPLES]
        shown.add_row(cell(name), field, cell(" | ".join(examples)))
    return shown
