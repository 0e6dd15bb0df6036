"""`support-analytics secrets` and `prepare`: what a deployment in containers needs before its services start."""

import logging
import time
from pathlib import Path
from typing import Annotated, Final

import sqlalchemy as sa
import typer
from rich.console import Console

from analytics.errors import SettingsError
from analytics.log_lines import set_up_logging
from standalone.deployment_secrets import make_secrets
from standalone.installation import Installation, Kind, Template
from standalone.serve_cli import DEFAULT_TICKETS
from warehouse.engine import DatabaseUnavailableError, create_engine_for
from warehouse.migrations import migrate
from warehouse.service_logins import ServiceLogin, set_login
from warehouse.settings import Settings, secret_of

_PATIENCE_SECONDS: Final = 120.0
_LOGGER: Final = logging.getLogger(__name__)


def make_deployment_secrets(
    directory: Annotated[Path, typer.Argument(metavar="DIRECTORY", help="Where; one directory for each service.")],
) -> None:
    """Make the passwords and keys of a deployment, each in a file of its own; what is there stays."""
    written = make_secrets(directory)
    typer.echo("\n".join(written) if written else "Every secret is there already; nothing was changed.")


def prepare(
    *,
    kind: Annotated[Kind, typer.Option(help="Whose tickets: a made-up bookshop's, or your own.")] = Kind.OWN,
    tickets: Annotated[int, typer.Option(min=1, help="How many tickets the demo's bookshop gets.")] = DEFAULT_TICKETS,
    seed: Annotated[int, typer.Option(help="The same seed makes the same bookshop.")] = 1,
    template: Annotated[
        Template | None, typer.Option(help="Categories and keywords to file by from the start, besides your own.")
    ] = None,
    portal_password_file: Annotated[
        Path | None, typer.Option(help="Makes the login support_portal with the password in this file.")
    ] = None,
    etl_password_file: Annotated[
        Path | None, typer.Option(help="Makes the login support_etl with the password in this file.")
    ] = None,
    backup_password_file: Annotated[
        Path | None,
        typer.Option(
            help="Makes the login support_backup, which reads everything; DATABASE_URL has to be a superuser's."
        ),
    ] = None,
) -> None:
    """Bring schema, logins, demo tickets, rules and first model into place; what is there stays.

    The database is the one of DATABASE_URL, whose login has to own it and be allowed to create roles.
    """
    set_up_logging({"standalone": "info", "warehouse": "info"})
    settings = Settings.from_environment()
    if settings.database_url is None:
        message = "DATABASE_URL is not set."
        raise SettingsError(message, "`demo` and `up` prepare the embedded database by themselves.")
    engine = create_engine_for(settings.database_url, poolclass=sa.NullPool)
    _await(engine)
    migrate(engine)
    files = {
        ServiceLogin.PORTAL: portal_password_file,
        ServiceLogin.ETL: etl_password_file,
        ServiceLogin.BACKUP: backup_password_file,
    }
    with engine.begin() as connection:
        for login, file in files.items():
            if file is not None:
                set_login(connection, login, _password_in(file))
    installation = Installation(kind, settings.data_dir, settings.database_url, Console(stderr=True))
    installation.prepare(("--tickets", str(tickets), "--seed", str(seed)), template=template, makes_user=False)
    _LOGGER.info("The database, the rules and the classifier's first model are ready.")


def _await(engine: sa.Engine) -> None:
    """Wait for a database that is still starting, or whose host name cannot be resolved yet."""
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            engine.connect().close()
        except sa.exc.OperationalError as error:
            if time.monotonic() > give_up_at:
                message = f"The database on {engine.url.host} does not answer or refuses the login."
                raise DatabaseUnavailableError(message, "Check DATABASE_URL and the password's file.") from error
            time.sleep(1)
        else:
            return


def _password_in(file: Path) -> str:
    """Return the password; it may only have characters that need no quoting in SQL."""
    password = secret_of({"the password's file": str(file)}, "the password's file") or ""
    if not password.replace("-", "").replace("_", "").isalnum() or not password.isascii():
        message = f"The password in {file} has characters other than letters, digits, hyphens and underscores."
        raise SettingsError(message, "Make one with: support-analytics secrets DIRECTORY")
    return password
