"""`support-analytics`: the command line of the whole product, where errors become sentences.

Only the requested command is imported. So help is quick, and a broken part does not break the other commands.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from analytics.errors import SupportAnalyticsError
from analytics.log_lines import are_logs_for_programs, log_failure
from analytics.threads import limit_threads
from warehouse.full_disk import named
from warehouse.settings import Settings

_SPACES: Final = "\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""What is not printable by itself and yet does no harm."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command and where its code is.

    Attributes:
        name: The word that people type.
        target: ``module:attribute`` of a Typer app or of a command function.
        summary: One line for the list of commands.
        example: Example shown below the help of a command function.
        is_demo_reader: Whether the command reads the demo's data while there is no data of the user's own.
    """

    name: str
    target: str
    summary: str
    example: str = ""
    is_demo_reader: bool = False


COMMANDS: Final = (
    Command("demo", "standalone.serve_cli:demo", "Show the product with a made-up bookshop's tickets.", "demo"),
    Command("up", "standalone.serve_cli:up", "Run the product on this machine with your own tickets.", "up"),
    Command("import", "etl.commands.import_cli:import_app", "Load a file, list what was loaded, take it back."),
    Command("quarantine", "etl.commands.import_cli:quarantine_app", "See and replay the rows that broke a rule."),
    Command(
        "query", "etl.commands.query_cli:query", "Answer one metric.", "query created --by month", is_demo_reader=True
    ),
    Command(
        "dimension",
        "etl.commands.dimension_cli:app",
        "Tell tickets apart by tags, organisation, brand or a field of their own.",
        is_demo_reader=True,
    ),
    Command(
        "staff",
        "etl.commands.staff_cli:staff",
        "Answer how many people live contacts need.",
        "staff --contacts 100 --interval 30 --handle-time 180 --service-level 0.8 --within 20 --shrinkage 0.3",
    ),
    Command("etl", "etl.cli:app", "Jobs that keep the numbers current.", is_demo_reader=True),
    Command("calendar", "etl.commands.calendar_cli:app", "When the desk is open, and the days that are not as usual."),
    Command("sla", "etl.commands.sla_cli:app", "What the desk promises, in open hours of a calendar or in all hours."),
    Command("forecast", "etl.commands.forecast_cli:app", "Look ahead, and measure how well that works."),
    Command("portal", "portal.cli:portal", "Serve the portal alone.", "portal --port 8050", is_demo_reader=True),
    Command("users", "portal.cli:users_app", "Who may log in to the portal.", is_demo_reader=True),
    Command(
        "classifier",
        "standalone.classifier_cli:app",
        "Train, promote and serve the ticket classifier.",
        is_demo_reader=True,
    ),
    Command("bookshop", "standalone.bookshop_cli:bookshop", "Make up a bookshop's tickets.", "bookshop --tickets 1000"),
    Command(
        "prepare",
        "standalone.deployment_cli:prepare",
        "Bring a deployment's database and first model into place.",
        "prepare --kind demo",
    ),
    Command(
        "secrets",
        "standalone.deployment_cli:make_deployment_secrets",
        "Make the passwords and keys of a deployment.",
        "secrets ./secrets",
    ),
    Command("db", "standalone.db_cli:app", "Migrate, back up and restore the database.", is_demo_reader=True),
)


def build_app(loaded: Callable[[Command], bool] = lambda _command: True) -> typer.Typer:
    """Return the root app.

    Args:
        loaded: Says which commands to import; the others appear by name and summary only.
    """
    app = typer.Typer(
        name="support-analytics",
        help="Customer-support analytics: import tickets, see what takes longest and what needs you.",
        epilog="Example: support-analytics demo",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_options_of_every_command)
    for command in COMMANDS:
        if loaded(command):
            _mount(app, command)
        else:
            app.command(command.name, help=command.summary)(_not_loaded)
    return app


