"""The seasons of a bookshop in the South African year."""

from datetime import date, timedelta

from standalone.bookshop.opening_hours import public_holidays

# First and last day of the school holidays, as month and day. They follow the public schools' calendar, whose exact
# dates move by a few days from year to year.
_SCHOOL_HOLIDAYS = (((1, 1), (1, 14)), ((3, 29), (4, 7)), ((6, 28), (7, 20)), ((9, 27), (10, 6)), ((12, 11), (12, 31)))
_YEAR_END = ((11, 15), (12, 15))
_FEBRUARY = 2
_NOVEMBER = 11
_FRIDAY = 4
_EASTER_DAYS = timedelta(days=4)


def is_school_holiday(day: date) -> bool:
    """Say whether schools are closed for the holidays."""
    return any(first <= (day.month, day.day) <= last for first, last in _SCHOOL_HOLIDAYS)


def is_in_season(name: str, day: date) -> bool:
    """Say whether a day belongs to a season of the table of effects.

    Raises:
        KeyError: If there is no such season.
    """
    return _SEASONS[name](day)


def _is_january_or_february(day: date) -> bool:
    return day.month <= _FEBRUARY


def _is_holiday_period(day: date) -> bool:
    return is_school_holiday(day) or _is_black_friday_week(day) or _is_easter(day)


def _is_black_friday_week(day: date) -> bool:
    """Say whether a day is in the week, Monday to Sunday, of the fourth Friday of November."""
    friday = day + timedelta(days=_FRIDAY - day.weekday())
    return friday.month == _NOVEMBER and 22 <= friday.day <= 28  # noqa: PLR2004 - dates of a month's fourth Friday


def _is_easter(day: date) -> bool:
    good_friday = next(each for each, name in public_holidays(day.year).items() if name == "Good Friday")
    return good_friday - timedelta(days=1) <= day <= good_friday + _EASTER_DAYS


def _is_academic_year_end(day: date) -> bool:
    return _YEAR_END[0] <= (day.month, day.day) <= _YEAR_END[1]


_SEASONS = {
    "january_february": _is_january_or_february,
    "holiday_period": _is_holiday_period,
    "academic_year_end": _is_academic_year_end,
}
