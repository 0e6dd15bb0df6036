"""Whatever a command is given as a file, it ends in a sentence: no traceback, nothing unforeseen, no waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from standalone import cli
from storage import given_file
from tests.factories.bad_files import KINDS, NAMES, make_bad_file, named_oddly
from tests.integration.conftest import Database

GOOD = "ticket,category,text,created at\n1,billing,Where is my money?,2026-03-01 10:00\n"
MAPPED = ("--yes", "--dry-run", "--time-zone", "UTC", "--source", "s", "--kind", "tickets")
READERS = {
    "import": ("", ("import", "{file}", *MAPPED)),
    "import with a profile": ("TOML", ("import", "{good}", "--profile", "{file}", *MAPPED)),
    "train on a CSV": ("CSV", ("classifier", "train", "--data", "{file}")),
    "correct": ("CSV", ("classifier", "correct", "--file", "{file}")),
    "backtest": ("CSV", ("forecast", "backtest", "--data", "{file}")),
    "effects": ("TOML", ("bookshop", "--effects", "{file}", "--tickets", "1", "--out", "{folder}/out")),
}
"""Commands that each read a file in a way of their own, and what they take it for: "" is whatever it is."""
COMMANDS = {command: words for command, (_, words) in READERS.items()} | {
    "import that saves a profile": ("import", "{good}", "--save-profile", "{file}", *MAPPED),
    "quarantine replay": ("quarantine", "replay", "--profile", "{file}"),
    "evaluate": ("classifier", "evaluate", "--data", "{file}", "--train", "{file}"),
    "a directory of files": ("bookshop", "--tickets", "1", "--out", "{file}"),
    "identity": ("db", "verify", "--identity", "{file}"),
    "backup key": ("db", "backup-key", "{file}"),
    "secrets": ("secrets", "{file}"),
    "a password": ("users", "passwd", "nobody", "--password-file", "{file}"),
    "a password of a login": ("prepare", "--portal-password-file", "{file}"),
}
OF_THE_ENVIRONMENT = {
    "DATABASE_PASSWORD_FILE": ("users", "list"),
    "SUPPORT_BACKUP_URL": ("db", "verify"),
    "SUPPORT_BACKUP_AGE_IDENTITY_FILE": ("db", "verify"),
    "SUPPORT_WAL_ARCHIVE": ("db", "archived"),
    "CLASSIFIER_REGISTRY_URL": ("classifier", "promote", "20260301_100000"),
    "CLASSIFIER_SIGNING_KEY_FILE": ("classifier", "promote", "20260301_100000"),
    "CLASSIFIER_TOKEN_FILE": ("etl", "run", "classify_tickets"),
}
"""Variable that names a file -> a command that reads it."""
LIKELY = ("missing", "empty", "a directory", "a pipe that nobody writes to", "an endless device", "binary", "Latin-1")


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands as a person does.

    Attributes:
        folder: Where its files are.
        capture: What was printed.
    """

    folder: Path
    capture: pytest.CaptureFixture[str]

    def fault(self, words: tuple[str, ...], file: Path) -> str:
        """Run a command on a file; return what is wrong with how it ended, "" when nothing is."""
        good = self.folder / "good.csv"
        good.write_text(GOOD, encoding="utf-8")
        named = {"file": str(file), "good": str(good), "folder": str(self.folder)}
        code = cli.main([word.format(**named) for word in words])
        printed = self.capture.readouterr()
        said = printed.out + printed.err
        if "unforeseen" in said or "Traceback" in said or "\x1b[31m" in said:
            return said
        # A service tells a refusal in its log.
        told = ("Error: " in printed.err, "failed" in printed.out, '"reason": ' in printed.out)
        if code == 1 and not any(told):
            return f"no sentence: {said!r}"
        return "" if code in {0, 1} else f"ended with {code}: {said}"


@pytest.fixture
def shell(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """A shell with a database of its own, in which a pipe is left at once."""
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CLASSIFIER_ADDRESS", "127.0.0.1:1")
    monkeypatch.setattr(given_file, "PATIENCE_SECONDS", 0.02)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def bad_files(folder: Path, suffix: str = "", kinds: tuple[str, ...] = tuple(KINDS)) -> Iterator[tuple[str, Path]]:
    """Yield what each file is, and the file, in a folder of its own."""
    for number, kind in enumerate(kinds):
        own = folder / str(number)
        own.mkdir()
        yield kind, make_bad_file(kind, own / f"file{suffix}")


def bad_kinds(taken_for: str) -> tuple[str, ...]:
    """Return the kinds that are bad in a way of their own for who takes a file for JSON, TOML, CSV or anything."""
    others = tuple(each for each in ("JSON", "TOML") if each != taken_for) if taken_for else ()
    own = [kind for kind in KINDS if not kind.startswith(others)]
    return tuple(own if taken_for in {"", "CSV"} else [kind for kind in own if kind in LIKELY or taken_for in kind])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_file_ends_a_command_in_a_sentence(shell: Shell, tmp_path: Path, command: str) -> None:
    kinds = bad_kinds(READERS[command][0]) if command in READERS else LIKELY
    faults = {kind: shell.fault(COMMANDS[command], file) for kind, file in bad_files(tmp_path, kinds=kinds)}
    assert {kind: fault for kind, fault in faults.items() if fault} == {}


def test_bad_labelled_json_ends_in_a_sentence(shell: Shell, tmp_path: Path) -> None:
    """A name that ends in .json is read as JSON."""
    files = bad_files(tmp_path, ".json", bad_kinds("JSON"))
    faults = {kind: shell.fault(COMMANDS["train on a CSV"], file) for kind, file in files}
    assert {kind: fault for kind, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_odd_name_ends_a_command_in_a_sentence(shell: Shell, tmp_path: Path, command: str) -> None:
    """Nor does a name move the cursor of the terminal."""
    faults = {name: shell.fault(COMMANDS[command], named_oddly(name, tmp_path)) for name in NAMES}
    assert {name: fault for name, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("variable", OF_THE_ENVIRONMENT)
def test_a_bad_file_of_the_environment_ends_in_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    faults = {}
    for kind, file in bad_files(tmp_path, kinds=LIKELY):
        monkeypatch.setenv(variable, str(file))
        faults[kind] = shell.fault(OF_THE_ENVIRONMENT[variable], file)
    assert {kind: fault for kind, fault in faults.items() if fault} == {}


def test_a_data_directory_that_is_none_ends_in_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    kinds = tuple(kind for kind in LIKELY if kind not in {"missing", "a directory"})
    faults = {
        kind: shell.fault(("users", "list", "--data-dir", "{file}"), file)
        for kind, file in bad_files(tmp_path, kinds=kinds)
    }
    assert {kind: fault for kind, fault in faults.items() if fault} == {}
