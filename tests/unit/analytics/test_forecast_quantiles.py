"""Seven quantiles are read as a distribution."""

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics import forecast_quantiles
from analytics.forecast_quantiles import LEVELS, mean_of, quantile_at

RISING = st.lists(st.floats(0, 1e6), min_size=7, max_size=7).map(sorted)


def test_the_examples_hold() -> None:
    """Worked by hand."""
    assert doctest.testmod(forecast_quantiles).failed == 0


@given(RISING, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_probability_never_has_a_smaller_quantile(values: list[float], one: float, other: float) -> None:
    """And none lies outside the outermost two."""
    low, high = sorted((one, other))
    assert values[0] <= quantile_at(values, low) <= quantile_at(values, high) <= values[-1]


@given(RISING)
def test_the_mean_lies_between_the_outermost(values: list[float]) -> None:
    """Also where the distribution is one value."""
    mean = mean_of(np.array(values)).item()
    assert values[0] - 1e-6 <= mean <= values[-1] + 1e-6


def test_each_level_gives_back_its_own_quantile() -> None:
    """Nothing is smoothed."""
    values = [1.0, 2, 3, 5, 8, 13, 21]
    assert [quantile_at(values, level) for level in LEVELS] == values
