"""A week's sums, its gaps, and the weeks of a plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.topics.staffing.dataset import PlanOutcome, PlanSummary, gaps, mondays
from tests.factories.staffing import SUMMARY, plan_hour, staffing_week


def test_hours_and_cost_are_those_of_everybody_on_the_roster() -> None:
    """Three people for one hour and two for half of one are four working hours."""
    week = staffing_week((plan_hour(8, 3), replace(plan_hour(9, 2), open_share=0.5)))
    assert week.person_hours == 4
    assert week.cost == 400
    assert week.cost_of_one == pytest.approx(1.5 * 100 / 0.7)


def test_hours_in_a_row_that_lack_as_many_are_one_gap() -> None:
    """Another number of people missing, or an hour that is covered, begins another gap."""
    hours = (plan_hour(8, 3, 1), plan_hour(9, 3, 1), plan_hour(10, 3, 2), plan_hour(11, 3, 3), plan_hour(12, 3, 2))
    assert [(gap.start.hour, gap.end.hour, gap.short) for gap in gaps(hours)] == [(8, 10, 2), (10, 11, 1), (12, 13, 1)]


@pytest.mark.parametrize(
    ("first", "ends"),
    [
        (datetime(2026, 3, 8, 6, tzinfo=UTC), "05:00"),  # 01:00 is followed by 03:00
        (datetime(2026, 11, 1, 5, tzinfo=UTC), "03:00"),  # 01:00 comes twice
    ],
)
def test_a_gap_over_a_change_of_clocks_is_one_and_ends_when_it_does(first: datetime, ends: str) -> None:
    """Hours follow one another, whatever the clock on the wall does."""
    zone = ZoneInfo("America/New_York")
    starts = [(first + timedelta(hours=number)).astimezone(zone) for number in range(3)]
    (gap,) = gaps(tuple(replace(plan_hour(8), start=start) for start in starts))
    assert (f"{gap.start:%H:%M}", f"{gap.end:%H:%M}") == ("01:00", ends)


def test_half_a_person_is_nobody_and_rounding_is_no_gap() -> None:
    """Somebody there for half an hour does not fill it; two thirds and one third do."""
    assert plan_hour(8, 3, 2.5).short == 1
    assert plan_hour(8, 3, 2 / 3 + 1 / 3 + 2 - 1e-12).short == 0
    assert plan_hour(8, 3, 7).short == 0


def test_a_plan_has_every_monday_from_its_first_day_to_its_last() -> None:
    """A plan that begins in the middle of a week begins with that week."""
    middle = replace(SUMMARY, first_date=date(2026, 3, 4), last_date=date(2026, 3, 16))
    assert mondays(middle) == (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
    assert mondays(PlanSummary(PlanOutcome.NEVER, "UTC")) == ()
