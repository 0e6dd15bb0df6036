"""What only Linux has is used there, and elsewhere its stand-in, without a word of it in other modules."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.embedded import operating_system
from warehouse.embedded.child_process import ChildProcess
from warehouse.embedded.operating_system import path_of_descriptor, tie_to

PACKAGES = Path(__file__).parents[3]
LINUX_ONLY = re.compile(r"prctl|/proc/self")


def test_an_open_directory_has_a_path_that_leads_to_it(tmp_path: Path) -> None:
    """Also when its own path is no more."""
    directory = tmp_path / "before"
    directory.mkdir()
    (directory / "file").touch()
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    path = path_of_descriptor(descriptor, directory)
    directory.rename(tmp_path / "after")
    assert [each.name for each in Path(path).iterdir()] == ["file"]
    os.close(descriptor)


def test_without_proc_an_open_directory_goes_by_its_own_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operating_system, "_DESCRIPTORS", tmp_path / "no such directory")
    assert path_of_descriptor(3, tmp_path) == str(tmp_path)


def test_elsewhere_than_on_linux_a_child_starts_untied(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs and ends as any other."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert tie_to(os.getpid(), signal.SIGTERM) is None
    child = ChildProcess([sys.executable, "-c", "raise SystemExit(3)"], os.environ, subprocess.DEVNULL).start()
    assert child.wait() == 3


def test_a_tied_child_ends_with_its_killed_parent() -> None:
    """The parent is killed by SIGKILL, so that it can do nothing about its child."""
    program = (
        "import subprocess, sys, os, time; from warehouse.embedded.child_process import ChildProcess;"
        "child = ChildProcess(['sleep', '600'], os.environ, subprocess.DEVNULL).start();"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=PACKAGES, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    while _is_running(child):
        time.sleep(0.05)


def _is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("package", ["analytics", "classifier_service", "etl", "portal", "standalone", "warehouse"])
def test_what_only_linux_has_stands_in_one_module(package: str) -> None:
    """Another system can then be made to work in one place."""
    users = {
        str(path.relative_to(PACKAGES))
        for path in (PACKAGES / package).rglob("*.py")
        if LINUX_ONLY.search(path.read_text(encoding="utf-8"))
    }
    assert users <= {"warehouse/embedded/operating_system.py"}
