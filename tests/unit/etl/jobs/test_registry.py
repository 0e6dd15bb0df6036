"""Whoever lists, schedules or watches jobs pays nothing for what one of them computes with."""

import subprocess
import sys

HEAVY = ("matplotlib", "pandas", "prophet", "pyrage", "scipy", "sklearn", "statsforecast", "statsmodels")


def test_the_commands_of_jobs_load_none_of_their_heavy_libraries() -> None:
    """They are imported by the job that needs them, when it runs."""
    program = f"import sys, etl.cli; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.split() == []
