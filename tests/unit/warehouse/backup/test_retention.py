"""Which backups are kept, over a simulated year and for any history."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from warehouse.backup.retention import Retention

ZONE = "Africa/Johannesburg"
FIRST = datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo(ZONE))
POLICY = Retention(days=30, weeks=12, months=12)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside it


def simulate(days: int, policy: Retention = POLICY, *, lost: frozenset[int] = frozenset()) -> set[datetime]:
    """Make a backup every night but the lost ones, prune after each, and return what is left."""
    there: set[datetime] = set()
    for day in range(days):
        now = FIRST + timedelta(days=day)
        if day not in lost:
            there = policy.kept({*there, now}, now, ZONE)
    return there


def test_after_a_year_of_nights_days_weeks_and_months_are_there() -> None:
    """30 nights, then Mondays (the first night of a week) to 12 weeks back, then the first nights of months."""
    left = sorted(simulate(365), reverse=True)
    last = FIRST + timedelta(days=364)
    assert left[:30] == [last - timedelta(days=age) for age in range(30)]
    older = left[30:]
    mondays = [day for day in (last - timedelta(days=age) for age in range(30, 84)) if day.weekday() == 0]
    firsts = [day for day in (last - timedelta(days=age) for age in range(30, 365)) if day.day == 1]
    assert older == sorted({*mondays, *firsts}, reverse=True)
    assert (len(left), len(mondays), len(firsts)) == (50, 8, 12)


def test_what_is_kept_does_not_grow_without_end() -> None:
    """After three years there are as many as after one, give or take the month that has just begun."""
    assert abs(len(simulate(3 * 365)) - len(simulate(365))) <= 2


def test_nights_without_a_backup_leave_no_week_or_month_without_one() -> None:
    """The first backup that there is stands for its week and month, on whatever day it was made."""
    lost = frozenset(day for day in range(365) if (FIRST + timedelta(days=day)).weekday() in {0, 1})
    left = simulate(365, lost=lost)
    now = FIRST + timedelta(days=364)
    weeks = {day.isocalendar()[:2] for day in left if now - day < timedelta(weeks=12)}
    assert len(weeks) in {12, 13}
    assert {(day.year, day.month) for day in left} == {(2026, month) for month in range(1, 13)}


def test_a_machine_that_was_off_for_a_year_keeps_its_last_backup() -> None:
    """However old it is, the newest one stays until there is a newer one."""
    made = {FIRST + timedelta(days=day) for day in range(40)}
    assert POLICY.kept(made, FIRST + timedelta(days=4_000), ZONE) == {max(made)}


@given(st.sets(INSTANTS, max_size=60), INSTANTS, st.integers(1, 60), st.integers(0, 20), st.integers(0, 20))
def test_of_any_history_the_newest_and_the_young_stay(
    made: set[datetime], now: datetime, days: int, weeks: int, months: int
) -> None:
    """Nothing is invented, pruning twice is pruning once, and a longer policy keeps no less."""
    policy = Retention(days, weeks, months)
    kept = policy.kept(made, now, ZONE)
    assert kept <= made
    assert not made or max(made) in kept
    assert {moment for moment in made if now - moment < timedelta(days=days)} <= kept
    assert policy.kept(kept, now, ZONE) == kept
    assert kept <= Retention(days + 1, weeks + 1, months + 1).kept(made, now, ZONE)
