"""`support-analytics portal` and `users`."""

import contextlib
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import typer

from analytics.instants import instant_text
from analytics.listing import Listing
from analytics.log_lines import logging_config, set_up_logging
from analytics.vocabulary import Role
from portal.auth.accounts import Account, Accounts, normal_user_name
from portal.auth.passwords import Passwords, check_password_rules
from portal.settings import PortalSettings
from storage.given_file import read_given_text, standard_input
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, create_engine_for, open_engine
from warehouse.schema_revision import SchemaOlderError, refuse_other_schemas
from warehouse.settings import Settings

_ACTOR: Final = "command line"
_CONNECT_SECONDS: Final = 3
_POOL_WAIT_SECONDS: Final = 5
_EDITOR_CONNECTIONS: Final = 4
_DRAIN_SECONDS: Final = 10
"""How long a stopping portal lets answers end that are under way."""

_LOG_LEVELS: Final = {"portal": "info", "uvicorn": "info"}

users_app = typer.Typer(
    help="Who may log in to the portal.", no_args_is_help=True, epilog="Example: support-analytics users list"
)

UserName = Annotated[str, typer.Argument(metavar="NAME", help="User name.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="File that holds the password, or - for standard input. Without it you are asked."),
]


def portal(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is every one of this machine.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8050,
) -> None:
    """Serve the portal, until Ctrl-C.

    It starts without its database too and says so until the database answers.
    """
    import uvicorn  # noqa: PLC0415 - the users commands need neither the server nor Dash

    from portal.asgi import THREADS, create_asgi  # noqa: PLC0415 - as above
    from portal.web.connections import BoundedConnection, raise_file_limit  # noqa: PLC0415 - as above

    set_up_logging(_LOG_LEVELS)
    settings = PortalSettings.from_environment()
    raise_file_limit()
    with _database_url() as url, contextlib.ExitStack() as stack:
        replica = Settings.from_environment().replica_url
        reader = _engine(stack, replica or url, DatabaseRole.PORTAL_READER, THREADS)
        editor = _engine(stack, url, DatabaseRole.PORTAL_EDITOR, _EDITOR_CONNECTIONS)
        _refuse_unknown_schema(editor)
        asgi = create_asgi(settings, reader, editor)
        # Uvicorn drains, and then sends itself the signal again: that has to end the command, not to kill it.
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
        uvicorn.run(
            asgi,
            http=BoundedConnection,
            host=host,
            port=port,
            access_log=False,
            log_config=logging_config(_LOG_LEVELS),
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )


@contextlib.contextmanager
def _database_url() -> Iterator[sa.URL]:
    """Yield the database's address; the embedded server is started for as long as the portal runs."""
    settings = Settings.from_environment()
    if settings.database_url is not None:
        yield settings.database_url
        return
    with open_engine(settings) as engine:
        yield engine.url


def _engine(stack: contextlib.ExitStack, url: sa.URL, role: DatabaseRole, connections: int) -> sa.Engine:
    engine = create_engine_for(
        url,
        role,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_POOL_WAIT_SECONDS,
        # What a statement is asked with may be personal; it stays out of error messages.
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )
    stack.callback(engine.dispose)
    refuse_other_schemas(engine)
    return engine


def _refuse_unknown_schema(engine: sa.Engine) -> None:
    """Do not start where waiting does not help; a database that is away or not migrated yet is waited for.

    Raises:
        SchemaNotKnownError: If another version of the product has migrated the database.
    """
    with contextlib.suppress(sa.exc.SQLAlchemyError, SchemaOlderError):
        engine.connect().close()


@users_app.command("add", epilog="Example: support-analytics users add thandi --role viewer")
def add_user(
    name: UserName,
    *,
    role: Annotated[Role, typer.Option(help="A viewer reads; a manager also changes.")] = Role.VIEWER,
    password_file: PasswordFile = None,
    only_first: Annotated[bool, typer.Option("--if-first", help="Do nothing when somebody may log in already.")] = (
        False
    ),
) -> None:
    """Let somebody log in."""
    user_name = normal_user_name(name)
    password = _new_password(password_file)
    with _accounts() as accounts:
        if only_first and accounts.all():
            typer.echo("Somebody may log in already; nothing was changed.")
            return
        accounts.add(user_name, role, Passwords().hash(password), _ACTOR)
    typer.echo(f"{user_name} may log in as a {role}.")


@users_app.command("list", epilog="Example: support-analytics users list --json")
def list_users(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False) -> None:
    """List who may log in."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.PORTAL_EDITOR) as engine:
        everybody = Accounts(engine).all()
        zone = ZoneInfo(zone_of_desk(engine, settings.time_zone))
    if not as_json:
        _show_users(everybody, zone)
        return
    rows = [
        {
            "user_name": account.user_name,
            "role": account.role.value,
            "is_active": account.is_active,
            "locked_until_at": _instant(account.locked_until_at),
            "last_login_at": _instant(account.last_login_at),
        }
        for account in everybody
    ]
    typer.echo(json.dumps(rows))


def _show_users(accounts: Sequence[Account], zone: ZoneInfo) -> None:
    if not accounts:
        typer.echo("Nobody may log in yet; see: support-analytics users add --help")
        return
    listing = Listing("user name", "role", "state", "last log-in", names={"user name", "state", "last log-in"})
    for each in accounts:
        last = instant_text(each.last_login_at, zone) if each.last_login_at else "never"
        listing.add(each.user_name, each.role, _state(each, zone), last)
    listing.show()


def _state(account: Account, zone: ZoneInfo) -> str:
    if not account.is_active:
        return "may not log in"
    until = account.locked_until_at
    return f"locked until {instant_text(until, zone)}" if until and until > datetime.now(UTC) else "may log in"


@users_app.command("passwd", epilog="Example: support-analytics users passwd thandi")
def set_password(name: UserName, *, password_file: PasswordFile = None) -> None:
    """Set a new password; lifts a lock, and ends the user's sessions."""
    user_name = normal_user_name(name)
    password = _new_password(password_file)
    with _accounts() as accounts:
        accounts.set_password(user_name, Passwords().hash(password), _ACTOR)
    typer.echo(f"{user_name} has a new password.")


@users_app.command("remove", epilog="Example: support-analytics users remove thandi --yes")
def remove_user(
    name: UserName, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False
) -> None:
    """Take a log-in away; the user's sessions end."""
    user_name = normal_user_name(name)
    if not yes:
        typer.confirm(f"Take the log-in of {user_name} away?", abort=True)
    # The portal itself may not remove anybody, so this works as the owner.
    with _accounts(DatabaseRole.OWNER) as accounts:
        accounts.remove(user_name, _ACTOR)
    typer.echo(f"{user_name} may no longer log in.")


@contextlib.contextmanager
def _accounts(role: DatabaseRole = DatabaseRole.PORTAL_EDITOR) -> Iterator[Accounts]:
    with open_engine(Settings.from_environment(), role) as engine:
        yield Accounts(engine)


def _new_password(file: Path | None) -> str:
    """Read a password from a file or ask for it; never from the arguments, which other accounts can see."""
    if file is None:
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    else:
        text = standard_input().readline().decode("utf-8", "replace") if str(file) == "-" else read_given_text(file)
        password = text.rstrip("\r\n")
    check_password_rules(password)
    return password


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
