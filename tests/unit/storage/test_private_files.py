"""What the product keeps is its owner's only, whatever the umask, and also where an earlier version left it open."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.private_files import make_private_directory, open_private, tighten_data_directory


@pytest.fixture(autouse=True)
def _careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(root: Path) -> dict[str, str]:
    """Return the permissions of everything below a directory, and its own as "."."""
    found = (root, *sorted(root.rglob("*")))
    return {str(path.relative_to(root)): oct(stat.S_IMODE(path.lstat().st_mode)) for path in found}


def test_new_directories_and_files_are_their_owners_only(tmp_path: Path) -> None:
    make_private_directory(tmp_path / "a" / "b")
    make_private_directory(tmp_path / "a" / "b")
    with open_private(tmp_path / "a" / "b" / "c", "wb") as file:
        file.write(b"x")
    assert modes(tmp_path / "a") == {".": "0o700", "b": "0o700", "b/c": "0o600"}


def test_what_was_open_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "models" / "rules").mkdir(parents=True)
    (data / "models" / "champion.json").touch()
    (data / "postgresql" / "cluster").mkdir(parents=True)
    (data / "postgresql" / "cluster" / "base").touch()
    (data / "classifier_token").touch()
    tighten_data_directory(data)
    assert modes(data) == {
        ".": "0o700",
        "classifier_token": "0o600",
        "models": "0o700",
        "models/champion.json": "0o600",
        "models/rules": "0o700",
        "postgresql": "0o700",
        "postgresql/cluster": "0o700",
        # What is in it is the server's business.
        "postgresql/cluster/base": "0o666",
    }


def test_a_directory_with_other_things_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    """Somebody may have named their home."""
    data, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.touch()
    (data / "letters").touch()
    (data / "models").mkdir()
    (data / "logs").symlink_to(elsewhere)
    tighten_data_directory(data)
    assert {name: mode for name, mode in modes(data).items() if name != "logs"} == {
        ".": "0o777",
        "letters": "0o666",
        "models": "0o700",
    }
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o666


def test_a_volume_of_another_account_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    tighten_data_directory(tmp_path)
    tighten_data_directory(tmp_path / "nothing there")
