"""One thread a process, unless somebody says otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import threadpoolctl

from analytics.threads import THREAD_LIMITS, limit_threads
from tests.conftest import CHECKOUT

# Python runs it before anything else: it notes the limits when numpy is loaded, and at the end.
_WITNESS = """
import atexit, json, os, sys

class Witness:
    limits = None
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            self.limits = dict(os.environ)

witness = Witness()
sys.meta_path.insert(0, witness)
atexit.register(lambda: print("WITNESS", json.dumps([witness.limits, dict(os.environ)]), file=sys.stderr))
"""


def test_what_somebody_has_said_stays() -> None:
    """The others become one."""
    environment = {THREAD_LIMITS[1]: "4"}
    limit_threads(environment)
    assert environment == {**dict.fromkeys(THREAD_LIMITS, "1"), THREAD_LIMITS[1]: "4"}


def test_the_tests_calculate_as_the_program_does() -> None:
    """No plugin of pytest loads numpy before the limits are set."""
    assert np.ones(2).sum() == 2
    found = {each["num_threads"] for each in threadpoolctl.threadpool_info() if each["user_api"] == "blas"}
    assert found == {int(os.environ["OPENBLAS_NUM_THREADS"])}


@pytest.mark.parametrize(
    "arguments",
    [
        ("standalone.cli", "etl", "list"),
        ("etl", "list"),
        ("classifier_service", "--help"),
        ("classifier_service.serving", "no process id"),
        ("benchmarks", "--list"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_way_into_the_program_limits_them(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Before numpy is loaded, and for the processes that it starts."""
    (tmp_path / "sitecustomize.py").write_text(_WITNESS)
    environment = {name: text for name, text in os.environ.items() if name not in THREAD_LIMITS}
    finished = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=CHECKOUT,
        env=environment | {"PYTHONPATH": f"{tmp_path}:{CHECKOUT}", "SUPPORT_DATA_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    line = next(line for line in finished.stderr.splitlines() if line.startswith("WITNESS "))
    for seen in filter(None, json.loads(line.removeprefix("WITNESS "))):
        assert {name: seen.get(name) for name in THREAD_LIMITS} == dict.fromkeys(THREAD_LIMITS, "1")
