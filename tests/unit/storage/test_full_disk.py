"""A full disk is recognised behind whatever error it hides, and named with its directory."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from analytics.errors import SettingsError, SupportAnalyticsError
from storage import full_disk
from storage.full_disk import DiskFullError, disk_full, free_bytes
from storage.store import Purpose, Store

PURPOSE = Purpose("the shelf", "SHELF_URL", SettingsError)


def no_room(monkeypatch: pytest.MonkeyPatch, free_blocks: int = 0) -> None:
    """Let every disk be full."""
    disk = SimpleNamespace(f_blocks=100, f_files=100, f_favail=50, f_bavail=free_blocks, f_frsize=1024)
    monkeypatch.setattr(os, "statvfs", lambda _path: disk)


def written_to_a_full_disk() -> OSError:
    """Return the error of the system's own full device."""
    with pytest.raises(OSError, match="No space left") as raised, Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")
    return raised.value


def test_the_systems_own_error_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = written_to_a_full_disk()
    no_room(monkeypatch, 10)
    full = disk_full(error, [tmp_path])
    assert full is not None
    assert full.message == f"The disk that holds {tmp_path} is full (0.0 MiB free)."
    assert full.hint.startswith("Make room there")
    assert full.slug == "disk_full"


def test_a_used_up_quota_is_a_full_disk_and_the_file_names_the_directory(tmp_path: Path) -> None:
    error = OSError(errno.EDQUOT, "Disk quota exceeded", str(tmp_path / "made" / "later.csv"))
    full = disk_full(error)
    assert full is not None
    assert full.place == tmp_path


def test_the_databases_error_is_recognised_within_a_librarys() -> None:
    class RefusedError(Exception):
        pgcode = "53100"

    wrapped = sa.exc.OperationalError("insert", {}, RefusedError())
    outer = SettingsError("It did not work.")
    outer.__cause__ = wrapped
    full = disk_full(outer)
    assert full is not None
    assert full.message == "The disk of the database is full."


def test_other_errors_are_none(tmp_path: Path) -> None:
    assert disk_full(PermissionError(errno.EACCES, "Permission denied"), [tmp_path]) is None
    assert disk_full(sa.exc.OperationalError("select", {}, Exception())) is None
    endless = ValueError()
    endless.__cause__ = endless
    assert disk_full(endless) is None


def test_a_disk_without_room_for_files_has_no_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    disk = SimpleNamespace(f_blocks=100, f_files=100, f_favail=0, f_bavail=90, f_frsize=1024)
    monkeypatch.setattr(os, "statvfs", lambda _path: disk)
    assert free_bytes(tmp_path / "nothing" / "there") == 0


def _fails(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_store_on_a_full_disk_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is the purpose's, and the full disk is still found behind it; no half file stays."""
    store = Store.open(str(tmp_path / "shelf"), PURPOSE)
    monkeypatch.setattr("storage.store.os.fsync", _fails)
    no_room(monkeypatch)
    with pytest.raises(SettingsError, match=r"The disk that holds .*shelf is full") as raised:
        store.write("book", b"x")
    assert isinstance(disk_full(raised.value), DiskFullError)
    with pytest.raises(SettingsError, match=r"The disk that holds .*shelf is full"), store.writing("row") as file:
        file.write(b"x")
    assert store.read("book") is None


@pytest.mark.parametrize("umask", [0, 0o022])
def test_files_of_a_store_are_their_owners_only(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        Store.open(str(tmp_path / "shelf"), PURPOSE).write("row/book", b"x")
    finally:
        os.umask(before)
    modes = [(tmp_path / "shelf" / name).stat().st_mode & 0o777 for name in (".", "row", "row/book")]
    assert modes == [0o700, 0o700, 0o600]


def test_the_error_is_one_a_person_reads() -> None:
    assert issubclass(DiskFullError, SupportAnalyticsError)
    assert full_disk.NO_SPACE[0] == "No space left on device"
