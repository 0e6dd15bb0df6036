"""`support-analytics db`: migrate the database, or open a prompt on it."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from typing import Annotated

import sqlalchemy as sa
import typer

from warehouse.embedded.programs import client_program
from warehouse.engine import open_engine
from warehouse.libpq import libpq_variables
from warehouse.migrations import migrate
from warehouse.settings import Settings

app = typer.Typer(help="Migrate, back up and restore the database, or open a prompt on it.", no_args_is_help=True)


@app.command("migrate", epilog="Example: support-analytics db migrate")
def migrate_database(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False
) -> None:
    """Bring the database to the newest schema; nothing changes if it has that schema already."""
    with open_engine(Settings.from_environment()) as engine:
        migrate(engine)
        with engine.connect() as connection:
            revision = connection.scalar(sa.text("SELECT version_num FROM ops.alembic_version"))
    typer.echo(json.dumps({"revision": revision}) if as_json else f"The database is at revision {revision}.")


@app.command(
    "shell", epilog='Example: support-analytics db shell --command "SELECT count(*) FROM support.support_tickets"'
)
def shell(
    command: Annotated[
        list[str] | None, typer.Option("--command", "-c", help="Run this SQL and leave; again for more.")
    ] = None,
) -> None:
    """Open psql on the database; it comes with the embedded server."""
    with open_engine(Settings.from_environment()) as engine, _interrupts_left_to_psql():
        # Without ON_ERROR_STOP psql goes on after a command that fails, and ends as if all was well.
        commands = [f"--command={each}" for each in command or ()]
        argv = [str(client_program("psql")), "--no-psqlrc", *(["--set=ON_ERROR_STOP=1"] if commands else []), *commands]
        finished = subprocess.run(argv, env=os.environ | libpq_variables(engine.url), check=False)  # noqa: S603 - the wheel's psql
    raise typer.Exit(finished.returncode)


@contextlib.contextmanager
def _interrupts_left_to_psql() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
