"""The contract: what changes of it are refused, and that what is made of it is current."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
PROTO = Path("protos/classifier/v1/classifier_service.proto")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout that has nothing but the contract."""
    shutil.copytree(CHECKOUT / "protos", tmp_path / "protos", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(checkout: Path, task: str) -> subprocess.CompletedProcess[str]:
    """Do one thing with the contract."""
    command = [sys.executable, "-m", "protos.contract", task]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def change(checkout: Path, old: str, new: str) -> None:
    """Change the contract's text in one place."""
    text = (checkout / PROTO).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (checkout / PROTO).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("task", ["lint", "breaking", "check"])
def test_the_contract_is_in_order(task: str) -> None:
    """Style, compatibility and generated files hold in the checkout itself."""
    finished = run(CHECKOUT, task)
    assert finished.returncode == 0, finished.stderr


def test_a_change_that_breaks_callers_is_refused(copy: Path) -> None:
    """A field cannot change its number, and generating does not smuggle it in."""
    change(copy, "string customer_type = 3;", "string customer_type = 4;")
    for task in ("breaking", "generate"):
        finished = run(copy, task)
        assert finished.returncode == 1
        assert "customer_type" in finished.stdout
    before = (CHECKOUT / "protos/contract.json").read_bytes()
    assert (copy / "protos/contract.json").read_bytes() == before


def test_an_addition_is_taken_up(copy: Path) -> None:
    """A new field is compatible; until it is generated the check says which files are old."""
    change(copy, "string customer_type = 3;", "string customer_type = 3;\n\n  // Something new.\n  string extra = 4;")
    finished = run(copy, "check")
    assert finished.returncode == 1
    assert "classifier_service_pb2.pyi" in finished.stderr
    assert run(copy, "generate").returncode == 0
    assert run(copy, "check").returncode == 0
    assert '"extra"' in (copy / "protos/contract.json").read_text(encoding="utf-8")


def test_a_field_without_a_comment_is_refused(copy: Path) -> None:
    """Every field says what it means."""
    change(copy, "string customer_type = 3;", "string customer_type = 3;\n\n  string extra = 4;")
    finished = run(copy, "lint")
    assert finished.returncode == 1
    assert "extra" in finished.stdout


def test_an_unknown_task_is_a_usage_error(copy: Path) -> None:
    """Exit code 2, as everywhere."""
    assert run(copy, "no-such-task").returncode == 2


def test_buf_is_pinned_by_hash_and_names_no_registry() -> None:
    """Whatever registry npm is set up with, it installs exactly these files."""
    text = (CHECKOUT / "protos/package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "node_modules/@bufbuild/buf-linux-x64" in packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in text
