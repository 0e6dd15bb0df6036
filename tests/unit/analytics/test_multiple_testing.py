"""The false discovery rate, against statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analytics.multiple_testing import false_discovery_rates


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_it_agrees_with_statsmodels(p_values: list[float]) -> None:
    """Adjusted values are those of the library, in the order given."""
    assert false_discovery_rates(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1], abs=1e-12)


def test_nothing_looked_at_is_nothing_found() -> None:
    """Without p-values there are no adjusted ones."""
    assert false_discovery_rates([]) == ()
