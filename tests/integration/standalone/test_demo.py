"""The demo as a person starts it: one command, one line saying where to look, numbers behind it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa
from rich.console import Console

from standalone.installation import Installation, Kind, MixedDataError
from tests.integration.conftest import Database
from tests.integration.log_files import log_lines
from tests.integration.standalone.processes import WAIT_SECONDS, eventually, is_gone
from warehouse.embedded.postgres import attach
from warehouse.engine import create_engine_for

CHECKOUT = Path(__file__).parents[3]
TICKETS = 400
LAST_LINE = re.compile(r"Open (http://127\.0\.0\.1:\d+) and log in as manager with the password (\S+) \(")


def command(data_dir: Path, *arguments: str) -> list[str]:
    """Return the argv of one command on a data directory."""
    return [sys.executable, "-P", "-m", "standalone.cli", "--data-dir", str(data_dir), *arguments]


def environment() -> dict[str, str]:
    """Return an environment without settings of the machine's own."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SUPPORT_DATA_DIR"}}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "200"}


@contextlib.contextmanager
def running_demo(data_dir: Path, port: int) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """Start the demo and wait for its last line; yields the process and what it printed."""
    log = data_dir.with_suffix(".out")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(data_dir, "demo", "--no-browser", "--port", str(port), "--tickets", str(TICKETS)),
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        assert eventually(lambda: bool(LAST_LINE.search(log.read_text())) or process.poll() is not None)
        yield process, log.read_text()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(WAIT_SECONDS)


def run_json(data_dir: Path, *arguments: str) -> object:
    """Run a command beside the demo and return the JSON it prints."""
    finished = subprocess.run(
        command(data_dir, *arguments), env=environment(), capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def named_logins(members: list[psutil.Process]) -> set[str | None]:
    """Return the logins that processes were given for the database."""
    addresses = [member.environ().get("DATABASE_URL") for member in members]
    return {sa.make_url(address).username for address in addresses if address}


def present_logins(data_dir: Path) -> set[str]:
    """Return who has a session in the demo's database."""
    running = attach(data_dir)
    assert running is not None
    engine = create_engine_for(running.url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return set(connection.scalars(sa.text("select usename from pg_stat_activity where usename is not null")))


def is_classified(data_dir: Path) -> bool:
    """Say whether every ticket has been through the classifier; asked directly, as every command starts a Python."""
    done = "exists (select from ops.job_runs where job = 'classify_tickets' and outcome = 'succeeded')"
    waiting = "exists (select from support.classification_tasks where task = 'classify')"
    running = attach(data_dir)
    assert running is not None
    with create_engine_for(running.url(), poolclass=sa.NullPool).connect() as connection:
        return bool(connection.scalar(sa.text(f"select {done} and not {waiting}")))


def test_the_demo_comes_up_with_numbers_and_goes_without_a_trace(tmp_path: Path, free_port: int) -> None:
    """Tickets are counted, the portal answers, a second terminal works, Ctrl-C ends it all; and again, with logs."""
    data_dir = tmp_path / "the demo's data"
    passwords = set()
    for _ in range(2):
        with running_demo(data_dir, free_port) as (process, printed):
            line = LAST_LINE.search(printed)
            assert line, printed
            passwords.add(line[2])
            with urllib.request.urlopen(f"{line[1]}/healthz") as answer:  # noqa: S310 - the demo's own address
                assert answer.status == 200
            volume = run_json(
                data_dir, "query", "created", "--from", "2000-01-01", "--to", "2100-01-01", "--format", "json"
            )
            assert isinstance(volume, dict)
            assert sum(row["value"] for row in volume["rows"]) == pytest.approx(TICKETS, rel=0.1)
            assert eventually(lambda: is_classified(data_dir)), "the desk was not classified behind the portal"
            members = psutil.Process(process.pid).children(recursive=True)
            assert named_logins(members) == {"support_portal", "support_etl"}
            with urllib.request.urlopen(f"{line[1]}/readyz") as answer:  # noqa: S310 - as above
                assert answer.status == 200
            assert eventually(lambda: {"support_portal", "support_etl"} <= present_logins(data_dir))
            process.send_signal(signal.SIGINT)
            assert process.wait(WAIT_SECONDS) == 0
            assert all(is_gone(member) for member in members)
    assert len(passwords) == 1
    for name in ("classifier", "portal", "refresher", "scorer", "scheduler"):
        assert log_lines((data_dir / "logs" / f"{name}.log").read_text(encoding="utf-8")), name


def test_demo_and_own_data_are_never_mixed(tmp_path: Path, database: Database) -> None:
    """A database says whose tickets it holds, and the other kind is refused with what to do."""
    console = Console(quiet=True)
    demo = Installation(Kind.DEMO, tmp_path, database.url, console)
    own = Installation(Kind.OWN, tmp_path, database.url, console)
    demo._claim(database.engine)
    demo._claim(database.engine)
    with pytest.raises(MixedDataError, match=r"holds a demo. .*--data-dir"):
        own._claim(database.engine)


def test_a_demo_is_not_loaded_beside_tickets_that_are_there(tmp_path: Path, database: Database) -> None:
    """A database with tickets that nobody claimed holds somebody's own."""
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO support.support_tickets (customer_email, subject, content) VALUES ('a@b.example', '', '')"
            )
        )
    demo = Installation(Kind.DEMO, tmp_path, database.url, Console(quiet=True))
    with pytest.raises(MixedDataError, match="tickets of your own"):
        demo._claim(database.engine)
