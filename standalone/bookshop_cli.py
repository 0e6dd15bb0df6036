"""`support-analytics bookshop`: make up a bookshop's tickets, as files or in the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from analytics.errors import SupportAnalyticsError
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.files import write_files
from standalone.bookshop.loading import LoadReport, load
from standalone.bookshop.opening_hours import TIME_ZONE
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings


class NowhereToWriteError(SupportAnalyticsError):
    """Neither a directory nor the database was named, or both were."""

    def __init__(self) -> None:
        """Say which two options there are."""
        super().__init__("Say where the tickets go.", "Give either --out DIRECTORY or --load.")


def bookshop(
    *,
    tickets: Annotated[int, typer.Option(min=1, help="How many tickets.")] = 50_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same tickets.")] = 1,
    effects: Annotated[
        Path | None, typer.Option(help="TOML file of planted effects that differ from the default.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Directory for one CSV file a table.")] = None,
    into_database: Annotated[
        bool, typer.Option("--load", help="Put them into the database, which must be empty.")
    ] = False,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day after the history; default today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Make up 24 months of a South African bookshop's support desk, with known effects planted in it."""
    if (out is None) is not into_database:
        raise NowhereToWriteError
    planted = read_effects(effects)
    end = until.date() if until else datetime.now(ZoneInfo(TIME_ZONE)).date()
    began = time.monotonic()
    with _progress(tickets) as progress:
        if out is None:
            report = _load(tickets, seed, planted, end, progress)
        else:
            report = LoadReport(tickets, write_files(Bookshop.plan(tickets, seed, planted, end), out, progress))
    _tell(report, seed, end, time.monotonic() - began, as_json=as_json)


def _load(tickets: int, seed: int, effects: Effects, until: date, progress: Callable[[int], None]) -> LoadReport:
    with open_engine(Settings.from_environment(), DatabaseRole.OWNER) as engine:
        return load(engine, tickets, seed, effects, until, progress)


@contextmanager
def _progress(tickets: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("Making up tickets"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("tickets", total=tickets)
        yield lambda done: bar.update(task, completed=done)


def _tell(report: LoadReport, seed: int, until: date, seconds: float, *, as_json: bool) -> None:
    if as_json:
        facts = {
            "tickets": report.tickets,
            "seed": seed,
            "until": until.isoformat(),
            "was_there": report.was_there,
            "rows": report.rows,
            "seconds": round(seconds, 3),
        }
        typer.echo(orjson.dumps(facts))
    elif report.was_there:
        typer.echo(f"The same {report.tickets:,} tickets are there already; nothing was changed.")
    else:
        typer.echo(f"Wrote {report.tickets:,} tickets with {sum(report.rows.values()):,} rows in {seconds:.1f} s.")
