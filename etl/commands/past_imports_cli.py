"""`support-analytics import list` and `import undo`."""

import getpass
import sys
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import orjson
import typer

from analytics.instants import instant_text
from analytics.listing import Listing
from analytics.terminal_text import printable
from etl.commands.import_dialogue import AnswerNeededError
from etl.importing.history import PastImport, past_imports
from etl.importing.kinds.tickets import TICKETS
from etl.importing.undo import UndoPreview, preview_undo, undo_import
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

_NAMES: Final = ("number", "when", "file", "source", "taken back")
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


def list_imports(
    *,
    source: Annotated[str, typer.Option(help="Only imports of this source.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Most imports shown, the latest first.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the imports: what came in, what waits, what was taken back."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        zone = ZoneInfo(zone_of_desk(engine, settings.time_zone))
        found = past_imports(connection, source or None, limit)
    if as_json:
        typer.echo(orjson.dumps([each.as_json() for each in found]))
        return
    _listing(found, zone).show()


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


def _listing(found: list[PastImport], zone: ZoneInfo) -> Listing:
    counts = ("rows", "new", "changed", "waiting")
    listing = Listing("number", "when", "file", "source", *counts, "taken back", names=_NAMES)
    for each in found:
        numbers = (each.row_count, each.new_count, each.changed_count, each.waiting_count)
        listing.add(
            str(each.id),
            instant_text(each.started_at, zone),
            each.file_name,
            f"{each.source}{'' if each.kind == TICKETS.slug else f' ({each.kind})'}",
            *("?" if count is None else f"{count:,}" for count in numbers),
            instant_text(each.undone_at, zone) if each.undone_at else "",
        )
    return listing
