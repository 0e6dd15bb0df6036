"""`support-analytics import` and `quarantine`."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import orjson
import typer

from analytics.listing import Listing
from analytics.terminal_text import printable
from etl.commands.import_dialogue import ImportDialogue
from etl.commands.import_group import ImportGroup
from etl.commands.past_imports_cli import list_imports, undo
from etl.importing.import_file import ImportRequest
from etl.importing.import_records import import_records
from etl.importing.kinds.registry import KINDS
from etl.importing.kinds.tickets import TICKETS
from etl.importing.profile_file import STANDARD_OUTPUT, read_profile
from etl.importing.quarantine import QuarantinedRecord, replay_quarantine, waiting_records
from etl.importing.report import ImportReport
from etl.importing.sources.table_file import FileLayout
from etl.importing.transforms.import_profile import ProfileError
from etl.importing.transforms.questions import parse_answers
from etl.importing.transforms.wall_time import DATE_ORDERS, DateOrder
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

import_app = typer.Typer(cls=ImportGroup, no_args_is_help=True)
import_app.command("list", epilog="Example: support-analytics import list --source tickets")(list_imports)
import_app.command("undo", epilog="Example: support-analytics import undo 3")(undo)
quarantine_app = typer.Typer(help="See and replay the rows that broke a rule.", no_args_is_help=True)

ProfileOption = Annotated[str | None, typer.Option(help="Name of a shipped profile, or path of a TOML file.")]
SourceOption = Annotated[str, typer.Option(help="Name under which the records are kept; keys are unique within it.")]
TimeZoneOption = Annotated[str, typer.Option(help="IANA zone of times without an offset.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


@import_app.command(
    ImportGroup.DEFAULT,
    epilog="Example: support-analytics import file tickets.csv --dry-run; the word file may be left out.",
)
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX or JSON, also gzipped or zipped; - is standard input.")],
    *,
    kind: Annotated[str, typer.Option(help=f"What the rows are: {', '.join(KINDS)}. Default: tickets.")] = "",
    profile: ProfileOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything and keep nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Accept the guessed mapping.")] = False,
    time_zone: TimeZoneOption = "",
    source: SourceOption = "",
    name: Annotated[str, typer.Option(help="Name of the file that comes through standard input.")] = "",
    date_order: Annotated[str, typer.Option(help="dmy, mdy or ymd: what 03/04/05 means.")] = "",
    answer: Annotated[
        list[str] | None, typer.Option(help="NAME=ANSWER: the answer to a question of the import.")
    ] = None,
    save_profile: Annotated[
        Path | None, typer.Option(help="Write the mapping and its answers to this file; - prints them.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Text encoding, if the detected one is wrong.")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook, or list of a JSON file.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Import a file a second time that was imported under another source.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Load a file of tickets, or of another kind. Loading it again changes nothing; a corrected file updates."""
    settings = Settings.from_environment()
    request = ImportRequest(
        path=file,
        profile=read_profile(profile, _kind(kind)) if profile else None,
        kind=_kind(kind) or TICKETS.slug,
        source=source,
        time_zone=time_zone,
        date_order=_date_order(date_order),
        layout=FileLayout(encoding=encoding or None, sheet=sheet),
        answers=parse_answers(answer or ()),
        save_profile=save_profile,
        name=name,
        is_again=again,
        is_dry_run=dry_run,
    )
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, ImportDialogue(agrees=yes) as dialogue:
        report = import_records(engine, request, ZoneInfo(zone_of_desk(engine, settings.time_zone)), dialogue)
    _tell(report, as_json=as_json, is_aside=save_profile == STANDARD_OUTPUT)


@quarantine_app.command("list", epilog="Example: support-analytics quarantine list --source nyc_complaints --json")
def list_quarantine(
    *,
    source: SourceOption = "",
    limit: Annotated[int, typer.Option(min=1, help="Most records shown.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List the records that wait, with what is wrong with them; the records themselves with --json only."""
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        total, records = waiting_records(connection, source or None, limit)
    if as_json:
        typer.echo(orjson.dumps({"waiting": total, "records": [record.as_json() for record in records]}))
        return
    _quarantine_table(records).show()
    typer.echo(f"{len(records):,} of {total:,} waiting records.")


@quarantine_app.command("replay", epilog="Example: support-analytics quarantine replay --profile my_mapping.toml")
def replay(
    *,
    source: SourceOption = "",
    profile: ProfileOption = None,
    time_zone: TimeZoneOption = "",
    as_json: JsonOption = False,
) -> None:
    """Try the waiting records again, after a rule or a mapping has been corrected."""
    settings = Settings.from_environment()
    chosen = read_profile(profile).with_answers(source=source) if profile else None
    if chosen is not None and not source:
        source = chosen.source
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine:
        done = replay_quarantine(
            engine, source or None, chosen, time_zone, ZoneInfo(zone_of_desk(engine, settings.time_zone))
        )
    if as_json:
        typer.echo(orjson.dumps(done.as_json()))
        return
    for line in done.lines():
        typer.echo(line)


def _kind(text: str) -> str:
    if text and text not in KINDS:
        message = f"--kind is {text!r}."
        raise ProfileError(message, f"Kinds are: {', '.join(KINDS)}.")
    return text


def _date_order(text: str) -> DateOrder | None:
    if not text:
        return None
    for order in DATE_ORDERS:
        if order == text:
            return order
    message = f"--date-order is {text!r}."
    raise ProfileError(message, "Use dmy (day first), mdy (month first) or ymd (year first).")


def _tell(report: ImportReport, *, as_json: bool, is_aside: bool) -> None:
    """Print the report; aside, on standard error, where standard output has the profile."""
    if as_json:
        typer.echo(orjson.dumps(report.as_json()), err=is_aside)
        return
    for line in report.lines():
        typer.echo(printable(line), err=is_aside)


def _quarantine_table(records: tuple[QuarantinedRecord, ...]) -> Listing:
    listing = Listing("id", "source", "file", "line", "key", "what is wrong", names={"id", "source", "file"})
    for record in records:
        wrong = " ".join(reason["message"] for reason in record.reasons)
        texts = (record.source, record.file_name, str(record.line_number), record.external_id or "", wrong)
        listing.add(str(record.id), *texts)
    return listing
