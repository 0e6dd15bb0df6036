"""A portal process that serves a made-up desk from its own database."""

import contextlib
import os
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.free_port import free_port
from standalone.service import command_line
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import create_engine_for
from warehouse.migrations import migrate

_USER = "manager"
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running portal.

    Attributes:
        url: Its address.
        process: Its process.
        user_name: Name of a user who may log in.
        password: Password of that user.
        browser: Path of the browser to measure with.
    """

    url: str
    process: psutil.Process
    user_name: str
    password: str
    browser: str


@contextlib.contextmanager
def served_desk(directory: Path, tickets: int) -> Iterator[Served]:
    """Make a desk, derive its numbers, and serve its portal for as long as the block runs."""
    password = secrets.token_urlsafe(12)
    with EmbeddedPostgres(directory / "database") as server:
        migrate(create_engine_for(server.url()))
        url = server.url().render_as_string(hide_password=False)
        environment = {**os.environ, "DATABASE_URL": url, "SUPPORT_DATA_DIR": str(directory)}
        _run(environment, ("bookshop", "--tickets", str(tickets), "--seed", "1", "--load"))
        _run(environment, ("etl", "run", "refresh_marts"))
        _run(environment, ("users", "add", _USER, "--role", "manager", "--password-file", "-"), password)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with (directory / "portal.log").open("wb") as log:
            command = command_line("portal", "--port", str(port))
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own command
            try:
                _await_ready(f"{address}/readyz")
                browser = os.environ.get("SUPPORT_TEST_BROWSER", "/usr/bin/chromium")
                yield Served(address, psutil.Process(process.pid), _USER, password, browser)
            finally:
                process.terminate()
                process.wait()


def _run(environment: dict[str, str], arguments: tuple[str, ...], text: str = "") -> None:
    subprocess.run(command_line(*arguments), env=environment, input=text, text=True, check=True, capture_output=True)  # noqa: S603 - our own command


def _await_ready(address: str) -> None:
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address):  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    message = "The portal did not become ready."
    raise RuntimeError(message)
