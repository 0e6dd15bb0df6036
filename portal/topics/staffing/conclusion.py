"""What the Staffing page says of a week, in sentences made from its numbers."""

from portal.numbers import phrasing
from portal.topics.staffing.dataset import ChannelWeek, Gap, PlanHour, PlanOutcome, RestOfToday, StaffingWeek, gaps

_LATE: float = 0.005

MISSING = {
    PlanOutcome.NEVER: (
        "No plan has been made yet.",
        "It comes with the next run of plan_staffing, within the hour, once there is a forecast.",
    ),
    PlanOutcome.NO_FORECAST: (
        "There is no forecast to plan from.",
        "It comes with the next run of forecast_demand; the plan follows within the hour.",
    ),
    PlanOutcome.NO_HANDLE_TIME: (
        "Nothing says how long a contact takes.",
        "Import interactions with minutes: support-analytics import interactions.csv --kind interactions",
    ),
    PlanOutcome.NO_OPENING_HOURS: (
        "The desk has no opening hours in the coming weeks.",
        "Enter its business hours; a plan needs to know when people can be there.",
    ),
    PlanOutcome.PLANNED: (
        "The desk is closed all week, or the week is over.",
        "Choose another week.",
    ),
}


NO_PLAN = "There is no plan of this week; above stands why."
NO_TODAY = "no hour of today is counted: no tickets yet, no times, or no forecast of this morning"
TODAY = (
    "The morning's forecast of the hours left, raised or lowered by what has come so far: a busy morning makes a busy "
    "afternoon, as far as days of this desk differ. It is made anew every hour. The plan of the hours left of today is "
    "made from it."
)


def today(rest: RestOfToday) -> str:
    """Say how many tickets came today until when, and between what the rest is likely to be."""
    came = f"{phrasing.count(rest.so_far)} came until {phrasing.hour(rest.passed_hours)}"
    low, high = phrasing.count(rest.low), phrasing.count(rest.high)
    return f"{came}; {low} to {high} more on 8 of 10 such days" if low != high else came


def today_made(rest: RestOfToday) -> str:
    """Say what the morning expected, and when the rest was worked out."""
    return (
        f"Worked out at {rest.made_at:%H:%M}. The morning's forecast had {phrasing.count(rest.expected_so_far)} until "
        f"{phrasing.hour(rest.passed_hours)} and {phrasing.count(rest.morning_left)} after."
    )


def people_count(count: int) -> str:
    """Return a number of people."""
    return f"{phrasing.count(count)} {'person' if count == 1 else 'people'}"


def money(amount: float, currency: str) -> str:
    """Return an amount of money, to the whole unit."""
    return f"{currency}{phrasing.SPACE}{phrasing.count(amount)}"


def people_by_hour(week: StaffingWeek) -> str:
    """Say how many people the week needs, when most, and what the roster lacks."""
    busiest = max(week.hours, key=lambda hour: hour.roster_people)
    least = min(hour.roster_people for hour in week.hours)
    if busiest.roster_people == least:
        needs = f"The roster needs {people_count(least)} in every open hour"
    else:
        needs = f"The roster needs {least} to {people_count(busiest.roster_people)}, most on {_when(busiest)}"
    if not week.has_roster:
        return f"{needs}. Nobody is rostered this week yet."
    missing = gaps(week.hours)
    if not missing:
        return f"{needs}; everybody needed is rostered."
    hours = sum(_length(gap) for gap in missing)
    return f"{needs}; in {phrasing.plural(hours, 'hour')} somebody is missing."


def shifts(week: StaffingWeek) -> str:
    """Say how many shifts there are to fill."""
    people = sum(shift.people for shift in week.shifts)
    return f"{phrasing.plural(people, 'shift')} to fill this week."


def levels(week: StaffingWeek) -> str:
    """Say what one person fewer would mean where it means most."""
    fewer, planned, _ = week.summary.written_levels
    worst = max(week.channels, key=_fall, default=None)
    if worst is not None and _fall(worst) > max(planned - fewer, _LATE):
        return (
            f"With one person fewer on {channel_name(worst)}, {phrasing.percent(worst.levels[0])} would be answered in "
            f"time instead of {phrasing.percent(worst.levels[1])}."
        )
    if planned - fewer > _LATE:
        return (
            f"With one person fewer in every hour, {phrasing.percent(fewer)} of written contacts would be answered in "
            f"time instead of {phrasing.percent(planned)}."
        )
    return f"{phrasing.percent(planned)} of written contacts are expected to be answered in time."


def _fall(channel: ChannelWeek) -> float:
    """Return the share that one person fewer would leave unanswered in time."""
    return channel.levels[1] - channel.levels[0]


def channel_name(channel: ChannelWeek) -> str:
    """Return what a manager calls the contacts of a live channel."""
    return {"call": "calls", "chat": "chats"}.get(channel.channel, phrasing.prettified(channel.channel))


def missing_people(found: tuple[Gap, ...]) -> str:
    """Say how many hours the roster is short."""
    if not found:
        return "The roster covers every hour of the week."
    hours = sum(_length(gap) * gap.short for gap in found)
    return f"The roster is short of {phrasing.plural(hours, 'working hour')}."


def _length(gap: Gap) -> int:
    return round((gap.end - gap.start).total_seconds() / 3600)


def _when(hour: PlanHour) -> str:
    return f"{hour.start:%A} at {phrasing.hour(hour.start.hour)}"
