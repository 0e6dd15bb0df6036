"""The combination is made of the middle of its members, and only of what was known."""

import doctest
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecasting import combination
from analytics.forecasting.backtest import Origin
from analytics.forecasting.combination import combination_at, combined, weights_at
from analytics.forecasting.members import MEMBERS

NAMES = tuple(MEMBERS)
VALUES = st.lists(st.floats(0, 1e6), min_size=len(NAMES), max_size=len(NAMES))
WEIGHTS = st.lists(st.floats(0.01, 1), min_size=len(NAMES), max_size=len(NAMES))


def _origin(cutoff: date, errors: dict[str, float]) -> Origin:
    actual = np.full(28, 100.0)
    members = {name: actual + errors.get(name, 10.0) for name in NAMES}
    return Origin(cutoff, members, np.zeros(28, dtype=bool), actual, 10.0)


def test_the_example_holds() -> None:
    """The outer two of four have no say."""
    assert doctest.testmod(combination).failed == 0


@given(VALUES, WEIGHTS)
def test_it_lies_between_its_members(values: list[float], weights: list[float]) -> None:
    """Whatever they weigh."""
    shares = {name: weight / sum(weights) for name, weight in zip(NAMES, weights, strict=True)}
    said = combined({name: np.array([value]) for name, value in zip(NAMES, values, strict=True)}, shares).item()
    assert min(values) - 1e-6 <= said <= max(values) * (1 + 1e-9) + 1e-6


def test_one_that_goes_wrong_does_not_pull() -> None:
    """A member that says a million changes nothing but which ones are the middle."""
    members = {name: np.array([100.0]) for name in NAMES}
    wild = {**members, "prophet": np.array([1e6])}
    weights = dict.fromkeys(NAMES, 1 / len(NAMES))
    assert combined(wild, weights).item() == pytest.approx(100)


def test_who_erred_less_weighs_more() -> None:
    """And all together weigh one."""
    earlier = [_origin(date(2026, 1, 1) + timedelta(days=28 * place), {"prophet": 2.0}) for place in range(4)]
    weights = weights_at(NAMES, earlier)
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["prophet"] > weights["theta_by_events"]
    assert weights_at(NAMES, []) == dict.fromkeys(NAMES, 1 / len(NAMES))


def test_days_that_had_not_passed_are_not_known() -> None:
    """A cutoff's combination is the same whatever turned out later."""
    first = _origin(date(2026, 1, 1), {})
    good, bad = (_origin(date(2026, 1, 15), {"prophet": error}) for error in (0.0, 900.0))
    assert combination_at(first, [first, good]).tolist() == combination_at(first, [first, bad]).tolist()
