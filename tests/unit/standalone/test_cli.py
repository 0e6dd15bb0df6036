"""The command line: every command explained, errors as sentences, options wherever they stand."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console

from analytics.errors import SupportAnalyticsError
from standalone import cli

CHECKOUT = Path(__file__).parents[3]


def leaves(group: typer.Typer) -> Iterator[tuple[str, Any]]:
    """Yield the name of every command and the command, groups followed down."""
    waiting: list[tuple[str, Any]] = [("", typer.main.get_command(group))]
    while waiting:
        path, command = waiting.pop()
        children = getattr(command, "commands", {})
        waiting += [(f"{path} {name}".strip(), child) for name, child in children.items()]
        if not children:
            yield path, command


def walk(group: typer.Typer) -> Iterator[tuple[str, str, str]]:
    """Yield (name, help, epilog) of every command."""
    for path, command in leaves(group):
        yield path, command.help or "", command.epilog or ""


COMMANDS = sorted(walk(cli.build_app()))


@pytest.mark.parametrize(("name", "explanation", "epilog"), COMMANDS, ids=[name for name, _, _ in COMMANDS])
def test_every_command_has_help_an_example_and_a_place_in_the_manual(name: str, explanation: str, epilog: str) -> None:
    """Nobody has to guess what a command does or how to write it."""
    assert explanation.strip()
    assert f"support-analytics {name}" in epilog
    assert f"`{name}`" in (CHECKOUT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_the_manual_names_no_command_that_is_not_there() -> None:
    """What docs/commands.md lists can be typed."""
    manual = (CHECKOUT / "docs" / "commands.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in manual.splitlines() if line.startswith("| `")}
    assert listed == {name for name, _, _ in COMMANDS}


def test_instants_are_printed_and_read_in_one_place_only() -> None:
    """With their offset: `analytics.instants` does it, for every command. Others take days."""
    folders = (CHECKOUT / name for name in ("etl", "standalone", "warehouse", "classifier_service", "portal/auth"))
    files = [CHECKOUT / "portal" / "cli.py", *(file for folder in folders for file in folder.rglob("*.py"))]
    assert [str(file) for file in files if "%H:%M" in file.read_text(encoding="utf-8")] == []
    described = [
        (path, parameter.metavar, parameter.type_descriptor)
        for path, command in leaves(cli.build_app())
        for parameter in command.params
    ]
    assert {path for path, metavar, _ in described if metavar == "MOMENT"} == {"db recover"}
    taking = [each for _, _, each in described if each.annotation is datetime]
    assert taking
    assert [each for each in taking if each.parameter_info.formats != ["%Y-%m-%d"]] == []


def test_help_imports_no_part_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help stays quick, and is there when a part is broken."""

    def refuse(module: str) -> object:
        raise AssertionError(module)

    monkeypatch.setattr(cli, "import_module", refuse)
    assert cli.main(["--help"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data-dir", "/d", "query", "volume"],
        ["query", "--data-dir", "/d", "volume"],
        ["query", "volume", "--data-dir=/d"],
    ],
)
def test_the_data_directory_may_stand_anywhere(arguments: list[str]) -> None:
    """Before or after the command, with or without an equals sign."""
    invocation = cli.parse_invocation(arguments)
    assert (invocation.arguments, invocation.data_dir, invocation.command) == (("query", "volume"), "/d", "query")


def test_nothing_after_a_double_dash_is_an_option() -> None:
    """A file may have any name."""
    invocation = cli.parse_invocation(["import", "--", "--debug"])
    assert invocation == cli.Invocation(("import", "--", "--debug"), None, is_debug=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it, and no setting in the environment."""
    for name in ("SUPPORT_DATA_DIR", "DATABASE_URL"):
        # Set, then removed, so that what the code sets is undone too.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "support-analytics"


@pytest.mark.parametrize(
    ("words", "has_demo", "has_own", "expected"),
    [
        (["query", "volume"], True, False, "demo"),
        (["query", "volume"], True, True, None),
        (["query", "volume"], False, False, None),
        (["import", "tickets.csv"], True, False, None),
    ],
    ids=["only a demo to show", "own data wins", "nothing yet", "import never goes into the demo"],
)
def test_a_command_that_looks_shows_the_demo_while_there_is_nothing_else(
    home: Path, words: list[str], *, has_demo: bool, has_own: bool, expected: str | None
) -> None:
    """The demo's data is shown, never written by an import."""
    if has_demo:
        (home / "demo" / "postgresql").mkdir(parents=True)
    if has_own:
        (home / "postgresql").mkdir(parents=True)
    cli.choose_data_dir(cli.parse_invocation(words), Console(quiet=True))
    assert os.environ.get("SUPPORT_DATA_DIR") == (str(home / expected) if expected else None)


@pytest.mark.parametrize(
    ("error", "shown", "hidden"),
    [
        (
            SupportAnalyticsError("The disk is full.", "Make room."),
            "Error: The disk is full.\nMake room.\n",
            "Traceback",
        ),
        (FileNotFoundError(2, "No such file or directory", "t.csv"), "No such file or directory: t.csv", "Traceback"),
        (KeyError("customer@example.com"), "(KeyError)", "customer@example.com"),
    ],
)
def test_an_error_is_a_sentence(
    error: Exception, shown: str, hidden: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and nothing of a customer's, reaches the terminal."""
    app = typer.Typer()

    @app.command()
    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "build_app", lambda _loaded: app)
    assert cli.main([]) == 1
    told = capsys.readouterr().err
    assert shown in told
    assert hidden not in told


def test_debug_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --debug the error comes through as it is."""
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise KeyError

    monkeypatch.setattr(cli, "build_app", lambda _loaded: app)
    with pytest.raises(KeyError):
        cli.main(["--debug"])


def test_a_wrong_command_is_a_usage_error() -> None:
    """Exit code 2, as everywhere."""
    assert cli.main(["no-such-command"]) == 2


@pytest.mark.usefixtures("home")
def test_a_full_disk_is_called_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever command meets it, and whatever raised it."""

    def fill() -> None:
        with Path("/dev/full").open("wb", buffering=0) as file:
            file.write(b"x")

    monkeypatch.setattr(cli, "build_app", lambda _loaded: lambda *_arguments, **_options: fill())
    assert cli.main(["import", "tickets.csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: The disk")
    assert "is full" in said
    assert "Make room there" in said
