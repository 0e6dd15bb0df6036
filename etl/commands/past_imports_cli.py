"""`support-analytics import list` and `import undo`."""

import getpass
import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from etl.commands.import_dialogue import AnswerNeededError
from etl.commands.terminal_text import cell, printable
from etl.importing.history import PastImport, past_imports
from etl.importing.kinds.tickets import TICKETS
from etl.importing.undo import UndoPreview, preview_undo, undo_import
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


def list_imports(
    *,
    source: Annotated[str, typer.Option(help="Only imports of this source.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Most imports shown, the latest first.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the imports: what came in, what waits, what was taken back."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        found = past_imports(connection, source or None, limit)
    if as_json:
        typer.echo(orjson.dumps([each.as_json() for each in found]))
        return
    Console().print(_table(found))


def undo(
    number: Annotated[int, typer.Argument(help="Number of the import, as `import list` shows it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take an import back: what it made goes, what it changed becomes as it was."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine:
        with engine.connect() as connection:
            preview = preview_undo(connection, number)
        if not yes:
            _confirm(preview)
        report = undo_import(engine, number, getpass.getuser())
    if as_json:
        typer.echo(orjson.dumps(report.as_json()))
        return
    for line in report.lines():
        typer.echo(printable(line))


def _confirm(preview: UndoPreview) -> None:
    """Ask whether to take the import back.

    Raises:
        AnswerNeededError: If nobody can be asked, or they do not want to.
    """
    message = "Taking an import back removes what it made, and nobody has confirmed it."
    hint = f"Pass --yes: support-analytics import undo {preview.past.id} --yes"
    if not sys.stdin.isatty():
        raise AnswerNeededError(message, hint)
    typer.echo(printable(preview.sentence()), err=True)
    if not typer.confirm("Take it back?", default=False, err=True):
        message = "Nothing was taken back."
        raise AnswerNeededError(message)


def _table(found: list[PastImport]) -> Table:
    """Return the imports as a table that fits a terminal of 80 characters."""
    table = Table(box=None, padding=(0, 1))
    table.add_column("number", justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("file, source", overflow="fold")
    for name in ("rows", "new", "changed", "waiting"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("taken back", no_wrap=True)
    for each in found:
        counts = (each.row_count, each.new_count, each.changed_count, each.waiting_count)
        texts = (
            str(each.id),
            f"{each.started_at.astimezone():%Y-%m-%d}",
            f"{each.file_name}, {each.source}{'' if each.kind == TICKETS.slug else f' ({each.kind})'}",
            *("?" if count is None else f"{count:,}" for count in counts),
            f"{each.undone_at.astimezone():%Y-%m-%d}" if each.undone_at else "",
        )
        table.add_row(*map(cell, texts))
    return table
