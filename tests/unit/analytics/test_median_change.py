"""When a median is clearly longer: by its interval, by its size and by its n."""

import numpy as np
import pytest

from analytics.median_change import is_clearly_longer, is_worth_a_look, median_interval


def test_the_interval_has_the_ranks_of_the_order_statistics() -> None:
    """One duration a bucket of one: of 100, those of ranks 40 and 60 (50 -+ 9.8) are the ends."""
    low, high = median_interval([(float(place), place + 1.0, 1) for place in range(100)])
    assert (low, high) == (40.0, 60.0)


def test_the_interval_holds_the_median_nineteen_times_in_twenty() -> None:
    """Of 400 samples of 60 whose median is known."""
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(400):
        values = np.sort(rng.exponential(1.0, 60))
        low, high = median_interval([(float(each), float(each), 1) for each in values])
        held += low <= np.log(2) <= high
    assert 0.91 <= held / 400 <= 0.99


@pytest.mark.parametrize(
    ("now", "before", "n", "expected"), [(11.0, 10.0, 30, True), (10.9, 10.0, 30, False), (20.0, 10.0, 29, False)]
)
def test_a_tenth_longer_over_thirty_is_worth_a_look(now: float, before: float, n: int, *, expected: bool) -> None:
    assert is_worth_a_look(now, before, n) is expected


def test_intervals_that_meet_are_not_clearly_longer() -> None:
    """The same durations are not longer than themselves; those twice as long are."""
    before = [(float(place), place + 1.0, 2) for place in range(60)]
    after = [(2 * lower + 40, 2 * upper + 40, n) for lower, upper, n in before]
    assert not is_clearly_longer(before, before)
    assert is_clearly_longer(after, before)


def test_nothing_has_no_interval() -> None:
    assert median_interval([]) == (0.0, 0.0)
