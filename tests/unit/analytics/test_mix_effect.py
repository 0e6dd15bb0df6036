"""A change of a total is taken apart into that of its parts and that of the mix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import mix_effect
from analytics.mix_effect import Counts

_BUCKETS = 12
_VALUES = np.cumsum(np.arange(1.0, _BUCKETS + 1))
_ROWS = st.lists(st.lists(st.integers(0, 40), min_size=_BUCKETS, max_size=_BUCKETS), min_size=3, max_size=3)


def _counts(rows: list[list[int]]) -> Counts:
    return np.array(rows, dtype=np.int64)


@given(_ROWS, _ROWS, st.sampled_from([0.5, 0.9]))
def test_parts_and_mix_are_the_whole_change_of_a_quantile(
    now: list[list[int]], before: list[list[int]], share: float
) -> None:
    """Whatever the durations are, what the parts and the mix did adds up to what is shown."""
    found = mix_effect.of_quantiles(_counts(now), _counts(before), _VALUES, share, (7.0, 4.5))
    if found is None:
        assert not np.sum(now) or not np.sum(before)
    else:
        assert found.parts + found.mix == pytest.approx(2.5)


@given(_ROWS, st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_parts_that_did_not_change_leave_all_to_the_mix(rows: list[list[int]], times: list[int]) -> None:
    """Parts that have the same durations, more or fewer of them, did nothing."""
    before = _counts(rows)
    found = mix_effect.of_quantiles(before * np.array(times)[:, None], before, _VALUES, 0.5, (3.0, 5.0))
    assert found is None or (found.parts, found.mix) == pytest.approx((0.0, -2.0))


@given(_ROWS, _ROWS)
def test_parts_and_mix_are_the_whole_change_of_a_share(now: list[list[int]], before: list[list[int]]) -> None:
    """The same holds for shares."""
    sizes = tuple(_counts(rows).sum(axis=1) + 1.0 for rows in (now, before))
    sums = tuple(_counts(rows)[:, 0].astype(float) for rows in (now, before))
    found = mix_effect.of_means((sums[0], sums[1]), (sizes[0], sizes[1]))
    assert found is not None
    assert found.total == pytest.approx(sums[0].sum() / sizes[0].sum() - sums[1].sum() / sizes[1].sum())


@given(st.lists(st.integers(1, 400), min_size=2, max_size=5), st.integers(0, 100))
def test_shares_that_stay_leave_all_to_the_mix(sizes: list[int], seed: int) -> None:
    """Parts with the same share as before did nothing, however many they are now."""
    shares = np.random.default_rng(seed).random(len(sizes))
    before, now = np.array(sizes, dtype=float), np.array(sizes[::-1], dtype=float)
    found = mix_effect.of_means((shares * now, shares * before), (now, before))
    assert found is not None
    assert found.parts == pytest.approx(0.0, abs=1e-12)


class TestWhatIsWorthTelling:
    """The mix is spoken of where a total says something else than its parts."""

    def test_more_of_the_quick_ones(self) -> None:
        """No category got quicker, yet the median fell by two hours: all of it is the mix, and no good news."""
        quick, slow = np.zeros(_BUCKETS, dtype=np.int64), np.zeros(_BUCKETS, dtype=np.int64)
        quick[:3], slow[6:] = 100, 50
        now, before = np.array([quick * 3, slow]), np.array([quick, slow * 3])
        found = mix_effect.of_quantiles(now, before, _VALUES, 0.5, (1.0, 3.0))
        assert found is not None
        assert found.is_worth_telling
        assert not found.is_of_the_parts

    def test_parts_that_go_the_other_way(self) -> None:
        """Both parts keep their targets less often, the whole more often (Simpson's paradox)."""
        found = mix_effect.of_means(
            (np.array([855.0, 45.0]), np.array([97.0, 500.0])), (np.array([900.0, 100.0]), np.array([100.0, 1000.0]))
        )
        assert found is not None
        assert found.total > 0 > found.parts
        assert found.is_worth_telling
        assert not found.is_of_the_parts

    def test_parts_that_all_got_quicker(self) -> None:
        """Where the mix is as it was, there is nothing to tell."""
        sizes = np.array([300.0, 200.0])
        found = mix_effect.of_means((sizes * 0.9, sizes * 0.8), (sizes, sizes))
        assert found is not None
        assert not found.is_worth_telling
        assert found.is_of_the_parts

    def test_a_mix_that_changed_by_chance(self) -> None:
        """A mix that is not clearly another one is not spoken of."""
        found = mix_effect.of_means(
            (np.array([9.0, 12.0]), np.array([8.0, 14.0])), (np.array([10.0, 20.0]), np.array([9.0, 24.0]))
        )
        assert found is not None
        assert not found.is_clear
        assert not found.is_worth_telling

    def test_a_part_that_is_gone(self) -> None:
        """A category without tickets now is taken to be as it was; one that is new is part of the mix."""
        found = mix_effect.of_means(
            (np.array([0.0, 90.0, 10.0]), np.array([40.0, 90.0, 0.0])),
            (np.array([0.0, 100.0, 100.0]), np.array([100.0, 100.0, 0.0])),
        )
        assert found is not None
        assert found.parts == pytest.approx(0.0)

    def test_nothing_to_compare(self) -> None:
        """Without tickets in one of the periods there is nothing to take apart."""
        nothing, some = np.zeros(2), np.ones(2)
        assert mix_effect.of_means((nothing, some), (nothing, some)) is None
        none = np.zeros((2, _BUCKETS), dtype=np.int64)
        assert mix_effect.of_quantiles(none, none + 1, _VALUES, 0.5, (0.0, 1.0)) is None
