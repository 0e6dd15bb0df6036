"""A full disk is remembered: the answer neither writes nor changes with every file."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.web.disk_room import LEAST_BYTES, REMEMBERED_SECONDS, DiskRoom

MIB = 2**20


def set_free(monkeypatch: pytest.MonkeyPatch, mebibytes: float, size: int = 10_000) -> None:
    """Let the disk have so much free."""
    disk = SimpleNamespace(f_blocks=size, f_bavail=mebibytes, f_frsize=MIB)
    monkeypatch.setattr(os, "statvfs", lambda _path: disk)


def test_a_full_disk_stays_full_until_there_is_twice_the_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    room = DiskRoom(tmp_path)
    least = LEAST_BYTES // MIB
    said = []
    for free in (least + 1, least - 1, least + 1, 2 * least - 1, 2 * least, least + 1):
        set_free(monkeypatch, free)
        said.append(room.is_full())
    assert said == [False, True, True, True, False, False]


def test_a_small_disk_need_not_have_more_room_than_it_has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_free(monkeypatch, 15, size=16)
    assert not DiskRoom(tmp_path).is_full()


def test_a_refusal_is_remembered_for_some_minutes(tmp_path: Path) -> None:
    now = [0.0]
    room = DiskRoom(tmp_path / "nothing there", clock=lambda: now[0])
    room.note(PermissionError(errno.EACCES, "Permission denied"))
    assert not room.is_full()
    room.note(OSError(errno.ENOSPC, "No space left on device"))
    now[0] = REMEMBERED_SECONDS - 1
    assert room.is_full()
    now[0] = REMEMBERED_SECONDS
    assert not room.is_full()
