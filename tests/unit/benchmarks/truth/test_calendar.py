"""Open time and days of the year of made-up desks."""

from datetime import date

import numpy as np

from benchmarks.truth.calendar import OpenTime, day_of_year, holidays_of

_HOUR = 3600
_DAY = 24 * _HOUR
_OFFICE = (*((540, 1020),) * 5, None, None)


def test_open_seconds_skip_nights_weekends_and_holidays() -> None:
    """From Friday 16:00, two open hours end on Tuesday at 10:00 where Monday is a holiday."""
    hours = OpenTime.of(date(2025, 6, 6), 30, _OFFICE, frozenset({date(2025, 6, 9)}))
    friday, tuesday = 16.0 * _HOUR, 4.0 * _DAY
    assert hours.after(np.array([friday]), np.array([2.0 * _HOUR])).tolist() == [tuesday + 10 * _HOUR]


def test_a_ticket_of_the_night_begins_to_count_in_the_morning() -> None:
    hours = OpenTime.of(date(2025, 6, 2), 30, _OFFICE, frozenset())
    assert hours.after(np.array([2.0 * _HOUR]), np.array([600.0])).tolist() == [9 * _HOUR + 600]


def test_a_desk_that_never_closes_counts_every_second() -> None:
    hours = OpenTime.of(date(2025, 6, 2), 30, ((0, 1440),) * 7, frozenset())
    at, seconds = np.array([5.0, 80_000.0]), np.array([7.0, 100_000.0])
    assert hours.after(at, seconds).tolist() == (at + seconds).tolist()


def test_days_of_the_year_are_the_same_in_leap_years() -> None:
    assert day_of_year(date(2024, 2, 27), 4).tolist() == [57, 58, 58, 59]
    assert day_of_year(date(2023, 12, 31), 2).tolist() == [364, 0]


def test_holidays_are_those_of_the_country() -> None:
    assert date(2025, 11, 27) in holidays_of("US", date(2025, 1, 1), 365)
    assert date(2025, 11, 27) not in holidays_of("ZA", date(2025, 1, 1), 365)
    assert not holidays_of(None, date(2025, 1, 1), 365)
