"""Tails of distributions are those of SciPy."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.tails import two_sided_t, upper_chi_square


@given(st.floats(-60, 60), st.floats(0.3, 5000))
def test_the_tails_of_students_t(value: float, freedom: float) -> None:
    """Both together, for few and for many degrees of freedom."""
    assert two_sided_t(value, freedom) == pytest.approx(2 * float(stats.t.sf(abs(value), freedom)), rel=1e-6, abs=1e-12)


@given(st.floats(0, 80), st.integers(1, 40))
def test_the_upper_tail_of_chi_square(value: float, freedom: int) -> None:
    """To two in a thousand where it decides: below one in twenty."""
    exact = float(stats.chi2.sf(value, freedom))
    found = upper_chi_square(value, freedom)
    assert found == pytest.approx(exact, abs=0.002) if exact < 0.05 else found > 0.04


def test_the_portals_rules_need_no_scipy() -> None:
    """Each process of the portal would grow by half."""
    script = "import sys, portal.asgi; assert 'scipy' not in sys.modules"
    subprocess.run([sys.executable, "-P", "-c", script], check=True)
