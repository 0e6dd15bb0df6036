"""`support-analytics demo` and `up`: the whole product on one machine, in the foreground."""

import contextlib
import os
import sys
import webbrowser
from typing import Annotated, Final

import typer
from rich.console import Console

from standalone.installation import Installation, Kind, Template, check_port
from standalone.service import ServiceProcess
from standalone.services import SERVICES, Machine
from standalone.supervisor import Supervisor, interrupt_on_stop_signals
from warehouse.settings import Settings
from warehouse.wal_archive.settings import ARCHIVE_VARIABLE

DEFAULT_PORT: Final = 8050
DEFAULT_TICKETS: Final = 50_000

PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Port of the portal on this machine.")]
NoBrowserOption = Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")]


def demo(
    *,
    port: PortOption = DEFAULT_PORT,
    no_browser: NoBrowserOption = False,
    tickets: Annotated[int, typer.Option(min=1, help="How many tickets the bookshop gets, the first time.")] = (
        DEFAULT_TICKETS
    ),
    seed: Annotated[int, typer.Option(help="The same seed makes the same bookshop.")] = 1,
) -> None:
    """Show the product with a made-up bookshop's tickets, until Ctrl-C.

    The demo keeps its data apart from yours: below "demo" in the data directory, or exactly where --data-dir says.
    """
    settings = Settings.from_environment()
    given = bool(os.environ.get("SUPPORT_DATA_DIR"))
    data_dir = settings.data_dir if given else settings.data_dir / "demo"
    installation = Installation(Kind.DEMO, data_dir, settings.database_url, Console(stderr=True))
    serve(installation, port, opens_browser=not no_browser, bookshop=("--tickets", str(tickets), "--seed", str(seed)))


def up(
    *,
    port: PortOption = DEFAULT_PORT,
    no_browser: NoBrowserOption = False,
    template: Annotated[
        Template | None, typer.Option(help="Categories and keywords to file by from the start, besides your own.")
    ] = None,
) -> None:
    """Run the product on this machine with your own tickets, until Ctrl-C.

    The categories are those of your tickets: they are learnt once two have 20 tickets each. Until then a template only
    suggests.
    """
    settings = Settings.from_environment()
    installation = Installation(Kind.OWN, settings.data_dir, settings.database_url, Console(stderr=True))
    serve(installation, port, opens_browser=not no_browser, template=template)


def serve(
    installation: Installation,
    port: int,
    *,
    opens_browser: bool,
    bookshop: tuple[str, ...] = (),
    template: Template | None = None,
) -> None:
    """Prepare an installation and supervise its services until Ctrl-C or SIGTERM.

    Args:
        installation: What to run.
        port: Port of the portal.
        opens_browser: Whether to open a browser where there is a screen.
        bookshop: Arguments of the bookshop's generator; () makes no demo data.
        template: Template whose categories become the desk's own.
    """
    interrupt_on_stop_signals()
    check_port(port)
    console = installation.console
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(installation.database())
        classifier = installation.classifier_address
        log_dir = installation.data_dir / "logs"
        archives_log = database is not None and bool(os.environ.get(ARCHIVE_VARIABLE))
        machine = Machine(
            port, classifier, log_dir, installation.environment, installation.backup_environment, archives_log
        )
        supervisor = Supervisor(
            [*([database] if database else []), *_services(machine, is_background=False)],
            installation.note,
            background=_services(machine, is_background=True),
        )
        stack.callback(supervisor.stop)
        try:
            installation.prepare(bookshop, template=template)
            with console.status("Starting the portal and the classifier"):
                supervisor.start()
            console.print(f"Logs: {machine.log_dir}", style="dim", highlight=False, soft_wrap=True)
            console.print(_last_line(machine, installation), highlight=False, soft_wrap=True)
            if opens_browser and _has_screen():
                webbrowser.open(machine.portal_url)
            supervisor.watch()
        except KeyboardInterrupt:
            console.print("Stopping.")


def _services(machine: Machine, *, is_background: bool) -> list[ServiceProcess]:
    return [
        declaration.on(machine)
        for declaration in SERVICES
        if declaration.is_background == is_background and declaration.is_wanted(machine)
    ]


def _last_line(machine: Machine, installation: Installation) -> str:
    # The output of a service is kept, for example in systemd's journal, and a password does not belong there.
    is_seen_once = installation.kind is Kind.DEMO or installation.console.is_terminal
    user, password = installation.login() if is_seen_once else installation.login_kept()
    return f"Open {machine.portal_url} and log in as {user} with the password {password} (Ctrl-C stops everything)."


def _has_screen() -> bool:
    """Say whether there is a screen for a browser; without one Python may start a browser in the terminal."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
