"""`db shell` runs every command that it is given, and stops at one that fails."""

import pytest
from typer.testing import CliRunner

from tests.integration.conftest import Database
from warehouse.cli import app


@pytest.fixture(autouse=True)
def _here(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))


def test_each_of_several_commands_runs(capfd: pytest.CaptureFixture[str]) -> None:
    done = CliRunner().invoke(app, ["shell", "-c", "select 'first'", "--command", "select 'second'"])
    assert done.exit_code == 0
    said = capfd.readouterr().out
    assert said.index("first") < said.index("second")


def test_what_comes_after_a_command_that_fails_does_not_run(capfd: pytest.CaptureFixture[str]) -> None:
    done = CliRunner().invoke(app, ["shell", "-c", "select no_such_thing", "-c", "select 'second'"])
    assert done.exit_code != 0
    assert "second" not in capfd.readouterr().out
