"""Drift is 0 where nothing changed, and grows with change."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import drift
from analytics.drift import population_stability_index

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1_000), min_size=1).filter(
    lambda each: sum(each.values())
)


def test_the_example_holds() -> None:
    """0.25 ln 1.5 + 0.25 ln 2."""
    assert doctest.testmod(drift).failed == 0


@given(COUNTS, COUNTS)
def test_it_is_never_negative_and_the_same_both_ways(one: dict[str, int], other: dict[str, int]) -> None:
    """Each term has the sign of itself squared, and swapping the two turns both its factors round."""
    index = population_stability_index(one, other)
    assert index >= 0
    assert index == pytest.approx(population_stability_index(other, one))


@given(COUNTS, st.integers(1, 50))
def test_more_of_the_same_is_no_drift(counts: dict[str, int], factor: int) -> None:
    """Shares count, not numbers."""
    assert population_stability_index(counts, {key: count * factor for key, count in counts.items()}) == pytest.approx(
        0
    )


def test_a_new_category_is_a_large_drift() -> None:
    """Also where nothing was expected of it."""
    assert population_stability_index({"a": 100}, {"a": 50, "new": 50}) > 0.25


@pytest.mark.parametrize(("expected", "actual"), [({}, {"a": 1}), ({"a": 1}, {}), ({"a": 0}, {"a": 1})])
def test_nothing_is_said_of_nothing(expected: dict[str, int], actual: dict[str, int]) -> None:
    """A week without tickets is no week without drift."""
    with pytest.raises(ValueError, match="no tickets"):
        population_stability_index(expected, actual)
