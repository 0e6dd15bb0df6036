"""A trend has whole stretches, and the one under way as what it is."""

from datetime import date

import pytest

from portal.numbers.buckets import buckets, drawn

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("grain", "end", "today", "running"),
    [
        ("day", date(2026, 12, 1), date(2026, 11, 30), [date(2026, 11, 30)]),
        ("week", date(2026, 12, 1), date(2026, 11, 30), [date(2026, 11, 30)]),
        ("week", date(2026, 11, 27), date(2026, 11, 28), [date(2026, 11, 23)]),
        ("week", date(2026, 11, 28), date(2026, 11, 29), [date(2026, 11, 23)]),
        ("month", date(2026, 12, 1), date(2026, 11, 30), ["2026-11"]),
        ("week", date(2026, 11, 23), date(2026, 11, 25), []),
        ("week", date(2026, 11, 26), date(2026, 12, 4), []),
        ("day", date(2026, 12, 1), None, []),
    ],
    ids=["today", "this week", "quiet", "a quiet day", "this month", "an earlier week", "past", "unknown"],
)
def test_the_stretch_that_is_not_over_is_marked(
    grain: str, end: date, today: date | None, running: list[date | str]
) -> None:
    """By the day of the last refresh, whether or not a ticket came on it; it is never whole."""
    cut = buckets(MONDAY, end, grain, today)
    found = [bucket for bucket in cut if bucket.is_running]
    assert [bucket.key for bucket in found] == running
    assert not any(bucket.is_whole for bucket in found)


def test_days_that_have_not_come_are_no_stretches() -> None:
    """They would look like days without tickets; a period wholly ahead keeps its own."""
    cut = buckets(date(2026, 11, 29), date(2026, 12, 20), "day", date(2026, 11, 30))
    assert [bucket.start for bucket in cut] == [date(2026, 11, 29), date(2026, 11, 30)]
    (week,) = buckets(date(2026, 11, 30), date(2027, 1, 20), "week", date(2026, 12, 2))
    assert (week.is_running, week.is_whole, week.end) == (True, False, date(2026, 12, 3))
    assert len(buckets(date(2027, 1, 1), date(2027, 1, 4), "day", date(2026, 11, 30))) == 3


def test_the_stretch_under_way_is_always_drawn() -> None:
    """A week that the beginning of the period cuts is not, where enough whole ones remain."""
    cut = buckets(date(2026, 10, 29), date(2026, 12, 1), "week", date(2026, 11, 30))
    assert [bucket.start for bucket in drawn(cut)] == [date(2026, 11, day) for day in (2, 9, 16, 23, 30)]
    past = buckets(date(2026, 10, 29), date(2026, 12, 1), "week")
    assert [bucket.start for bucket in drawn(past)] == [date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert drawn(cut[-3:]) == cut[-3:]
