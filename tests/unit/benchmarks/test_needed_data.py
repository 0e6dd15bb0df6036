"""A benchmark without its data says which file it wants, and ends with a code of its own."""

from pathlib import Path

import pytest

from benchmarks.needed_data import MISSING, needed


def test_a_missing_file_is_named_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what it is and where it is looked for, and without a traceback."""
    wanted = tmp_path / "intents" / "banking77_train.csv"
    with pytest.raises(SystemExit) as ended:
        needed(wanted, tmp_path)
    said = capsys.readouterr().err
    assert ended.value.code == MISSING == 2
    assert str(wanted) in said
    assert "BANKING77" in said
    assert "SUPPORT_SHARED_DATA" in said


def test_a_file_that_is_there_is_read(tmp_path: Path) -> None:
    """Nothing is said."""
    wanted = tmp_path / "some.csv"
    wanted.write_text("text,category\n", "utf-8")
    assert needed(wanted, tmp_path) == wanted
