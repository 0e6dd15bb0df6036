"""`support-analytics users`: add, list, passwd, remove; and `portal` as an orchestrator stops it."""

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analytics.vocabulary import Role
from portal.auth.accounts import Accounts
from portal.auth.errors import (
    AccountError,
    AccountExistsError,
    AccountMissingError,
    LastManagerError,
    PasswordRuleError,
    UserNameError,
)
from portal.auth.login import check_login
from portal.auth.passwords import Passwords
from portal.cli import users_app
from standalone.service import command_line
from tests.integration.conftest import Database
from tests.integration.portal.conftest import PASSWORD, WRONG
from tests.integration.standalone.commands import Shell
from tests.integration.standalone.processes import eventually


@pytest.fixture(autouse=True)
def _database_of_the_commands(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    """A file as an editor writes it, with the end of a line."""
    file = tmp_path / "a password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return str(file)


def users(*arguments: str, typed: str = "") -> Result:
    """Run one of the commands."""
    return CliRunner().invoke(users_app, arguments, input=typed)


def test_somebody_who_was_added_can_log_in(database: Database, password_file: str) -> None:
    """With the password of the file, and the role that was named."""
    added = users("add", "Thandi", "--role", "manager", "--password-file", password_file)
    assert (added.exit_code, added.output) == (0, "thandi may log in as a manager.\n")
    user = check_login(Accounts(database.engine), Passwords(), "thandi", PASSWORD, "here")
    assert user is not None
    assert user.role is Role.MANAGER


def test_the_password_can_be_typed_or_piped(database: Database) -> None:
    """Typed twice, unseen; piped, the first line."""
    assert users("add", "sipho", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert users("add", "lerato", "--password-file", "-", typed=f"{PASSWORD}\n").exit_code == 0
    accounts = Accounts(database.engine)
    for name in ("sipho", "lerato"):
        user = check_login(accounts, Passwords(), name, PASSWORD, "here")
        assert user is not None
        assert user.role is Role.VIEWER


def test_the_list_is_for_people_and_for_machines(accounts: Accounts) -> None:
    """Neither shows a hash."""
    del accounts
    listed = json.loads(users("list", "--json").output)
    assert [(row["user_name"], row["role"], row["is_active"]) for row in listed] == [
        ("sipho", "viewer", True),
        ("thandi", "manager", True),
    ]
    assert set(listed[0]) == {"user_name", "role", "is_active", "locked_until_at", "last_login_at"}
    shown = users("list").output
    assert "thandi" in shown
    assert "argon2" not in shown


def test_an_empty_list_says_what_to_do() -> None:
    """And is an empty list for a machine."""
    assert "users add" in users("list").output
    assert json.loads(users("list", "--json").output) == []


def test_a_new_password_replaces_the_old_one_and_lifts_a_lock(accounts: Accounts) -> None:
    """The session key changes with it."""
    before = accounts.all()
    for _ in range(5):
        check_login(accounts, Passwords(), "thandi", "wrong wrong wrong", "here")
    assert users("passwd", "thandi", "--password-file", "-", typed=f"{WRONG}\n").exit_code == 0
    assert check_login(accounts, Passwords(), "thandi", PASSWORD, "here") is None
    assert check_login(accounts, Passwords(), "thandi", WRONG, "here") is not None
    changed = [new.session_key != old.session_key for new, old in zip(accounts.all(), before, strict=True)]
    assert changed == [False, True]


def test_somebody_who_was_removed_is_gone(accounts: Accounts) -> None:
    """After a question, unless --yes."""
    assert users("remove", "sipho", typed="n\n").exit_code == 1
    assert len(accounts.all()) == 2
    assert users("remove", "sipho", "--yes").output == "sipho may no longer log in.\n"
    assert [account.user_name for account in accounts.all()] == ["thandi"]


@pytest.mark.parametrize(
    ("arguments", "typed", "error"),
    [
        (("add", "thandi", "--password-file", "-"), PASSWORD, AccountExistsError),
        (("add", "two words", "--password-file", "-"), PASSWORD, UserNameError),
        (("add", "lerato", "--password-file", "-"), "too short", PasswordRuleError),
        (("add", "lerato", "--password-file", "-"), "x" * 201, PasswordRuleError),
        (("passwd", "nobody", "--password-file", "-"), PASSWORD, AccountMissingError),
        (("remove", "nobody", "--yes"), "", AccountMissingError),
        (("remove", "thandi", "--yes"), "", LastManagerError),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    accounts: Accounts, arguments: tuple[str, ...], typed: str, error: type[AccountError]
) -> None:
    """With what to do about it, and nothing changed."""
    before = accounts.all()
    failed = users(*arguments, typed=f"{typed}\n")
    assert failed.exit_code == 1
    assert type(failed.exception) is error
    assert isinstance(failed.exception, AccountError)
    assert failed.exception.hint
    assert accounts.all() == before


def test_what_was_done_is_in_the_audit_log(accounts: Accounts, database: Database) -> None:
    """Who may log in is worth knowing later."""
    users("passwd", "sipho", "--password-file", "-", typed=f"{WRONG}\n")
    users("remove", "sipho", "--yes")
    del accounts
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT actor, action, target FROM support.audit_log ORDER BY id").all()
    assert [tuple(row) for row in rows[-2:]] == [
        ("command line", "password_set", "sipho"),
        ("command line", "user_removed", "sipho"),
    ]


def test_the_first_user_is_made_once(database: Database, password_file: str) -> None:
    """A deployment asks for its first manager at every start; whoever is there stays as they are."""
    arguments = ("add", "manager", "--role", "manager", "--password-file", password_file, "--if-first")
    assert users(*arguments).output == "manager may log in as a manager.\n"
    before = Accounts(database.engine).all()
    again = users(*arguments)
    assert (again.exit_code, again.output) == (0, "Somebody may log in already; nothing was changed.\n")
    assert Accounts(database.engine).all() == before


def _lives(address: str) -> bool:
    try:
        with urllib.request.urlopen(address):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


def test_a_stop_is_no_failure(tmp_path: Path, free_tcp_port: int) -> None:
    """SIGTERM ends it with 0, so that nobody takes an update for a crash; it has started without its database."""
    shell = Shell.at(tmp_path, DATABASE_URL="postgresql://nobody:nothing@127.0.0.1:1/nowhere")
    process = subprocess.Popen(
        command_line("portal", "--port", str(free_tcp_port)), env=shell.environment, stdout=sys.stderr
    )
    try:
        assert eventually(lambda: _lives(f"http://127.0.0.1:{free_tcp_port}/healthz") or process.poll() is not None)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(45) == 0
