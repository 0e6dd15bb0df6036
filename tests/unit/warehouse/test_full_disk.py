"""An embedded server that ends because it cannot write is called a full disk by whoever asked it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.full_disk import DiskFullError
from warehouse import full_disk
from warehouse.embedded.cluster import ClusterFiles
from warehouse.full_disk import named

GONE = sa.exc.OperationalError("select", {}, Exception("server closed the connection"))


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_a_server_that_is_gone_from_a_full_disk_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert named(GONE) is GONE
    monkeypatch.setattr(full_disk, "free_bytes", lambda _place: 0)
    found = named(GONE)
    assert isinstance(found, DiskFullError)
    assert found.place == tmp_path


def test_a_server_elsewhere_has_a_disk_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_disk, "free_bytes", lambda _place: 0)
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/desk")
    assert named(GONE) is GONE


def test_settings_that_cannot_be_read_hide_no_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "no address")
    error = ValueError()
    assert named(error) is error
    assert isinstance(named(DiskFullError(None)), DiskFullError)


@pytest.mark.parametrize("words", ["No space left on device", "Disk quota exceeded"])
def test_the_servers_last_words_are_read(tmp_path: Path, words: str) -> None:
    files = ClusterFiles(tmp_path / "postgresql")
    files.prepare()
    files.log.write_text(f'FATAL:  could not write lock file "postmaster.pid": {words}\n', encoding="utf-8")
    with pytest.raises(DiskFullError, match="is full"):
        files.require_room()
    files.log.write_text("FATAL:  something else\n", encoding="utf-8")
    files.require_room()
