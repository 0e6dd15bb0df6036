"""The typical of several effects does not follow the odd ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.typical import typical_of
from tests.conftest import examples


def test_two_odd_ones_of_seven_do_not_move_it() -> None:
    """Five are near 0, two near 1: the typical one is near 0."""
    effects = np.array([0.01, -0.02, 0.0, 0.02, -0.01, 1.0, 0.9])
    found = typical_of(effects, np.full(7, 0.03), float(np.median(effects)))
    assert abs(found.value) < 0.02
    assert found.error < 0.03


def test_without_odd_ones_it_is_nearly_the_mean_and_as_precise() -> None:
    """Weighted by precision, with an error close to that of the mean."""
    rng = np.random.default_rng(0)
    effects = rng.normal(0, 0.1, 40)
    found = typical_of(effects, np.full(40, 0.1), 0.0)
    assert found.value == pytest.approx(effects.mean(), abs=0.01)
    assert found.error == pytest.approx(0.1 / np.sqrt(40), rel=0.25)


def test_where_all_differ_much_it_is_less_sure() -> None:
    """The error follows how far they lie apart, not only their own errors."""
    close, wide = (typical_of(np.linspace(-far, far, 9), np.full(9, 0.01), 0.0).error for far in (0.01, 0.5))
    assert wide > 5 * close


@settings(max_examples=examples(50))
@given(st.lists(st.floats(-2, 2), min_size=1, max_size=9), st.floats(-5, 5))
def test_it_moves_with_all_of_them(effects: list[float], shift: float) -> None:
    """Moving all effects moves it as far; it lies among them."""
    values, errors = np.array(effects), np.full(len(effects), 0.1)
    one = typical_of(values, errors, float(np.median(values)))
    other = typical_of(values + shift, errors, float(np.median(values)) + shift)
    assert other.value == pytest.approx(one.value + shift, abs=1e-5)
    assert values.min() - 1e-9 <= one.value <= values.max() + 1e-9
