"""The whole demo in a temporary directory: its processes, its database and its pages."""

import contextlib
import os
import re
import secrets
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import psutil
import sqlalchemy as sa

from benchmarks.free_port import free_port
from standalone.service import command_line
from warehouse.embedded.postgres import attach
from warehouse.engine import create_engine_for

_PATIENCE_SECONDS: Final = 300.0
_POLL_SECONDS: Final = 0.05
_LAST_LINE: Final = re.compile(r"Open (http://127\.0\.0\.1:\d+) and log in as (\w+) with the password (\S+) \(")
_CSRF: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


def seconds_until(condition: Callable[[], bool], what: str) -> float:
    """Wait for a condition, and return how many seconds it took.

    Raises:
        TimeoutError: If the condition does not hold within five minutes.
    """
    began = time.monotonic()
    while not condition():
        if time.monotonic() > began + _PATIENCE_SECONDS:
            message = f"This did not happen within {_PATIENCE_SECONDS:.0f} s: {what}."
            raise TimeoutError(message)
        time.sleep(_POLL_SECONDS)
    return time.monotonic() - began


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the portal: its status (0 when the portal did not listen) and its text."""

    status: int
    text: str


@dataclass(slots=True)
class Product:
    """A running demo.

    Attributes:
        data_dir: Its data directory.
        process: The supervisor's process.
        url: Address of the portal.
        engine: Engine on the database with all rights; it makes a new connection each time.
    """

    data_dir: Path
    process: psutil.Process
    url: str
    engine: sa.Engine
    _browser: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.HTTPCookieProcessor()), init=False
    )

    def log_in(self, user_name: str, password: str) -> None:
        """Log in, so that pages show numbers."""
        form = _CSRF.search(self.page("/login").text)
        if form is None:
            message = "The login page has no form."
            raise RuntimeError(message)
        fields = {"csrf_token": form[1], "user_name": user_name, "password": password, "next": "/"}
        headers = {"Origin": self.url, "Referer": f"{self.url}/login"}
        request = urllib.request.Request(f"{self.url}/login", urlencode(fields).encode(), headers)  # noqa: S310 - our own address
        self._browser.open(request, timeout=60).read()

    def page(self, path: str = "/") -> Page:
        """Return a page of the portal."""
        try:
            with self._browser.open(f"{self.url}{path}", timeout=60) as answer:
                return Page(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Page(error.code, error.read().decode())
        except OSError:
            return Page(0, "")

    def kill(self, *words: str) -> None:
        """Kill every process of the product whose command line has these words in a row (SIGKILL)."""
        for member in self.process.children(recursive=True):
            if " ".join(words) in _line_of(member):
                _kill(member)

    @contextlib.contextmanager
    def paused(self, *words: str) -> Iterator[None]:
        """Stop every process whose command line has these words in a row; at the end of the block they go on."""
        members = [each for each in self.process.children(recursive=True) if " ".join(words) in _line_of(each)]
        for member in members:
            member.suspend()
        try:
            yield
        finally:
            for member in members:
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.resume()

    def waits_for_lock(self, process_id: int) -> bool:
        """Say whether a process waits for a lock in the database."""
        ports = [each.laddr.port for each in psutil.Process(process_id).net_connections("tcp")]
        waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and client_port = any(:ports)"
        return self.count(waiting, ports=ports) > 0

    def kill_database(self) -> None:
        """Kill all processes of the server at once, as a power cut does; any process left would finish its work."""
        for member in self.process.children(recursive=True):
            if "bin/postgres -D" in _line_of(member):
                for process in (member, *member.children(recursive=True)):
                    _kill(process)

    def database_answers(self) -> bool:
        """Say whether the database accepts connections."""
        try:
            with self.engine.connect() as connection:
                return bool(connection.scalar(sa.text("select true")))
        except sa.exc.DBAPIError:
            return False

    def count(self, statement: str, **values: object) -> int:
        """Return the one number that a query gives."""
        with self.engine.connect() as connection:
            return int(connection.execute(sa.text(statement), values).scalar_one())

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command beside the product; its output goes to a pipe."""
        return subprocess.Popen(  # noqa: S603 - our own command
            _command(self.data_dir, *arguments),
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command to its end, and return its exit code and output."""
        process = self.start(*arguments)
        printed, _ = process.communicate()
        return process.returncode, printed


@contextlib.contextmanager
def running_product(directory: Path, tickets: int) -> Iterator[Product]:
    """Start a demo with a number of tickets, and stop it at the end of the block."""
    data_dir, log = directory / "data", directory / "demo.log"
    arguments = ("demo", "--no-browser", "--port", str(free_port()), "--tickets", str(tickets))
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            _command(data_dir, *arguments), env=_environment(), stdout=output, stderr=output, start_new_session=True
        )
    try:
        seconds_until(lambda: bool(_LAST_LINE.search(log.read_text()) or process.poll()), "the demo runs")
        found, server = _LAST_LINE.search(log.read_text()), attach(data_dir)
        if found is None or server is None:
            raise RuntimeError(log.read_text())
        engine = create_engine_for(server.url(), poolclass=sa.NullPool)
        product = Product(data_dir, psutil.Process(process.pid), found[1], engine)
        product.log_in(found[2], found[3])
        yield product
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _line_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _kill(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGKILL)


def new_marker() -> str:
    """Return a word that no ticket contains yet."""
    return f"marker-{secrets.token_hex(6)}"


def _command(data_dir: Path, *arguments: str) -> Sequence[str]:
    return command_line("--data-dir", str(data_dir), *arguments)


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SUPPORT_DATA_DIR"}}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "200"}
