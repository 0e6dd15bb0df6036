"""`etl status` says whose runs met a full disk, and whether there is room now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.running import disk_words as module
from etl.running.disk_words import disk_words
from etl.running.runner import LastRun

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
RUNS = (
    LastRun("backup_database", AT, AT, "failed", None, "disk_full"),
    LastRun("refresh_marts", AT, AT, "succeeded", 7, None),
)


def test_where_there_is_room_nothing_is_said(tmp_path: Path) -> None:
    assert disk_words(RUNS[1:], tmp_path) == []


def test_the_jobs_and_the_directory_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "free_bytes", lambda _place: 0)
    said = disk_words(RUNS, tmp_path)
    assert said[0] == "There was no room on a disk for: backup_database. They run again at their times."
    assert said[1].startswith(f"The disk that holds {tmp_path} is full")


def test_a_data_directory_that_is_not_there_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the database is elsewhere."""
    monkeypatch.setattr(module, "free_bytes", lambda _place: 0)
    assert disk_words((), tmp_path / "nothing there") == []
