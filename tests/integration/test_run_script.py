"""./run passes a command through, from anywhere, and gives back its exit code."""

import os
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


def call(function: str, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    """Call one of the script's functions."""
    settings = " ".join(f"{name}='{text}'" for name, text in variables.items())
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        ["/usr/bin/env", "bash", "-c", f"source '{RUN}'; {settings}; {function}"],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )


def test_every_check_is_told_in_its_order_and_those_that_failed_are_named(tmp_path: Path) -> None:
    """They run side by side, so each keeps what it says until it is its turn."""
    names = ("python", "bin/hadolint", "bin/check-jsonschema")
    for name in names:
        program = tmp_path / name
        program.parent.mkdir(exist_ok=True)
        program.write_text('#!/bin/sh\necho "said $*"\ncase "$*" in *"ruff check"*) exit 1;; esac\n')
        program.chmod(0o755)
    passed = call("check", PYTHON=tmp_path / "python", VENV=tmp_path)
    checks = [line.removeprefix("== ") for line in passed.stderr.splitlines() if line.startswith("== ")]
    assert passed.returncode == 1
    assert passed.stderr.splitlines()[-1] == "Checks that failed: ruff-check"
    assert len(checks) == len(set(checks)) == passed.stdout.count("said ")
    assert {"mypy", "ruff check", "import contracts", "sqlfluff", "generated stubs"} <= set(checks)


def test_what_python_has_translated_is_kept_but_not_beside_the_sources(tmp_path: Path) -> None:
    """Where nothing may be written there, each process would translate everything anew."""
    told = call('keep_bytecode; echo "${PYTHONDONTWRITEBYTECODE-may write} in $PYTHONPYCACHEPREFIX"', VENV=tmp_path)
    assert told.stdout.strip() == f"may write in {tmp_path}/bytecode"
