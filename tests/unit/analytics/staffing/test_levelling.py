"""The most even work: within its bounds, with the smallest peak, and as even as an optimiser finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from analytics.staffing.erlang import Floats
from analytics.staffing.errors import StaffingInputError
from analytics.staffing.levelling import even_work
from tests.conftest import examples

ARRIVALS = st.lists(st.integers(0, 9), min_size=2, max_size=12)


def bounds(arrivals: list[int], delay: int) -> tuple[Floats, Floats, Floats]:
    """Return moments, what is due and what came, for work that is due some hours after it came."""
    came = np.concatenate(([0.0], np.cumsum(arrivals, dtype=np.float64)))
    due = np.concatenate((np.zeros(delay), came))[: came.size]
    return np.arange(came.size, dtype=np.float64), due, came


@given(arrivals=ARRIVALS, delay=st.integers(0, 5))
def test_nothing_is_late_and_nothing_done_before_it_came(arrivals: list[int], delay: int) -> None:
    """The work stays between what is due and what came, never goes back, and all of it is done."""
    time, due, came = bounds(arrivals, delay)
    done = even_work(time, due, came)
    assert (done >= due - 1e-9).all()
    assert (done <= came + 1e-9).all()
    assert (np.diff(done) >= -1e-9).all()
    assert done[-1] == pytest.approx(came[-1])


@given(arrivals=ARRIVALS, delay=st.integers(0, 5))
def test_the_peak_is_the_smallest_there_can_be(arrivals: list[int], delay: int) -> None:
    """It is the most that comes and is due (or left at the end) between any two moments, by the time between them."""
    time, due, came = bounds(arrivals, delay)
    due[-1] = came[-1]
    densities = [
        (due[end] - came[start]) / (time[end] - time[start])
        for start in range(time.size)
        for end in range(start + 1, time.size)
    ]
    assert np.diff(even_work(time, due, came)).max() == pytest.approx(max(0.0, *densities), abs=1e-9)


@given(arrivals=st.lists(st.integers(0, 9), min_size=3, max_size=7), delay=st.integers(1, 3))
@settings(max_examples=examples(40))
def test_no_optimiser_finds_more_even_work(arrivals: list[int], delay: int) -> None:
    """The squares of the hourly work, which punish unevenness, are as small as a general optimiser gets them."""
    time, due, came = bounds(arrivals, delay)

    def unevenness(inner: Floats) -> float:
        return float((np.diff(np.concatenate(([0.0], inner, [came[-1]]))) ** 2).sum())

    limits = list(zip(due[1:-1], came[1:-1], strict=True))
    theirs = minimize(unevenness, (due[1:-1] + came[1:-1]) / 2, bounds=limits, method="L-BFGS-B")
    assert unevenness(even_work(time, due, came)[1:-1]) <= theirs.fun + 1e-4


def test_more_due_than_came_is_refused() -> None:
    """Work that has not come cannot be due."""
    with pytest.raises(StaffingInputError, match="due"):
        even_work(np.array([0.0, 1.0]), np.array([0.0, 2.0]), np.array([0.0, 1.0]))
