"""A week of a staffing plan, as the page's queries return it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.topics.staffing.dataset import (
    ChannelTarget,
    ChannelWeek,
    PlanHour,
    PlanOutcome,
    PlanShift,
    PlanSummary,
    StaffingWeek,
)

_ZONE = ZoneInfo("Africa/Johannesburg")
MONDAY = date(2026, 3, 2)
SUMMARY = PlanSummary(
    PlanOutcome.PLANNED,
    "Africa/Johannesburg",
    MONDAY,
    date(2026, 3, 15),
    date(2026, 3, 1),
    0.8,
    0.3,
    100.0,
    "ZAR",
    240,
    5000,
    12,
    1,
    (0.6, 0.98, 1.0),
)
CALLS = ChannelWeek("call", 120.0, 300.0, (2, 3), (0.7, 0.9, 0.97), ChannelTarget("call", 0.8, 20, 120), 0.02)


def plan_hour(hour: int, needed: int = 3, rostered: float = 0.0, day: int = 0) -> PlanHour:
    """Return an open hour of the week."""
    start = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, tzinfo=_ZONE) + timedelta(days=day)
    return PlanHour(start, 1.0, 2, needed, needed - 1, needed + 2, rostered, 4.0, 0.5)


def staffing_week(hours: tuple[PlanHour, ...], *, has_roster: bool = False) -> StaffingWeek:
    """Return a week of some hours with one shift."""
    shifts = tuple(PlanShift(hour.start, hour.start + timedelta(hours=1), hour.roster_people) for hour in hours[:1])
    return StaffingWeek(SUMMARY, MONDAY, hours, (CALLS,), shifts, has_roster)
