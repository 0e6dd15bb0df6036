"""What each part adds to the change of a mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.mix_effect import of_means, steps_of_means

PART = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))


@given(st.lists(PART, min_size=1, max_size=8))
def test_steps_and_the_mix_are_exactly_the_change(parts: list[tuple[int, int, int, int]]) -> None:
    """Good and other ratings of each part, now and before: nothing is lost and nothing is counted twice."""
    good_now, bad_now, good_before, bad_before = (np.array(each, dtype=np.float64) for each in zip(*parts, strict=True))
    sums, sizes = (good_now, good_before), (good_now + bad_now, good_before + bad_before)
    effect = of_means(sums, sizes)
    if effect is None:
        return
    change = good_now.sum() / sizes[0].sum() - good_before.sum() / sizes[1].sum()
    assert steps_of_means(sums, sizes).sum() + effect.mix == pytest.approx(change, abs=1e-12)
