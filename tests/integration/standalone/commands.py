"""The command line, typed in a data directory of one's own."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import orjson

from standalone.service import command_line

CHECKOUT = Path(__file__).parents[3]
# A command that was run in this process may have left some behind.
_OURS = ("SUPPORT_", "DATABASE_", "CLASSIFIER_", "REDIS_")


@dataclass(frozen=True, slots=True)
class Shell:
    """A person's terminal.

    Attributes:
        environment: Variables of its commands.
    """

    environment: dict[str, str]

    @classmethod
    def at(cls, data_dir: Path, **variables: str) -> "Shell":
        """Open one whose commands keep their data in a directory.

        Args:
            data_dir: The directory.
            **variables: More of the environment.
        """
        unset = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        own = {"SUPPORT_DATA_DIR": str(data_dir), "PYTHONPATH": str(CHECKOUT), "COLUMNS": "300"}
        return cls(unset | own | variables)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Type one command, and wait for its end."""
        return subprocess.run(
            command_line(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )

    def asked(self, *arguments: str) -> str:
        """Return what a command prints that has to succeed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str) -> dict[str, object]:
        """Return the answer for a machine of a command that has to succeed."""
        answer: dict[str, object] = orjson.loads(self.asked(*arguments, "--json"))
        return answer

    def refused(self, *arguments: str) -> str:
        """Return the message of a command that has to be refused; a service has it in its log."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout
        return done.stderr or done.stdout

    def psql(self, statement: str) -> str:
        """Run SQL on the data directory's database, and return what psql prints."""
        return self.asked("db", "shell", "--command", statement)
