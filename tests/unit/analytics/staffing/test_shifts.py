"""Shifts cover every hour, with as few people as can be."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.staffing.errors import StaffingInputError
from analytics.staffing.shifts import Shift, covering_shifts
from tests.conftest import examples

NEEDS = st.lists(st.integers(0, 4), min_size=1, max_size=24)


@given(needed=NEEDS, longest=st.integers(1, 10))
def test_every_hour_is_covered(needed: list[int], longest: int) -> None:
    """Enough people are there in each hour, no shift is too long, and none reaches into an hour without work."""
    shifts = covering_shifts(np.array(needed), longest)
    present = [sum(s.people for s in shifts if s.first_hour <= hour < s.end_hour) for hour in range(len(needed))]
    assert all(there >= need for there, need in zip(present, needed, strict=True))
    assert all(0 < s.end_hour - s.first_hour <= longest and s.people > 0 for s in shifts)
    assert all(there == 0 for there, need in zip(present, needed, strict=True) if need == 0)


@given(needed=st.lists(st.integers(1, 2), min_size=1, max_size=5), longest=st.integers(1, 3))
@settings(max_examples=examples(60))
def test_no_other_choice_needs_fewer_people(needed: list[int], longest: int) -> None:
    """Trying every way to place shifts finds none with fewer people."""
    found = sum(shift.people for shift in covering_shifts(np.array(needed), longest))
    starts = range(-longest + 1, len(needed))
    for fewer in range(found):
        for chosen in itertools.combinations_with_replacement(starts, fewer):
            present = [sum(begin <= hour < begin + longest for begin in chosen) for hour in range(len(needed))]
            assert any(there < need for there, need in zip(present, needed, strict=True))


def test_a_late_peak_does_not_make_a_short_shift() -> None:
    """Whoever is missing only towards the end comes earlier instead of for an hour."""
    assert covering_shifts(np.array([1, 1, 1, 1, 2]), 3) == (Shift(0, 3, 1), Shift(2, 5, 2))


def test_a_shift_without_an_hour_is_refused() -> None:
    """Nobody can work shifts of no length."""
    with pytest.raises(StaffingInputError, match="shift"):
        covering_shifts(np.array([1]), 0)
