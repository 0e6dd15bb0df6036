"""./run passes a command through, from anywhere, and gives back its exit code."""

import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"


@pytest.mark.parametrize(("arguments", "exit_code"), [(["--help"], 0), (["no-such-command"], 2)])
def test_run_passes_through(tmp_path: Path, arguments: list[str], exit_code: int) -> None:
    """A directory that has packages named as ours does not get in the way."""
    for name in ("standalone", "etl", "portal"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('not ours')")
    finished = subprocess.run([RUN, *arguments], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert finished.returncode == exit_code, finished.stderr


def test_run_says_so_when_there_is_no_python(tmp_path: Path) -> None:
    """Without Python 3.11 the message is a sentence and a way out."""
    for tool in ("bash", "dirname", "cksum", "cut", "mkdir", "flock", "env"):
        found = subprocess.run(["/usr/bin/env", "which", tool], capture_output=True, text=True, check=True)
        (tmp_path / tool).symlink_to(found.stdout.strip())
    copy = tmp_path / "a checkout" / "run"
    copy.parent.mkdir()
    copy.write_bytes(RUN.read_bytes())
    finished = subprocess.run(
        [tmp_path / "bash", copy, "demo"], env={"PATH": str(tmp_path)}, check=False, capture_output=True, text=True
    )
    assert finished.returncode == 1
    assert "needs Python 3.11 or newer" in finished.stderr
    assert "apt-get install python3" in finished.stderr
