"""Models come out of a backup as they went in, for their owner only."""

import io
import os
from pathlib import Path

import pytest

from warehouse.backup.file_tree import FileTree


@pytest.mark.parametrize("umask", [0, 0o022])
def test_models_from_a_backup_are_their_owners_only(tmp_path: Path, umask: int) -> None:
    (tmp_path / "before" / "models" / "one").mkdir(parents=True)
    (tmp_path / "before" / "models" / "one" / "card.json").write_bytes(b"{}")
    (tmp_path / "before" / "champion.json").write_bytes(b"one")
    packed = io.BytesIO()
    FileTree.open(str(tmp_path / "before")).pack(packed)
    packed.seek(0)
    before = os.umask(umask)
    try:
        assert FileTree.open(str(tmp_path / "after")).unpack(packed) == 2
    finally:
        os.umask(before)
    after = tmp_path / "after"
    assert (after / "models" / "one" / "card.json").read_bytes() == b"{}"
    assert [path for path in (after, *after.rglob("*")) if path.stat().st_mode & 0o077] == []
