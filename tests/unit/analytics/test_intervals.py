"""Estimates are told no more precisely than they are known, and chance is not told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intervals import Estimate, supported

_NUMBERS = st.floats(-100, 100, allow_nan=False)


@given(_NUMBERS, st.floats(0.001, 50), st.integers(0, 4))
def test_a_told_interval_holds_the_computed_one(value: float, error: float, decimals: int) -> None:
    """Rounding never makes an interval narrower, nor moves an end by more than one step."""
    estimate = Estimate.normal(value, error)
    told = estimate.told(decimals)
    step = 10**-decimals
    assert estimate.low - step - 1e-9 <= told.low <= estimate.low + 1e-9
    assert estimate.high - 1e-9 <= told.high <= estimate.high + step + 1e-9


def test_the_p_value_agrees_with_the_interval() -> None:
    """At 1.96 standard errors the interval touches nought and p is 0.05."""
    edge = Estimate.normal(1.959964, 1.0)
    assert edge.p_value == pytest.approx(0.05, abs=1e-6)
    assert edge.low == pytest.approx(0.0, abs=1e-12)
    assert Estimate.log_normal(0.0, 1.0).value == 1.0


def test_of_many_only_what_passes_together_is_told() -> None:
    """A p-value of 0.04 is told alone and not among nine that show nothing."""
    weak, none = Estimate(1.0, 0.02, 2.0, 0.04), Estimate(0.1, -1.0, 1.2, 0.8)
    strong = Estimate(3.0, 2.0, 4.0, 1e-9)
    assert supported([(weak, 0.0)]) == [True]
    assert supported([(weak, 0.0), *[(none, 0.0)] * 9]) == [False] * 10
    assert supported([(none, 0.0), (strong, 0.0)]) == [False, True]
    assert supported([(strong.told(0), 2.0)]) == [False]
    assert supported([]) == []
