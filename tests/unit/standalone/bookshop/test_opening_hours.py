"""Open seconds of the bookshop's desk."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.business_time import BusinessCalendar, BusinessException, BusinessWindow
from standalone.bookshop.opening_hours import TIME_ZONE, OpeningHours, is_public_holiday, midnight, public_holidays

FIRST, UNTIL = date(2025, 3, 1), date(2025, 7, 1)
HOURS = OpeningHours.between(FIRST, UNTIL, is_always_open=False)
CALENDAR = BusinessCalendar(
    time_zone=TIME_ZONE,
    windows=(
        *(BusinessWindow(weekday, 8 * 60, 17 * 60) for weekday in range(5)),
        BusinessWindow(5, 9 * 60, 13 * 60),
    ),
    exceptions=tuple(BusinessException(day) for day in public_holidays(2025)),
)
instants = st.integers(midnight(FIRST), midnight(date(2025, 5, 1)))


@given(start=instants, length=st.integers(1, 30 * 86_400))
def test_open_seconds_are_those_of_the_business_calendar(start: int, length: int) -> None:
    """The generator counts the same open seconds as the product does for the same hours."""
    elapsed = HOURS.elapsed(np.array([start, start + length]))
    expected = CALENDAR.business_seconds(
        datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(start + length, UTC)
    )
    assert elapsed[1] - elapsed[0] == expected


@given(start=instants, seconds=st.integers(1, 9 * 3600 * 20))
def test_after_goes_forward_by_open_seconds(start: int, seconds: int) -> None:
    """Exactly so many open seconds lie between an instant and the one it leads to, which is not in a closed time."""
    reached = HOURS.after(np.array([start]), np.array([seconds]))
    assert HOURS.elapsed(reached)[0] - HOURS.elapsed(np.array([start]))[0] == seconds
    assert HOURS.is_open(reached - 1)[0]
    assert reached[0] > start


def test_closed_on_public_holidays() -> None:
    """Good Friday 2025 is closed although it is a weekday; the Thursday before is open."""
    noon = timedelta(hours=10)
    friday, thursday = (datetime(2025, 4, day, tzinfo=UTC) + noon for day in (18, 17))
    assert is_public_holiday(friday.date())
    at = np.array([int(friday.timestamp()), int(thursday.timestamp())])
    assert HOURS.is_open(at).tolist() == [False, True]


def test_always_open_makes_both_clocks_one() -> None:
    """A desk that never closes counts every second."""
    always = OpeningHours.between(FIRST, UNTIL, is_always_open=True)
    at = np.array([midnight(FIRST) + 5, midnight(FIRST) + 500_000])
    assert np.diff(always.elapsed(at)).tolist() == [499_995]
