"""Times of the year: what is planted is found, and nothing where there is nothing."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.calendar_design import Days, Flags, Window, days_from, half_of
from analytics.quasi_poisson import Floats
from analytics.seasonality import find_seasons, lifts
from tests.conftest import examples

FIRST = date(2024, 7, 1)
DAYS = days_from(FIRST, 730)


def _months(days: Days, *months: int) -> Flags:
    return np.isin(days.astype("datetime64[M]").astype(int) % 12 + 1, months)


def _counts(seed: int, lift: float = 1.0, level: float = 20.0) -> Floats:
    rng = np.random.default_rng(seed)
    weekly = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.5, 0.3])[(DAYS.astype(int) + 3) % 7]
    mean = level * weekly * np.where(_months(DAYS, 1, 2), lift, 1.0) * rng.gamma(250, 1 / 250, DAYS.size)
    return np.asarray(rng.poisson(mean), dtype=np.float64)


def test_halves_of_months_are_numbered_through_the_year() -> None:
    """1 January is in half 0, the 15th still, the 16th in half 1, 31 December in half 23."""
    days = np.array(["2026-01-01", "2026-01-15", "2026-01-16", "2026-12-31"], dtype="datetime64[D]")
    assert half_of(days).tolist() == [0, 0, 1, 23]


def test_a_window_may_go_over_the_turn_of_the_year() -> None:
    """The second half of December and the first of January are one window."""
    days = np.array(["2025-12-15", "2025-12-16", "2026-01-15", "2026-01-16"], dtype="datetime64[D]")
    assert Window(23, 2).holds(days).tolist() == [False, True, True, False]


def test_the_lift_of_a_named_period_is_the_ratio_of_its_days_to_the_others() -> None:
    """Where counts are exactly half as many again, the lift is 1.5 and its interval is narrow around it."""
    inside = _months(DAYS, 1, 2)
    found = lifts(DAYS, np.where(inside, 150.0, 100.0), {"start of the year": inside})["start of the year"]
    assert found.ratio == pytest.approx(1.5, rel=0.001)
    assert found.low < 1.5 < found.high
    assert found.is_seasonal


def test_periods_that_overlap_are_told_apart() -> None:
    """Two planted periods that share days both get their own lift back."""
    first, second = _months(DAYS, 1, 2), _months(DAYS, 2, 3)
    counts = 100.0 * np.where(first, 1.4, 1.0) * np.where(second, 0.8, 1.0)
    found = lifts(DAYS, counts, {"first": first, "second": second})
    assert found["first"].ratio == pytest.approx(1.4, rel=0.001)
    assert found["second"].ratio == pytest.approx(0.8, rel=0.001)


def test_a_planted_january_and_february_are_found_as_one_window() -> None:
    """From the counts alone, the strongest window is 1 January to the end of February or nearly so."""
    season = find_seasons(DAYS, _counts(3, lift=1.45))[0]
    assert {1, 2, 3} <= set(season.window.halves)
    assert season.window.length <= 5
    assert season.lift.p_value < 0.001
    assert season.lift.low < 1.45 < season.lift.high + 0.1


def test_nothing_is_found_where_nothing_is() -> None:
    """Of 20 desks without seasons at most two have a window whose corrected p-value is below 5 %."""
    found = [min((each.lift.p_value for each in find_seasons(DAYS, _counts(seed))), default=1.0) for seed in range(20)]
    assert sum(p_value < 0.05 for p_value in found) <= 2


def test_one_burst_in_one_year_is_no_season() -> None:
    """Three weeks of four times as many tickets in one of the two years are not called a season."""
    counts = _counts(5)
    counts[120:141] *= 4
    assert not any(season.lift.p_value < 0.05 and season.lift.ratio > 1.5 for season in find_seasons(DAYS, counts))


@pytest.mark.parametrize("length", [3, 90, 365])
def test_less_than_a_year_and_a_half_shows_no_season(length: int) -> None:
    """What has not come round twice is not said."""
    assert find_seasons(days_from(FIRST, length), np.full(length, 40.0)) == ()


def test_days_without_any_ticket_have_no_season() -> None:
    """All noughts say nothing."""
    assert find_seasons(DAYS, np.zeros(DAYS.size)) == ()
    assert lifts(DAYS, np.zeros(DAYS.size), {"any": _months(DAYS, 1)}) == {}


def test_a_constant_series_has_no_season() -> None:
    """The same number every day is no season."""
    assert all(season.lift.p_value > 0.05 for season in find_seasons(DAYS, np.full(DAYS.size, 7.0)))


@settings(max_examples=examples(25))
@given(st.floats(0.4, 2.5), st.integers(0, 10_000))
def test_scaling_a_period_scales_its_lift(factor: float, seed: int) -> None:
    """Whatever the counts, multiplying a period's by a factor multiplies its lift by it."""
    inside = _months(DAYS, 1, 2)
    counts = _counts(seed, level=30.0) + 1
    before = lifts(DAYS, counts, {"it": inside})["it"].ratio
    after = lifts(DAYS, np.where(inside, counts * factor, counts), {"it": inside})["it"].ratio
    assert after / before == pytest.approx(factor, rel=5e-3)
