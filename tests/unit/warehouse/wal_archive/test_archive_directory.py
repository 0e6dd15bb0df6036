"""What of an archive may be used, and what of it may go."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.wal_archive.archive_directory import ArchiveDirectory, BaseBackup
from warehouse.wal_archive.errors import ArchiveStoreError, NotRecoverableError
from warehouse.wal_archive.following import segment_of

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveDirectory:
    """Base backups of three days that begin in segments 2, 5 and 8, one that was never finished, segments 1 to 9."""
    made = ArchiveDirectory(tmp_path / "an archive")
    made.prepare(7)
    for day, segment in enumerate((2, 5, 8)):
        directory = made.base / f"day{day}"
        directory.mkdir()
        BaseBackup(DAY + timedelta(days=day), f"{segment:024X}", directory).write()
    (made.base / "unfinished").mkdir()
    for number in range(1, 9):
        (made.wal / f"{number:024X}").touch()
    (made.wal / f"{9:024X}.partial").touch()
    (made.wal / "00000002.history").touch()
    (made.wal / "note.txt").touch()
    return made


def test_what_is_no_segment_is_left_alone(archive: ArchiveDirectory) -> None:
    """Segments come in order, the growing one last."""
    names = [path.name for path in archive.segments()]
    assert names == [*(f"{number:024X}" for number in range(1, 9)), f"{9:024X}.partial"]
    assert [path.name for path in archive.histories()] == ["00000002.history"]


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "day0"), (23, "day0"), (24, "day1"), (1000, "day2"), (None, "day2")]
)
def test_recovery_starts_from_the_newest_base_before_the_moment(
    archive: ArchiveDirectory, hours: int | None, expected: str
) -> None:
    """Less of the log has to be played."""
    moment = None if hours is None else DAY + timedelta(hours=hours)
    assert archive.base_for(moment).directory.name == expected


def test_a_moment_before_the_archive_is_refused(archive: ArchiveDirectory, tmp_path: Path) -> None:
    """With the first moment there is, or that there is none."""
    with pytest.raises(NotRecoverableError, match="begins at 2026-03-02 00:00:00 \\+00:00"):
        archive.base_for(DAY - timedelta(seconds=1))
    with pytest.raises(NotRecoverableError, match="no finished base backup"):
        ArchiveDirectory(tmp_path).base_for(None)


def test_old_bases_go_with_the_log_that_only_they_need(archive: ArchiveDirectory) -> None:
    """What a kept base begins with stays, and so does what is no part of the log."""
    assert archive.prune(2) == ["day0"]
    assert sorted(path.name for path in archive.base.iterdir()) == ["day1", "day2"]
    assert archive.segments()[0].name == f"{5:024X}"
    assert len(archive.histories()) == 1
    assert (archive.wal / "note.txt").exists()


def test_an_archive_belongs_to_one_server(archive: ArchiveDirectory) -> None:
    """Two servers' logs would be mixed."""
    archive.prepare(7)
    with pytest.raises(ArchiveStoreError, match="belongs to another database"):
        archive.prepare(8)


def test_an_archive_that_is_set_aside_leaves_room_for_a_new_one(archive: ArchiveDirectory) -> None:
    """Everything is kept, under the instant's name; of nothing, nothing is kept."""
    aside = archive.set_aside(DAY)
    assert aside is not None
    assert aside.name == "until_20260302_000000_000000"
    assert len(ArchiveDirectory(aside).bases()) == 3
    assert archive.set_aside(DAY) is None
    archive.prepare(8)


def test_the_end_of_the_log_is_when_it_was_last_written(archive: ArchiveDirectory) -> None:
    """Which need not be the segment that comes last by name."""
    for path in archive.segments():
        os.utime(path, (0, DAY.timestamp()))
    os.utime(archive.segments()[3], (0, DAY.timestamp() + 60))
    assert archive.written_until() == DAY + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("timeline", "position", "name"),
    [(1, "0/2000028", "000000010000000000000002"), (2, "1A/FF000000", "000000020000001A000000FF")],
)
def test_a_segment_is_named_as_postgresql_names_it(timeline: int, position: str, name: str) -> None:
    """Expected values are PostgreSQL's `pg_walfile_name`."""
    assert segment_of(timeline, position) == name
