"""`support-analytics classifier correct`: files tickets as a person says, so that the classifier learns from it."""

import csv
import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import orjson
import typer

from etl.classification.corrections import Correction, CorrectionError, correct
from etl.commands.rules_change import JsonOption
from storage.given_csv import open_csv
from storage.given_file import GivenFileError, shown
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

_NO_CATEGORY: Final = "none"
_COLUMNS: Final = ("ticket", "category")
_MOST_BYTES: Final = 64 * 2**20


def correct_tickets(
    category: Annotated[
        str | None, typer.Argument(help="Where the tickets belong: slug or name; none is no category.")
    ] = None,
    tickets: Annotated[
        list[str] | None, typer.Argument(help="Numbers of the tickets, as the portal shows them.")
    ] = None,
    *,
    file: Annotated[
        Path | None, typer.Option("--file", help="CSV with the columns ticket and category, instead of arguments.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Source of the import whose numbers these are, where two have the same.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """File tickets as a person says: neither the classifier nor an import changes it, and the next model learns it."""
    wanted = list(_of_file(file) if file is not None else _of_arguments(category, tickets or []))
    if not wanted or (file is not None and category is not None):
        message = "No ticket is named, or some are named in two ways."
        raise CorrectionError(message, "Name a category and its tickets, or a file with --file.")
    with open_engine(Settings.from_environment(), DatabaseRole.ETL_WRITER) as engine, engine.begin() as connection:
        done = correct(connection, wanted, source, getpass.getuser())
    if json:
        typer.echo(orjson.dumps(done))
        return
    typer.echo(f"{done.changed:,} changed, {done.confirmed:,} confirmed: these tickets keep their category.")
    typer.echo(
        "A new category is learnt once it has 20 tickets with different texts; all is learnt on Sunday night, or now:"
        " support-analytics etl run retrain_classifier"
    )


def _of_arguments(category: str | None, tickets: list[str]) -> Iterator[Correction]:
    for number in tickets:
        yield Correction(number.strip(), _category(category or ""))


def _of_file(path: Path) -> Iterator[Correction]:
    try:
        with open_csv(path, _MOST_BYTES) as file:
            reader = csv.DictReader(file, restval="")
            if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
                message = f"{shown(path)} has no column {missing[0]!r}."
                raise CorrectionError(message, "It has to be a CSV with the columns ticket and category.")
            for row in reader:
                if not (row["ticket"].strip() and row["category"].strip()):
                    message = f"Line {reader.line_num} of {shown(path)} lacks the ticket or the category."
                    raise CorrectionError(message, "Nothing was changed. For no category write none.")
                yield Correction(row["ticket"].strip(), _category(row["category"]))
    except GivenFileError as error:
        hint = "It has to be a CSV in UTF-8, with the columns ticket and category."
        raise CorrectionError(error.message, hint) from error


def _category(text: str) -> str | None:
    return None if text.strip().lower() == _NO_CATEGORY else text.strip()
