"""`support-analytics db archive`, `archived` and `recover`: back to any moment, on the embedded server."""

import contextlib
import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console

from analytics.instants import has_offset, instant_text, read_instant
from analytics.log_lines import set_up_logging
from standalone.supervisor import interrupt_on_stop_signals
from warehouse.desk_zone import zone_of_desk
from warehouse.embedded.postgres import attach
from warehouse.engine import create_engine_for
from warehouse.settings import DEFAULT_TIME_ZONE, Settings
from warehouse.wal_archive.archive_directory import ArchiveDirectory
from warehouse.wal_archive.errors import ArchiveStoreError
from warehouse.wal_archive.following import Following, follow
from warehouse.wal_archive.recovering import recover
from warehouse.wal_archive.settings import ArchiveSettings

_PAUSE_SECONDS = 5.0
_LOGGER: Final = logging.getLogger(__name__)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


def archive() -> None:
    """Archive every change of the embedded database as it is made, until Ctrl-C; `demo` and `up` do so by themselves.

    SUPPORT_WAL_ARCHIVE names the directory.
    """
    interrupt_on_stop_signals()
    set_up_logging({"standalone": "info"})
    chosen = ArchiveSettings.from_environment()
    # This command only attaches to a running server. If it started one, `up` could not restart a killed server.
    server = attach(_embedded_data_dir())
    if server is None:
        message = "The embedded database is not running."
        raise ArchiveStoreError(message, "Start `support-analytics up`, which archives by itself.")
    following = Following(server.url(), ArchiveDirectory(chosen.directory), chosen.base_age, _say)
    with contextlib.suppress(KeyboardInterrupt):
        follow(following, lambda: datetime.now(UTC), _pause)


def _embedded_data_dir() -> Path:
    settings = Settings.from_environment()
    if settings.database_url is not None:
        message = "Only the embedded database is archived and recovered like this."
        raise ArchiveStoreError(message, "For your own PostgreSQL use its own tools, or `db restore`.")
    return settings.data_dir


def _pause() -> bool:
    time.sleep(_PAUSE_SECONDS)
    return True


def _say(line: str) -> None:
    _LOGGER.info(line)


def archived(*, as_json: JsonOption = False) -> None:
    """Say which moments the archive reaches."""
    directory, zone = ArchiveDirectory(ArchiveSettings.from_environment().directory), _zone()
    bases, until = directory.bases(), directory.written_until()
    size = sum(path.stat().st_size for path in directory.root.rglob("*") if path.is_file())
    if as_json:
        names = [base.directory.name for base in bases]
        reach = {"from": bases[0].ended_at if bases else None, "until": until}
        typer.echo(orjson.dumps({"base_backups": names, **reach, "bytes": size}))
    elif not bases or until is None:
        typer.echo("Nothing can be recovered yet: there is no finished base backup.")
    else:
        count = f"{len(bases)} base backup{'' if len(bases) == 1 else 's'}"
        since, last = (instant_text(each, zone, "seconds") for each in (bases[0].ended_at, until))
        typer.echo(f"Any moment from {since} to {last} ({zone.key}); {count}, {size / 1e6:,.0f} MB.")


def recover_database(
    *,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="The moment to go back to, such as '2026-11-25 10:30 +02:00', or without an offset in the desk's time"
            " zone; without it, all that is archived.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Put the embedded database as it was at a moment in the place of the present one, which is set aside.

    Stop `support-analytics up` first.
    """
    data_dir = _embedded_data_dir()
    directory = ArchiveDirectory(ArchiveSettings.from_environment().directory)
    zone = _zone()
    moment = None if until is None else _moment(until, zone)
    with Console(stderr=True).status("recover") as status:
        done = recover(data_dir, directory, moment, datetime.now(UTC), status.update)
    if as_json:
        aside = {"set_aside": str(done.set_aside or ""), "archive_set_aside": str(done.archive_set_aside or "")}
        typer.echo(orjson.dumps({"base": done.base.directory.name, "last_change": done.last_change, **aside}))
        return
    change = done.last_change or done.base.ended_at
    typer.echo(f"Recovered. The last change in the database is of {instant_text(change, zone, 'seconds')}.")
    if done.set_aside:
        typer.echo(f"What was there before is in {done.set_aside}; delete it when nobody misses it.")
    if done.archive_set_aside:
        typer.echo(f"The archive it came from is in {done.archive_set_aside}; `up` begins a new one.")


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment by the desk's clock, and say how it was read where it could be read in another way."""
    moment = read_instant(text, zone).astimezone(zone)
    if not has_offset(text):
        read = instant_text(moment, zone, "seconds")
        typer.echo(f"{text} has no offset, so it is read in the desk's time zone: {read} ({zone.key}).", err=True)
    return moment


def _zone() -> ZoneInfo:
    """Return the desk's zone: the one in the environment, else the running database's, else that of a new desk."""
    settings = Settings.from_environment()
    running = None if settings.time_zone is not None else attach(settings.data_dir)
    if running is None:
        return ZoneInfo(settings.time_zone or DEFAULT_TIME_ZONE)
    engine = create_engine_for(running.url(), poolclass=sa.NullPool)
    with contextlib.suppress(sa.exc.DBAPIError):
        return ZoneInfo(zone_of_desk(engine, None))
    return ZoneInfo(DEFAULT_TIME_ZONE)