def _options_of_every_command(
    data_dir: Annotated[
        str | None, typer.Option(help="Where data is kept; before or after the command (or SUPPORT_DATA_DIR).")
    ] = None,
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
) -> None:
    """Describe these options in the help; `main` has taken them out of the arguments, wherever they stood."""
    del data_dir, debug


def _not_loaded() -> None:
    """Take the place of a command that is not imported in the list of commands."""


def _mount(app: typer.Typer, command: Command) -> None:
    module, _, attribute = command.target.partition(":")
    part: Any = getattr(import_module(module), attribute)
    if isinstance(part, typer.Typer):
        app.add_typer(part, name=command.name, help=command.summary)
    else:
        app.command(command.name, epilog=f"Example: support-analytics {command.example}")(part)


@dataclass(frozen=True, slots=True)
class Invocation:
    """The arguments of one call, with the options that every command has taken out."""

    arguments: tuple[str, ...]
    data_dir: str | None
    is_debug: bool

    @property
    def command(self) -> str | None:
        """Name of the command; None when there is none."""
        return next((argument for argument in self.arguments if not argument.startswith("-")), None)


def parse_invocation(arguments: Sequence[str]) -> Invocation:
    """Take ``--data-dir`` and ``--debug`` out of the arguments; arguments after ``--`` stay as they are."""
    rest: list[str] = []
    data_dir: str | None = None
    is_debug = False
    words = list(arguments)
    while words:
        word = words.pop(0)
        if word == "--":
            rest += [word, *words]
            break
        if word == "--data-dir" and words:
            data_dir = words.pop(0)
        elif word.startswith("--data-dir="):
            data_dir = word.partition("=")[2]
        elif word == "--debug":
            is_debug = True
        else:
            rest.append(word)
    return Invocation(tuple(rest), data_dir, is_debug)


def choose_data_dir(invocation: Invocation, console: Console) -> None:
    """Put the data directory into the environment, where every command and service reads it.

    A command that only reads uses the demo's data while there is no other data.
    """
    if invocation.data_dir:
        os.environ["SUPPORT_DATA_DIR"] = invocation.data_dir
    if os.environ.get("SUPPORT_DATA_DIR") or os.environ.get("DATABASE_URL"):
        return
    reads_demo = any(command.is_demo_reader and command.name == invocation.command for command in COMMANDS)
    own = Settings.from_environment().data_dir
    demo = own / "demo"
    if reads_demo and not (own / "postgresql").exists() and (demo / "postgresql").exists():
        os.environ["SUPPORT_DATA_DIR"] = str(demo)
        console.print(f"Using the demo's data in {demo}.", style="dim", highlight=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage."""
    limit_threads()
    invocation = parse_invocation(sys.argv[1:] if arguments is None else arguments)
    console = Console(stderr=True)
    try:
        choose_data_dir(invocation, console)
        app = build_app(lambda command: command.name == invocation.command)
        app(list(invocation.arguments), prog_name="support-analytics")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if invocation.is_debug:
            raise
        told = named(error)
        if are_logs_for_programs():
            log_failure(told)
        else:
            _tell(told, console)
        return 1
    return 0


def _tell(error: Exception, console: Console) -> None:
    """Print what happened and what to do; only the class of an unforeseen error, because its message may hold data."""
    if isinstance(error, SupportAnalyticsError):
        message, hint = error.message, error.hint
    elif isinstance(error, OSError) and error.strerror:
        message, hint = f"{error.strerror}: {error.filename or 'a file or connection'}.", ""
    else:
        message = f"Something unforeseen went wrong ({type(error).__name__})."
        hint = "Run the command again with --debug to see where."
    # The name of a file may hold what moves the cursor, or bytes that are no text.
    message, hint = (_printable(text) for text in (message, hint))
    console.print(f"Error: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
    if hint:
        console.print(hint, markup=False, highlight=False, soft_wrap=True)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter in _SPACES else "·" for letter in text)


if __name__ == "__main__":
    sys.exit(main())
