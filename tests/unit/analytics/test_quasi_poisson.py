"""The quasi-Poisson fit, against statsmodels and at its edges."""

import numpy as np
import pytest
import statsmodels.api as sm

from analytics import quasi_poisson


def _sample(seed: int) -> tuple[quasi_poisson.Floats, quasi_poisson.Floats]:
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(200), rng.normal(size=200), rng.integers(0, 2, 200)])
    return design, rng.poisson(np.exp(design @ np.array([1.5, 0.4, -0.7]))).astype(float)


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_statsmodels(seed: int) -> None:
    """Coefficients, means and standard errors are those of the generalised linear model of the library."""
    design, counts = _sample(seed)
    made = quasi_poisson.fit(design, counts)
    known = sm.GLM(counts, design, family=sm.families.Poisson()).fit(scale="X2")
    assert made.coefficients == pytest.approx(known.params, abs=1e-6)
    assert made.means == pytest.approx(known.fittedvalues, rel=1e-6)
    assert made.dispersion == pytest.approx(max(known.scale, 1.0), rel=1e-6)
    assert np.sqrt(known.scale * np.diag(made.spread)) == pytest.approx(known.bse, rel=1e-5)


def test_the_score_of_a_column_agrees_with_statsmodels() -> None:
    """Rao's statistic for one more column is that of the library."""
    design, counts = _sample(7)
    made = quasi_poisson.fit(design[:, :2], counts)
    found = quasi_poisson.scores(design[:, :2], made, design[:, 2:], counts, np.ones(200))
    null = sm.GLM(counts, design[:, :2], family=sm.families.Poisson()).fit()
    known = null.score_test(exog_extra=design[:, 2:])
    assert found[0] ** 2 == pytest.approx(float(np.squeeze(known[0])), rel=1e-5)


def test_weight_nought_leaves_a_row_out() -> None:
    """A day of weight 0 has no say, however large."""
    design, counts = np.ones((5, 1)), np.array([4.0, 6.0, 5.0, 5.0, 1e6])
    made = quasi_poisson.fit(design, counts, np.array([1.0, 1, 1, 1, 0]))
    assert np.exp(made.coefficients[0]) == pytest.approx(5.0)


def test_columns_that_say_the_same_share_their_coefficient() -> None:
    """A design that is not of full rank is fitted all the same."""
    counts = np.array([8.0, 12.0, 9.0, 11.0])
    made = quasi_poisson.fit(np.ones((4, 2)), counts)
    assert made.means == pytest.approx(np.full(4, 10.0))
    assert made.freedom == 3


def test_all_noughts_are_expected_to_stay_noughts() -> None:
    """Without a single ticket the mean is next to nothing, and finite."""
    made = quasi_poisson.fit(np.ones((30, 1)), np.zeros(30))
    assert np.all(made.means < 1e-6)
    assert made.dispersion == 1.0


def test_the_scores_of_whole_groups_are_those_of_their_columns() -> None:
    """Adding up the rows of a group first changes no score."""
    design, counts = _sample(8)
    made = quasi_poisson.fit(design, counts)
    groups = np.arange(200) % 6
    members = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=np.float64)
    found = quasi_poisson.scores_of_groups(design, made, groups, members, counts)
    assert found == pytest.approx(quasi_poisson.scores(design, made, members[groups], counts, np.ones(200)))


def test_where_a_fit_begins_does_not_change_it() -> None:
    """Also where a kind of rows is 0 throughout, so that its coefficient has no end."""
    design, counts = _sample(9)
    counts[design[:, 2] > 0] = 0
    first = quasi_poisson.fit(design, counts)
    again = quasi_poisson.fit(design, counts, start=quasi_poisson.fit(design[:, :1], counts).means)
    assert again.means == pytest.approx(first.means, rel=1e-6, abs=0.01)
    assert again.freedom == first.freedom
