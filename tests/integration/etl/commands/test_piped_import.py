"""A file comes in through standard input as it would by its name: that is how it gets into a container."""

import gzip
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from analytics.errors import SupportAnalyticsError
from etl.commands.import_cli import import_app
from etl.importing.profile_file import read_profile
from tests.integration.conftest import Database

_CSV = b"Ticket ID,Requester,Subject,Created\n" + b"".join(
    b"%d,buyer%d@example.org,Where is it?,2025-03-%02d 11:00\n" % (number, number, number) for number in range(1, 29)
)
_ZONE = ("--yes", "--time-zone", "Africa/Gaborone")


@dataclass(frozen=True, slots=True)
class Pipe:
    """The command as a process of its own, which a file is sent to.

    Attributes:
        database: Where the file comes in.
    """

    database: Database

    @property
    def url(self) -> str:
        """Address of the database."""
        return self.database.url.render_as_string(hide_password=False)

    def send(
        self, content: bytes | None, *arguments: str, stdin: IO[bytes] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `import -` and return what it said; a process that waits for an answer fails the test."""
        command = [sys.executable, "-P", "-m", "standalone.cli", "import", "-", *arguments]
        environment = {**os.environ, "DATABASE_URL": self.url, "COLUMNS": "200", "NO_COLOR": "1"}
        return subprocess.run(
            command, env=environment, input=content, stdin=stdin, capture_output=True, timeout=120, check=False
        )

    def counted(self, table: str) -> int:
        """Return how many rows a table has."""
        with self.database.engine.connect() as connection:
            return int(connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.fixture
def pipe(database: Database) -> Pipe:
    """The command, on the test's database."""
    return Pipe(database)


def test_a_packed_file_comes_in_under_the_name_it_is_given(pipe: Pipe) -> None:
    """It is gzipped so that a sender that breaks off is noticed; the name without its ending is the source."""
    done = pipe.send(gzip.compress(_CSV), "--name", "/home/me/tickets.csv.gz", *_ZONE)
    assert (done.returncode, pipe.counted("support.support_tickets")) == (0, 28), done.stderr.decode()
    with pipe.database.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT file_name, source FROM raw.imports")).one()
    assert tuple(kept) == ("tickets.csv.gz", "tickets")


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        (b"", ("--name", "tickets.csv", *_ZONE), "Nothing came through the pipe"),
        (_CSV, _ZONE, "no name to keep its records under"),
        (_CSV, ("--name", "tickets.csv", "--yes"), "--time-zone"),
    ],
)
def test_what_cannot_come_in_ends_in_a_sentence(
    pipe: Pipe, content: bytes, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender that sends nothing, a file without a name, and a question that nobody is there to answer."""
    monkeypatch.setenv("DATABASE_URL", pipe.url)
    with pytest.raises(SupportAnalyticsError, match=told):
        CliRunner().invoke(import_app, ["-", *arguments], input=content, catch_exceptions=False)
    assert pipe.counted("raw.records") == 0


def test_a_sender_that_breaks_off_brings_nothing_in(pipe: Pipe) -> None:
    """The file is packed, so what is missing is noticed."""
    done = pipe.send(gzip.compress(_CSV)[:-40], "--name", "tickets.csv.gz", *_ZONE)
    assert done.returncode == 1
    assert b"cut off on the way" in done.stderr
    assert b"Traceback" not in done.stderr
    assert pipe.counted("raw.records") == 0


def test_a_terminal_is_not_waited_for(pipe: Pipe) -> None:
    """Who forgets the file is told so at once."""
    leader, follower = pty.openpty()
    with open(leader, "rb", buffering=0), open(follower, "rb", buffering=0) as terminal:  # noqa: PTH123 - no paths
        done = pipe.send(None, "--name", "tickets.csv", *_ZONE, stdin=terminal)
    assert b"is the terminal" in done.stderr
    assert done.returncode == 1


def test_a_profile_comes_out_where_no_file_can_be_written(pipe: Pipe, tmp_path: Path) -> None:
    """Standard output has the profile alone, so that it can be kept outside of the container."""
    done = pipe.send(_CSV, "--name", "tickets.csv", *_ZONE, "--dry-run", "--save-profile", "-")
    path = tmp_path / "mine.toml"
    path.write_bytes(done.stdout)
    profile = read_profile(str(path))
    assert (profile.source, profile.time_zone, profile.columns["created_at"]) == (
        "tickets",
        "Africa/Gaborone",
        "Created",
    )
    assert b"28 new tickets" in done.stderr
