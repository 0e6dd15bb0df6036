"""`db archive`, `archived` and `recover`, as they are typed."""

import contextlib
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from standalone.service import command_line
from tests.integration.standalone.commands import Shell
from tests.integration.standalone.processes import WAIT_SECONDS, eventually
from warehouse.embedded.postgres import EmbeddedPostgres

NOW = "clock_timestamp() at time zone 'Africa/Johannesburg'"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """With a data directory, and an archive, of its own."""
    return Shell.at(tmp_path / "data", SUPPORT_WAL_ARCHIVE=str(tmp_path / "other disk" / "wal"))


@contextlib.contextmanager
def archiving(shell: Shell) -> Iterator[None]:
    """Run the database, as `up` does, and archive while the block lasts; Ctrl-C ends it."""
    with EmbeddedPostgres(Path(shell.environment["SUPPORT_DATA_DIR"]), settings={"fsync": "off"}):
        process = subprocess.Popen(command_line("db", "archive"), env=shell.environment, start_new_session=True)
        try:
            assert eventually(lambda: bool(shell.json("db", "archived")["base_backups"]))
            yield
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(WAIT_SECONDS) == 0


def test_a_moment_between_two_changes_comes_back(shell: Shell) -> None:
    """By the desk's clock or with an offset, after the archive has been asked what it reaches."""
    assert "Nothing can be recovered yet" in shell.asked("db", "archived")
    assert "is not running" in shell.refused("db", "archive")
    with archiving(shell):
        shell.psql("create table note as select 1 as number")
        moment = shell.psql(f"select 'at ' || ({NOW})::text").partition("at ")[2].partition("\n")[0]
        shell.psql("insert into note values (2)")
        assert "is running" in shell.refused("db", "recover")
    reach = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+02:00", shell.asked("db", "archived"))
    assert len(reach) == 2, "from when to when, by the desk's clock"
    refused = shell.refused("db", "recover", "--until", "2020-01-01 00:00")
    assert "read in the desk's time zone: 2020-01-01 00:00:00 +02:00 (Africa/Johannesburg)" in refused
    assert f"The archive begins at {reach[0]}, after the moment asked for." in refused
    assert "read in" not in shell.refused("db", "recover", "--until", "2020-01-01T00:00:00Z")
    assert "{1,2}" in shell.psql("select array_agg(number) from note")
    assert Path(str(shell.json("db", "recover", "--until", f"{moment} +02:00")["set_aside"])).is_dir()
    assert "{1}" in shell.psql("select array_agg(number) from note")


@pytest.mark.parametrize("command", ["archive", "recover"])
def test_a_database_of_ones_own_is_left_to_its_own_means(shell: Shell, command: str) -> None:
    """Only the embedded server's files are ours to exchange."""
    shell.environment["DATABASE_URL"] = "postgresql://localhost/desk"
    assert "Only the embedded database" in shell.refused("db", command)
