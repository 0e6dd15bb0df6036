"""What commands list: each name whole and on one line, each instant with its zone, on every terminal and in a pipe."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import typer

from standalone import cli
from tests.integration.conftest import Database, DeskTemplates
from tests.integration.etl.importing.imported_desk import row, write_csv
from warehouse.tables.desk import categories, users
from warehouse.tables.ops import job_runs

LONG = "that_is_longer_than_a_narrow_terminal_is_wide"
NAME = f"it_{LONG}"
NOW = datetime.now(UTC)
HEADER = (
    *("Ticket ID", "Requester", "Customer Type", "Subject", "Created", "Solved", "Assignee", "Priority"),
    f"Field {LONG}",
)
# Every command that lists something, and the names in its answer for a machine that another command takes.
NAMES = {
    "etl list": ("job",),
    "etl status": ("job",),
    "import list": ("id", "file_name", "source"),
    "quarantine list": ("id", "source", "file_name"),
    "dimension list": ("name", "field"),
    "calendar list": ("on",),
    "sla list": ("name", "calendar"),
    "users list": ("user_name",),
    "classifier list": ("version",),
    "classifier categories list": ("category",),
    "classifier priorities list": ("position",),
    "classifier template list": ("template",),
    "db backups": ("backup",),
}
REPEATS_CELLS = {"quarantine list"}  # as they stand in the file, for whoever corrects them
TERMINALS = (40, 80, None)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
OFFSET = re.compile(r" ?(?:[+-]\d\d:\d\d|Z)")


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for table, columns in (
            (
                users,
                {"user_name": NAME, "password_hash": "x", "session_key": "x", "role": "viewer", "last_login_at": NOW},
            ),
            (categories, {"slug": NAME, "name": NAME, "position": 99}),
            (job_runs, {"job": NAME, "started_at": NOW, "finished_at": NOW, "outcome": "failed", "error": NAME}),
        ):
            connection.execute(table.insert().values(columns))


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A desk with long names everywhere, at which the commands of this process work."""
    with desk_templates.clone(_fill) as database, pytest.MonkeyPatch.context() as patch:
        directory = tmp_path_factory.mktemp("data")
        patch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
        patch.setenv("SUPPORT_DATA_DIR", str(directory))
        patch.setenv("SUPPORT_TIME_ZONE", "Asia/Kolkata")
        patch.setenv("COLUMNS", "300")
        for name in ("CLASSIFIER_REGISTRY_URL", "CLASSIFIER_SIGNING_KEY_FILE"):
            # Set, then removed, so that what the commands set is undone too.
            patch.setenv(name, "")
            patch.delenv(name)
        file = write_csv(directory / f"tickets_{LONG}.csv", [row("1"), row("2", made="?")], HEADER)
        for arguments in (
            ["import", str(file), "--yes", "--time-zone", "UTC", "--source", f"source_{LONG}"],
            ["dimension", "add", f"Field {LONG}"],
            ["calendar", "add", "2026-12-27", "--closed", "--name", f"Day {LONG}"],
            ["sla", "set", f"Schools {LONG}", "--resolution", "2d"],
            ["classifier", "first-model", "--blank"],
            ["db", "backup"],
        ):
            assert cli.main(arguments) == 0, arguments
        yield database


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """Return the rows of an answer for a machine, wherever it has them."""
    if isinstance(answer, list):
        return answer
    return next(value for value in answer.values() if isinstance(value, list) and value)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command of this process prints."""
    assert cli.main(list(arguments)) == 0
    return capsys.readouterr().out


def test_every_command_that_lists_is_looked_at_here() -> None:
    """A new one needs its line in NAMES."""
    lists = set()
    waiting: list[tuple[str, Any]] = [("", typer.main.get_command(cli.build_app()))]
    while waiting:
        path, command = waiting.pop()
        children = getattr(command, "commands", {})
        waiting += [(f"{path} {name}".strip(), child) for name, child in children.items()]
        if not children and path.rpartition(" ")[2] in {"list", "status", "backups"}:
            lists.add(path)
    assert lists == set(NAMES)


@pytest.mark.parametrize("command", NAMES)
def test_names_are_whole_and_instants_have_their_zone(
    desk: Database, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a narrow terminal, on a usual one and in a pipe; instants by the desk's clock for people."""
    del desk
    capsys.readouterr()
    answer = told(capsys, *command.split(), "--json")
    rows = rows_of(json.loads(answer))
    names = {str(each[key]) for each in rows for key in NAMES[command] if each[key] not in {None, ""}}
    assert names
    monkeypatch.setenv("NO_COLOR", "1")
    for width in TERMINALS:
        monkeypatch.setenv("TTY_COMPATIBLE", "0" if width is None else "1")
        monkeypatch.setenv("COLUMNS", str(width or 40))
        text = told(capsys, *command.split())
        lines = text.splitlines()
        assert [name for name in names if not any(name in line for line in lines)] == []
        assert all(OFFSET.match(text, found.end()) for found in INSTANT.finditer(text))
        assert all(OFFSET.match(text, found.end()).group() == " +05:30" for found in INSTANT.finditer(text))  # type: ignore[union-attr]  # as above
    if command not in REPEATS_CELLS:
        assert all(OFFSET.match(answer, found.end()) for found in INSTANT.finditer(answer))


@pytest.mark.parametrize("command", ["etl status", "import list", "users list", "sla list"])
def test_these_lists_have_instants(desk: Database, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """So the test above has something to look at."""
    del desk
    assert INSTANT.search(told(capsys, *command.split()))
