"""`support-analytics db backup`, `backups`, `verify`, `restore` and `backup-key`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from analytics.listing import Listing
from analytics.terminal_text import printable
from etl.backups.plan import chosen_backup, database_address, models_target
from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from warehouse.backup.encryption import make_identity
from warehouse.backup.making import MODELS
from warehouse.backup.pruning import list_backups, mark_verified
from warehouse.backup.restoring import restore_backup, verify_backup
from warehouse.backup.settings import BackupSettings
from warehouse.backup.store import BackupStore
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, open_engine
from warehouse.migrations import revisions
from warehouse.settings import SIGNING_KEY, Settings

BackupArgument = Annotated[
    str | None, typer.Argument(metavar="[BACKUP]", help="Name of the backup; without one, the newest complete backup.")
]
IdentityOption = Annotated[
    Path | None, typer.Option("--identity", help="File with the secret key of age, for an encrypted backup.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


def backup(*, as_json: JsonOption = False) -> None:
    """Make a backup of the database and the models now; it is the job backup_database."""
    settings = Settings.from_environment()
    console = Console(stderr=True)
    opened = open_engine(settings, DatabaseRole.ETL_WRITER, may_be_older=True)
    with opened as engine, console.status("backup") as status:
        context = JobContext(engine, datetime.now(UTC), zone_of_desk(engine, settings.time_zone), say=status.update)
        done = run_job(JOBS["backup_database"], context)
    if as_json:
        details = dict(done.result.details) if done.result else {}
        typer.echo(orjson.dumps({"outcome": done.outcome, "seconds": done.seconds, "error": done.error, **details}))
    elif done.result is not None:
        size = int(str(done.result.details["bytes"])) / 1e6
        typer.echo(
            f"Made the backup {done.result.details['backup']}: {done.result.row_count:,} rows, {size:,.1f} MB,"
            f" in {done.seconds:.1f} s."
        )
    else:
        typer.echo(f"No backup was made: {done.outcome}. {done.error}".rstrip(), err=True)
    raise typer.Exit(done.exit_code)


def backups(*, as_json: JsonOption = False) -> None:
    """List the backups there are, oldest first."""
    listed = list_backups(BackupStore.open(BackupSettings.from_environment().url))
    if as_json:
        rows = [
            {
                "backup": each.id,
                "made_at": each.made_at,
                "is_whole": each.manifest is not None,
                "is_verified": each.is_verified,
                "bytes": each.manifest.size if each.manifest else None,
                "is_encrypted": each.manifest.is_encrypted if each.manifest else None,
            }
            for each in listed
        ]
        typer.echo(orjson.dumps(rows))
        return
    listing = Listing("backup", "size", "PostgreSQL", "schema", "encrypted", "state", names={"backup"})
    for each in listed:
        made = each.manifest
        if made is None:
            listing.add(each.id, "", "", "", "", "not whole")
        else:
            state = "restored once and found equal" if each.is_verified else "whole"
            encrypted = "yes" if made.is_encrypted else "no"
            listing.add(each.id, f"{made.size / 1e6:,.1f} MB", str(made.postgresql), made.revision, encrypted, state)
    listing.show()


def verify(backup_id: BackupArgument = None, *, identity: IdentityOption = None, as_json: JsonOption = False) -> None:
    """Restore a backup into a scratch database, compare it with what was backed up, and drop it again."""
    chosen = chosen_backup(BackupSettings.from_environment(), backup_id, identity)
    with Console(stderr=True).status("verify") as status, database_address() as url:
        found = verify_backup(chosen, url, status.update)
    mark_verified(chosen.store, chosen.id, datetime.now(UTC))
    if as_json:
        facts = {"tables": len(found.tables), "sequences": len(found.sequences), "metrics": len(found.metrics)}
        typer.echo(orjson.dumps({"backup": chosen.id, "rows": found.rows, **facts}))
        return
    typer.echo(
        f"The backup {chosen.id} is good: {len(found.tables)} tables with {found.rows:,} rows,"
        f" {len(found.sequences)} sequences and {len(found.metrics)} metrics are equal."
    )


def restore(
    backup_id: BackupArgument = None,
    *,
    identity: IdentityOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Set existing data aside under another name; nothing is dropped.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Replace the database and the models by a backup, after testing it in a scratch database."""
    chosen = chosen_backup(BackupSettings.from_environment(), backup_id, identity)
    with Console(stderr=True).status("restore") as status, database_address() as url:
        restored = restore_backup(chosen, url, models_target(), datetime.now(UTC), status.update, replace=replace)
    if as_json:
        facts = {"set_aside": restored.set_aside, "without_password": restored.without_password}
        typer.echo(orjson.dumps({"backup": chosen.id, "rows": restored.inventory.rows, **facts}))
        return
    typer.echo(f"Restored {chosen.id}: {len(restored.inventory.tables)} tables with {restored.inventory.rows:,} rows.")
    if restored.set_aside:
        typer.echo(f"What was there before is now the database {restored.set_aside}.")
    if restored.without_password:
        typer.echo(f"These log-ins need a password: {', '.join(restored.without_password)}.")
    if chosen.has(MODELS) and not chosen.has(SIGNING_KEY):
        typer.echo("The key that models are signed with is in encrypted backups only: bring back your copy of it.")
    if chosen.manifest.revision != revisions()[0]:
        typer.echo("The schema is an older one. Run: support-analytics db migrate")


def backup_key(
    file: Annotated[Path, typer.Argument(help="New file for the secret key; keep it away from this machine.")],
) -> None:
    """Make a key pair for encrypted backups: the secret key into a file, the public one printed."""
    public = make_identity(file)
    typer.echo(public)
    typer.echo(
        f"Set SUPPORT_BACKUP_AGE_RECIPIENTS to this, and keep {printable(str(file))} where the backups are not.",
        err=True,
    )
