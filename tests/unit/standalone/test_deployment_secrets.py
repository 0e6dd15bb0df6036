"""A deployment's secrets: made once, the same wherever the same one is needed."""

import hashlib
from pathlib import Path

import pytest

from portal.auth.passwords import check_password_rules
from standalone.deployment_secrets import FILES, SecretsDifferError, make_secrets


def test_every_service_gets_its_secrets(tmp_path: Path) -> None:
    """All files are there, one line each, and no two secrets are alike."""
    make_secrets(tmp_path)
    values = [{(tmp_path / name).read_text() for name in names} for names in FILES]
    assert all(len(value) == 1 for value in values)
    secrets = [value.pop().rstrip("\n") for value in values]
    assert len(set(secrets)) == len(FILES)
    assert all(len(secret) >= 32 and "\n" not in secret for secret in secrets)
    check_password_rules((tmp_path / "portal" / "manager_password").read_text().strip())


def test_the_classifier_knows_the_jobs_by_the_hash_of_their_token(tmp_path: Path) -> None:
    """The service that checks a token never has it."""
    make_secrets(tmp_path)
    token = (tmp_path / "jobs" / "classifier_token").read_text().strip()
    tokens = (tmp_path / "classifier" / "tokens").read_text()
    assert tokens == f"jobs:{hashlib.sha256(token.encode()).hexdigest()}\n"


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A second run writes nothing; a file taken away comes back as the others have it."""
    make_secrets(tmp_path)
    before = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert make_secrets(tmp_path) == []
    (tmp_path / "jobs" / "redis_password").unlink()
    assert make_secrets(tmp_path) == ["jobs/redis_password"]
    assert {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_secret_of_ones_own_is_passed_on(tmp_path: Path) -> None:
    """Whoever puts the owner's password there finds it where the database is prepared."""
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "password").write_text("chosen-by-hand-0123456789\n")
    make_secrets(tmp_path)
    assert (tmp_path / "prepare" / "owner_password").read_text() == "chosen-by-hand-0123456789\n"


def test_two_different_secrets_for_one_door_are_refused_without_showing_them(tmp_path: Path) -> None:
    """A mistake is told by the names of the files."""
    for name in ("cache/password", "portal/redis_password"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"secret of {name}")
    with pytest.raises(SecretsDifferError, match="cache/password and portal/redis_password") as caught:
        make_secrets(tmp_path)
    assert "secret of" not in str(caught.value)
