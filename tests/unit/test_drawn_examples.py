"""The normal run draws the same examples everywhere, whatever was loaded before."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CHECKOUT

# What Hypothesis 6.170 draws below, on any Python. Another release may draw another: then this one is to be replaced.
LAST_DRAWN = r"1116 2.064702224368804e+16 '\U000ec396\U0010d6b1'"


def draw(times: int) -> list[str]:
    """Return that many examples of one property."""
    seen: list[str] = []

    @settings(max_examples=times)
    @given(st.integers(), st.floats(), st.text(max_size=5))
    def collect(whole: int, real: float, text: str) -> None:
        seen.append(f"{whole} {real} {text!a}")

    collect()
    return seen


@pytest.mark.parametrize("loaded", ["", "import analytics.churn, etl.running.scheduler, portal.numbers.filters"])
def test_the_normal_run_draws_the_same_examples_on_every_python(loaded: str) -> None:
    """Hypothesis would draw constants of the modules that are loaded, and with them the order of tests would count."""
    program = f"{loaded}\nfrom tests.unit.test_drawn_examples import draw\nprint(draw(200)[-1])"
    environment = os.environ | {"SUPPORT_TEST_DEPTH": "normal"}
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True
    )
    assert finished.stdout.strip() == LAST_DRAWN


def test_the_deep_run_draws_others() -> None:
    """A profile that does not stand on the function's text finds what the normal run never tries."""
    assert not settings.get_profile("deep").derandomize
    assert settings.get_profile("deep").max_examples > settings.get_profile("normal").max_examples
