"""Odd days: found when they are, quiet when nothing happened, and never a holiday."""

from datetime import date, timedelta

import numpy as np
import pytest

from analytics.anomalies import ALARMS_PER_YEAR, check_days, find_anomalies
from analytics.calendar_design import days_from
from analytics.quasi_poisson import Floats

FIRST = date(2024, 7, 1)
DAYS = days_from(FIRST, 600)
HOLIDAY = FIRST + timedelta(days=580)


def _counts(seed: int, level: float = 25.0) -> Floats:
    rng = np.random.default_rng(seed)
    weekly = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.5, 0.3])[(DAYS.astype(int) + 3) % 7]
    mean = level * weekly * rng.gamma(250, 1 / 250, DAYS.size)
    return np.asarray(rng.poisson(mean), dtype=np.float64)


def test_a_burst_is_found_on_its_days_with_what_was_expected() -> None:
    """Three days of three times as many tickets are one odd stretch."""
    counts = _counts(1)
    usual = float(counts[585:588].sum())
    counts[585:588] *= 3
    found = [each for each in find_anomalies(DAYS, {"orders": counts}, (), 60) if each.q_value < 0.05]
    assert [(each.first, each.last) for each in found] == [(FIRST + timedelta(days=585), FIRST + timedelta(days=587))]
    assert found[0].observed == counts[585:588].sum()
    assert found[0].expected == pytest.approx(usual, rel=0.4)
    assert found[0].high < found[0].observed


def test_a_silence_is_found_too() -> None:
    """Days on which the mailbox was down bring clearly fewer."""
    counts = _counts(2, level=60)
    counts[586:589] = 0
    found = [each for each in find_anomalies(DAYS, {"all": counts}, (), 60) if each.observed < each.expected]
    assert any(each.first <= FIRST + timedelta(days=587) <= each.last for each in found)


def test_holidays_and_the_days_after_are_never_odd() -> None:
    """A public holiday with a tenth of the tickets, and twice as many the day after, are as they should be."""
    counts = _counts(3, level=60)
    counts[580] *= 0.1
    counts[581] *= 2.5
    found = find_anomalies(DAYS, {"all": counts}, {HOLIDAY}, 60)
    assert not any(each.first in {HOLIDAY, HOLIDAY + timedelta(days=1)} for each in found)


def test_an_old_outbreak_does_not_make_a_new_one_usual() -> None:
    """A fortnight of four times as many tickets long ago does not hide a burst today."""
    counts = _counts(4)
    counts[300:314] *= 4
    counts[590] *= 3
    found = find_anomalies(DAYS, {"all": counts}, (), 30)
    assert any(each.first == FIRST + timedelta(days=590) for each in found)


def test_expectations_that_were_missed_before_are_trusted_less() -> None:
    """Where whole weeks go up and down together, limits are wider than on a desk of days that do not."""
    rng = np.random.default_rng(6)
    even = np.asarray(rng.poisson(40.0, DAYS.size), dtype=np.float64)
    swinging = rng.poisson(40.0 * np.repeat(rng.lognormal(0, 0.2, DAYS.size // 7 + 1), 7)[: DAYS.size])
    widths = [
        np.mean([each.high - each.low for each in check_days(DAYS, counts, (), 60, 0.005)])
        for counts in (even, swinging.astype(np.float64))
    ]
    assert widths[1] > 1.3 * widths[0]


def test_an_outbreak_a_month_ago_does_not_hide_one_today() -> None:
    """One day missed by far counts as a limited one in how far expectations are trusted."""
    counts = _counts(7)
    counts[560] *= 8
    counts[590] *= 3
    found = find_anomalies(DAYS, {"all": counts}, (), 30)
    assert any(each.first == FIRST + timedelta(days=590) for each in found)


def test_quiet_desks_stay_within_the_budget() -> None:
    """Six series over a quarter of a year raise no more false alarms than the budget allows, on average."""
    alarms = [
        len(find_anomalies(DAYS, {str(place): _counts(100 * seed + place, 8.0) for place in range(6)}, (), 91))
        for seed in range(4)
    ]
    assert np.mean(alarms) <= ALARMS_PER_YEAR / 4 * 1.5


@pytest.mark.parametrize("length", [1, 3, 90, 98])
def test_a_short_history_judges_nothing(length: int) -> None:
    """Before a quarter of a year there is nothing to compare with."""
    assert find_anomalies(days_from(FIRST, length), {"all": np.full(length, 30.0)}, (), 91) == ()


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_a_constant_series_has_no_odd_day(value: float) -> None:
    """Nothing every day, or five every day, is never odd."""
    assert find_anomalies(DAYS, {"all": np.full(DAYS.size, value)}, (), 91) == ()


def test_a_gap_of_two_months_is_survived() -> None:
    """After two months without a ticket the desk's usual days are not all called odd."""
    counts = _counts(5)
    counts[430:490] = 0
    found = find_anomalies(DAYS, {"all": counts}, (), 56)
    assert len([each for each in found if each.q_value < 0.05]) <= 1
    assert all(np.isfinite(each.expected) for each in found)


def test_one_giant_outlier_is_one_odd_day() -> None:
    """A day with a million tickets is odd, and the days after it are not."""
    counts = _counts(6)
    counts[560] = 1e6
    found = find_anomalies(DAYS, {"all": counts}, (), 60)
    assert FIRST + timedelta(days=560) in {each.first for each in found}
    assert len([each for each in found if each.q_value < 0.05]) <= 2
