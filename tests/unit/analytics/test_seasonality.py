"""Times of the year: what is planted is found, and nothing where there is nothing."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.bulk_days import bulk_days, without_bulk
from analytics.calendar_design import Days, Flags, Window, days_from, place_of
from analytics.named_times import moving_times, occurrences
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


def test_days_have_the_same_place_in_every_year() -> None:
    """1 January is at 0 and 31 December at 364; 29 February shares the place of the 28th."""
    days = np.array(
        ["2024-01-01", "2024-02-28", "2024-02-29", "2024-03-01", "2025-03-01", "2024-12-31"], "datetime64[D]"
    )
    assert place_of(days).tolist() == [0, 58, 58, 59, 59, 364]


def test_a_window_may_go_over_the_turn_of_the_year() -> None:
    """The second half of December and the first of January are one window, which ends in the next year."""
    window = Window.between((12, 16), (1, 15))
    days = np.array(["2025-12-15", "2025-12-16", "2026-01-15", "2026-01-16"], dtype="datetime64[D]")
    assert window.holds(days).tolist() == [False, True, True, False]
    assert window.occurrence(2025) == (date(2025, 12, 16), date(2026, 1, 15))
    assert Window.between((2, 1), (2, 28)).occurrence(2024) == (date(2024, 2, 1), date(2024, 2, 29))


def test_windows_meet_where_they_share_a_day() -> None:
    """Also over the turn of the year, and whichever is asked."""
    turn, january, may = (Window.between(*each) for each in (((12, 16), (1, 5)), ((1, 5), (1, 31)), ((5, 10), (5, 25))))
    assert turn.meets(january)
    assert january.meets(turn)
    assert not may.meets(turn)
    assert may.likeness(may) == 1.0


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
    assert season.window is not None
    assert season.window.likeness(Window.between((1, 1), (2, 28))) > 0.85
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


@pytest.mark.parametrize("first", [(5, 10), (10, 27), (12, 27)])
def test_a_season_at_odd_dates_is_found_by_its_dates(first: tuple[int, int]) -> None:
    """Sixteen days that no half of a month holds."""
    window = Window(Window.between(first, first).start, 16)
    counts = _counts(11) * np.where(window.holds(DAYS), 1.8, 1.0)
    season = find_seasons(DAYS, np.round(counts))[0]
    assert season.window is not None
    assert season.window.likeness(window) >= 0.75
    assert season.lift.p_value < 0.001


@pytest.mark.parametrize("days_of_entry", [["2024-12-29"], ["2024-12-29", "2025-12-29"]])
def test_one_day_of_bulk_entry_is_no_season(days_of_entry: list[str]) -> None:
    """514 tickets entered on one day, in one year or in two, are bulk days and make no season of that time."""
    counts = _counts(8, level=9.0)
    is_entry = np.isin(DAYS, np.array(days_of_entry, dtype="datetime64[D]"))
    counts[is_entry] += 514
    found = bulk_days(counts)
    assert [day.place for day in found] == np.flatnonzero(is_entry).tolist()
    assert all(day.usual < 20 for day in found)
    for tried in (counts, without_bulk(counts, found)):
        seasons = find_seasons(DAYS, tried)
        assert not any(each.window and each.window.holds(DAYS)[is_entry].any() for each in seasons)


def test_a_sum_that_rests_on_one_day_of_each_year_is_no_season() -> None:
    """A day too small to be a bulk day lifts a fortnight's sum, and not its median day."""
    inside = Window.between((5, 10), (5, 23)).holds(DAYS)
    counts = np.full(DAYS.size, 20.0)
    counts[np.isin(DAYS, np.array(["2025-05-15", "2026-05-15"], dtype="datetime64[D]"))] = 110.0
    lift = lifts(DAYS, counts, {"it": inside})["it"]
    assert min(lift.yearly) > 1.2
    assert max(lift.usual) < 1.05
    assert not lift.is_seasonal


def test_ramadan_is_found_though_it_moves() -> None:
    """Its days move by eleven a year; no window of fixed dates holds them."""
    days = days_from(date(2022, 1, 1), 4 * 365)
    named = moving_times(days)
    counts = np.random.default_rng(4).poisson(np.where(named["ramadan"], 12.0, 20.0)).astype(np.float64)
    season = find_seasons(days, counts, (), named)[0]
    assert (season.name, season.window) == ("ramadan", None)
    assert season.lift.high < 0.8


def test_what_the_desk_named_in_two_years_is_tried_too() -> None:
    """An event of one year only is no time of the year."""
    events = [("Exams", date(2024, 11, 4), date(2024, 11, 20)), ("Exams", date(2025, 10, 20), date(2025, 11, 7))]
    named = moving_times(DAYS, [*events, ("Move", date(2025, 3, 1), date(2025, 3, 9))])
    assert named["event:Exams"].sum() == 17 + 19
    assert "event:Move" not in named


def test_times_that_move_are_where_the_calendar_has_them() -> None:
    """Easter Sunday 2026 is 5 April, Black Friday 27 November; Ramadan begins in mid February."""
    assert occurrences("easter", 2026, 2026) == ((date(2026, 3, 29), date(2026, 4, 12)),)
    assert occurrences("black_friday", 2026, 2026) == ((date(2026, 11, 23), date(2026, 11, 30)),)
    ((first, last),) = occurrences("ramadan", 2026, 2026)
    assert date(2026, 2, 16) <= first <= date(2026, 2, 20)
    assert (last - first).days in {28, 29}


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


def test_a_handful_of_tickets_is_no_surer_than_its_count() -> None:
    """Eight tickets where two are usual: no p-value is smaller than what chance alone does with so few."""
    days = days_from(date(2023, 1, 1), 1096)
    counts = (np.arange(days.size) % 10 == 0).astype(float)
    inside = np.isin(place_of(days), range(100, 107))
    counts[np.flatnonzero(inside)[::3]] = 1.0
    lift = lifts(days, counts, {"week": inside})["week"]
    assert lift.tickets < 12
    assert lift.p_value >= 2 * stats.poisson.sf(lift.tickets - 1, lift.tickets / lift.ratio) * 0.99
