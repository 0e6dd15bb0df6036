"""The regressions that measure how sure a planted effect can be found."""

import numpy as np
import pytest

from benchmarks.truth.planted import ENOUGH, Effect, Family, against_others, dummies, leaders, least_squares


def test_an_effect_matters_from_a_power_of_nine_tenths() -> None:
    assert Effect(Family.ODD, "", 1.0, ENOUGH, 0.0).matters
    assert not Effect(Family.ODD, "", 1.0, ENOUGH - 0.01, 9.0).matters


def test_leaders_are_all_that_are_highest() -> None:
    assert leaders({"a": 2.0, "b": 3.0, "c": 3.0, "d": 1.0}) == (["b", "c"], "a")
    assert leaders({"a": 2.0, "b": 2.0}) == (["a", "b"], None)
    assert leaders({}) == ([], None)


def test_least_squares_finds_what_is_planted_and_how_sure_that_is() -> None:
    """The error of a coefficient is the noise ÷ the spread of its column ÷ √n."""
    rng = np.random.default_rng(1)
    column = rng.normal(0, 2, 40_000)
    fitted = least_squares(3 + 0.5 * column + rng.normal(0, 1, 40_000), [column])
    assert fitted.coefficients == pytest.approx([3, 0.5], abs=0.02)
    assert fitted.error(np.array([0.0, 1.0])) == pytest.approx(1 / 2 / 200, rel=0.03)


def test_rows_that_are_alike_make_the_error_larger() -> None:
    """Each row written four times says no more than once."""
    rng = np.random.default_rng(2)
    column, noise = np.repeat(rng.normal(size=2_000), 4), np.repeat(rng.normal(size=2_000), 4)
    slope, clusters = np.array([0.0, 1.0]), np.repeat(np.arange(2_000), 4)
    alone, together = (least_squares(noise, [column], each).error(slope) for each in (None, clusters))
    assert together / alone == pytest.approx(2, rel=0.1)


def test_a_group_is_compared_with_the_mean_of_the_others() -> None:
    """Of groups with means 1, 2 and 6 the first is 3 below the others, the last 4.5 above."""
    codes = np.repeat([0, 1, 2], 10)
    fitted = least_squares(np.array([1.0, 2.0, 6.0])[codes], [dummies(codes, 3)])
    gaps = [float(against_others(fitted, 1, 3, place) @ fitted.coefficients) for place in range(3)]
    assert gaps == pytest.approx([-3, -1.5, 4.5])
