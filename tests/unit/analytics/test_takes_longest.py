"""One definition says which category takes longest."""

from collections.abc import Callable

import numpy as np
import pytest

from analytics.takes_longest import takes_longest

_DESK = {
    "median": [100.0] * 40,
    "mean": [60.0] * 37 + [20_000.0] * 3,
    "sum": [50.0] * 2000,
    "p90": [40.0] * 32 + [900.0] * 8,
}
"""Categories of which each takes longest by another number."""


@pytest.mark.parametrize(
    ("number", "longest"),
    [(np.median, "median"), (np.mean, "mean"), (np.sum, "sum"), (lambda times: np.quantile(times, 0.9), "p90")],
)
def test_the_numbers_of_the_planted_desk_disagree(number: Callable[[list[float]], float], longest: str) -> None:
    """Each names another category."""
    assert max(_DESK, key=lambda name: number(_DESK[name])) == longest


def test_the_median_decides() -> None:
    """Whatever the mean, the sum and the slowest tenth say."""
    medians = {name: (float(np.median(times)), len(times)) for name, times in _DESK.items()} | {"few": (9000.0, 19)}
    assert takes_longest(medians) == ("median",)


def test_what_is_as_long_is_named_with_it() -> None:
    """Within the two per cent that medians are known to."""
    assert takes_longest({"a": (100.0, 30), "b": (99.0, 30), "c": (90.0, 30)}) == ("a", "b")
    assert takes_longest({"a": (99.0, 30), "b": (100.0, 30)}) == ("b", "a")


def test_nothing_is_named_where_nothing_is_compared() -> None:
    """One category, or one with enough tickets, is no longest."""
    assert takes_longest({}) == ()
    assert takes_longest({"a": (100.0, 30), "b": (900.0, 19)}) == ()
