"""`db archive`, `archived` and `recover`, as they are typed."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from standalone.service import command_line
from tests.integration.standalone.processes import WAIT_SECONDS, eventually

NOW = "clock_timestamp() at time zone 'Africa/Johannesburg'"
CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of commands on a data directory, and an archive, of their own."""
    unset = {name: value for name, value in os.environ.items() if not name.startswith(("SUPPORT_", "DATABASE_"))}
    own = {"SUPPORT_DATA_DIR": str(tmp_path / "data"), "SUPPORT_WAL_ARCHIVE": str(tmp_path / "other disk" / "wal")}
    return unset | own | {"PYTHONPATH": str(CHECKOUT), "COLUMNS": "300"}


def command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    argv = [*command_line("db", *arguments)]
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


def psql(environment: dict[str, str], statement: str) -> str:
    """Run SQL on the data directory's database."""
    done = command(environment, "shell", "--command", statement)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def archiving(environment: dict[str, str]) -> Iterator[None]:
    """Archive while the block lasts; Ctrl-C ends it."""
    argv = [*command_line("db", "archive")]
    process = subprocess.Popen(argv, env=environment, start_new_session=True)
    try:
        assert eventually(lambda: bool(json.loads(command(environment, "archived", "--json").stdout)["base_backups"]))
        yield
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(WAIT_SECONDS) == 0


def test_a_moment_between_two_changes_comes_back(environment: dict[str, str]) -> None:
    """By the reporting zone's clock, after the archive has been asked what it reaches."""
    assert "Nothing can be recovered yet" in command(environment, "archived").stdout
    with archiving(environment):
        psql(environment, "create table note as select 1 as number")
        printed = psql(environment, f"select 'at ' || ({NOW})::text")
        moment = printed.partition("at ")[2].partition("\n")[0]
        psql(environment, "insert into note values (2)")
        refused = command(environment, "recover")
        assert (refused.returncode, "is running" in refused.stderr) == (1, True)
    assert "Any moment from" in command(environment, "archived").stdout
    early = command(environment, "recover", "--until", "2020-01-01 00:00")
    assert (early.returncode, "archive begins at" in early.stderr) == (1, True)
    assert "{1,2}" in psql(environment, "select array_agg(number) from note")
    done = command(environment, "recover", "--until", moment, "--json")
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["set_aside"]).is_dir()
    assert "{1}" in psql(environment, "select array_agg(number) from note")


def test_a_database_of_ones_own_is_not_recovered_like_this(environment: dict[str, str]) -> None:
    """Only the embedded server's files are ours to exchange."""
    done = command(environment | {"DATABASE_URL": "postgresql://localhost/desk"}, "recover")
    assert done.returncode == 1
    assert "Only the embedded database" in done.stderr
