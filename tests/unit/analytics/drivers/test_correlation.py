"""Correlations agree with R's `cor`; data/correlations.R made what they are compared with."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.drivers.correlation import correlation_matrix

_DATA = Path(__file__).parent / "data"


def test_every_pair_is_what_r_says() -> None:
    """Pearson and Spearman over pairwise complete rows, with their n, to 12 digits."""
    found = correlation_matrix(pd.read_csv(_DATA / "rated_tickets.csv"))
    expected = pd.read_csv(_DATA / "correlations.csv")
    assert [(each.method, each.variable, each.other, each.n) for each in found] == list(
        expected[["method", "variable", "other", "n"]].itertuples(index=False, name=None)
    )
    assert [each.coefficient for each in found] == pytest.approx(expected["coefficient"].tolist(), abs=1e-12)


def test_complete_observations_are_what_r_says() -> None:
    """Dropping rows with anything unknown first gives R's "complete.obs", as the analysis was first described."""
    found = correlation_matrix(pd.read_csv(_DATA / "rated_tickets.csv").dropna())
    expected = pd.read_csv(_DATA / "correlations.csv")
    assert [each.coefficient for each in found] == pytest.approx(expected["complete"].tolist(), abs=1e-12)


def test_what_does_not_vary_correlates_with_nothing() -> None:
    """Ratings that are all 5, or too few pairs, give no coefficient and keep their n."""
    table = pd.DataFrame(
        {name: np.arange(10.0) for name in ("rating", "resolution_hours", "first_reply_hours", "contact_count")}
    ).assign(rating=5.0)
    table.loc[2:, "contact_count"] = np.nan
    found = {(each.method, each.variable, each.other): each for each in correlation_matrix(table)}
    assert found["pearson", "rating", "resolution_hours"].coefficient is None
    assert found["pearson", "rating", "resolution_hours"].n == 10
    assert found["spearman", "resolution_hours", "contact_count"].coefficient is None
    assert found["spearman", "resolution_hours", "contact_count"].n == 2
    assert found["pearson", "resolution_hours", "first_reply_hours"].coefficient == pytest.approx(1.0)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=40))
def test_coefficients_lie_between_minus_one_and_one(pairs: list[tuple[int, int]]) -> None:
    """Whatever the numbers, and Spearman's does not change when one of them is stretched."""
    table = pd.DataFrame(pairs, columns=["a", "b"], dtype=float)
    found = correlation_matrix(table)
    stretched = correlation_matrix(table.assign(a=np.exp(table["a"] / 25)))
    for each in found:
        assert each.coefficient is None or -1 - 1e-9 <= each.coefficient <= 1 + 1e-9
    assert found[1].coefficient == pytest.approx(stretched[1].coefficient)
