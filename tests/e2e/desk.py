"""A portal as its users meet it: a process of its own over a small made-up desk."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import create_engine_for
from warehouse.migrations import migrate

CHECKOUT = Path(__file__).parents[2]
TICKETS = 2_000
UNTIL = date(2026, 3, 1)
USER = "thandi"
VIEWER = "sello"
WAIT_SECONDS = 120.0
# The desk is thrown away, so a crash may lose it.
_LOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal.

    Attributes:
        url: Its address, without a slash at the end.
        engine: Engine on its database, for counting what the pages should say.
        password: Of both users.
        environment: Settings that its commands run with; empty for a portal that runs elsewhere.
    """

    url: str
    engine: sa.Engine
    password: str
    environment: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def running_portal(directory: Path, tickets: int = TICKETS) -> Iterator[Portal]:
    """Make a desk of so many tickets in a directory and serve its portal."""
    password = secrets.token_urlsafe(12)
    with EmbeddedPostgres(directory, settings=_LOSABLE) as server:
        engine = create_engine_for(server.url(), poolclass=sa.NullPool)
        migrate(engine)
        environment = {
            **os.environ,
            "DATABASE_URL": server.url().render_as_string(hide_password=False),
            "SUPPORT_DATA_DIR": str(directory),
            "SUPPORT_TIME_ZONE": "Africa/Johannesburg",
        }
        _fill(environment, password, tickets)
        with _served(environment, directory / "portal.log") as url:
            yield Portal(url, engine, password, environment)


def _fill(environment: dict[str, str], password: str, tickets: int) -> None:
    desk = ("bookshop", "--tickets", str(tickets), "--seed", "7", "--until", UNTIL.isoformat(), "--load")
    _run(environment, desk)
    _run(environment, ("etl", "run", "refresh_marts"))
    for name, role in ((USER, "manager"), (VIEWER, "viewer")):
        _run(environment, ("users", "add", name, "--role", role, "--password-file", "-"), password)


def command(*arguments: str) -> list[str]:
    """Return a command of the product as a process is started with it."""
    return [sys.executable, "-P", "-m", "standalone.cli", *arguments]


def _run(environment: dict[str, str], arguments: tuple[str, ...], text: str = "") -> None:
    finished = subprocess.run(
        command(*arguments), cwd=CHECKOUT, env=environment, input=text, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr


@contextlib.contextmanager
def _served(environment: dict[str, str], log: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command("portal", "--port", str(port)), cwd=CHECKOUT, env=environment, stdout=output, stderr=output
        )
    try:
        _await_ready(f"{url}/readyz", process, log)
        yield url
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def _await_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    while True:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address):  # noqa: S310 - ours
            return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < give_up_at, log.read_text()
        time.sleep(0.1)
