"""The figure of the Staffing page: people needed in each open hour of a week, with the range and the roster."""

from html import escape
from typing import Any, Final

from portal.numbers import phrasing
from portal.plots.axes import Figure, base_layout, value_axis
from portal.plots.theme import Theme, translucent
from portal.topics.staffing.dataset import PlanHour, StaffingWeek

PEOPLE_HEIGHT: Final = 260
_BETWEEN_DAYS: Final = 1
_SECOND_LINE: Final = 16


def people_by_hour(week: StaffingWeek, theme: Theme) -> Figure:
    """Return bars of people needed on the roster, thin lines for the range, and dots for who is rostered."""
    places = _places(week.hours)
    hours = week.hours
    needed: dict[str, Any] = {
        "type": "bar",
        "x": places,
        "y": [hour.roster_people for hour in hours],
        "width": 0.86,
        "marker": {"color": [theme.bad if week.has_roster and hour.short else theme.accent for hour in hours]},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [hour.high - hour.roster_people for hour in hours],
            "arrayminus": [hour.roster_people - hour.low for hour in hours],
            "color": translucent(theme.ink, 0.55),
            "thickness": 1.4,
            "width": 2,
        },
        "text": [escape(hour_words(hour, with_roster=week.has_roster)) for hour in hours],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
    traces = [needed]
    if week.has_roster:
        traces.append(_rostered(places, hours, theme))
    layout = base_layout(theme)
    layout["hovermode"] = "closest"
    layout["margin"]["b"] += _SECOND_LINE
    most = max((max(hour.high, int(hour.rostered + 0.999)) for hour in hours), default=0)
    layout["yaxis"] = value_axis(theme, most)
    layout["xaxis"] = _day_axis(week, places, theme)
    return {"data": traces, "layout": layout}


def hour_words(hour: PlanHour, *, with_roster: bool) -> str:
    """Return one hour as a line of words."""
    when = f"{phrasing.weekday_day(hour.start.date())}, {phrasing.hour(hour.start.hour)}"
    span = f"{hour.low} to {hour.high}" if hour.low != hour.high else "little or much, the same"
    words = f"{when}: {_people(hour.roster_people)} on the roster ({span})"
    if not with_roster:
        return words
    missing = f", {hour.short} short" if hour.short else ""
    return f"{words}; rostered {hour.rostered:.0f}{missing}"


def _people(count: int) -> str:
    return f"{count} {'person' if count == 1 else 'people'}"


def _rostered(places: list[int], hours: tuple[PlanHour, ...], theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places,
        "y": [hour.rostered for hour in hours],
        "marker": {"symbol": "line-ew", "size": 11, "line": {"color": theme.ink, "width": 2.4}},
        "hoverinfo": "skip",
    }


def _places(hours: tuple[PlanHour, ...]) -> list[int]:
    """Return where each hour stands; a new day leaves a place free."""
    found: list[int] = []
    for number, hour in enumerate(hours):
        is_new_day = number > 0 and hours[number - 1].start.date() != hour.start.date()
        found.append((found[-1] if found else -1) + 1 + _BETWEEN_DAYS * is_new_day)
    return found


def _day_axis(week: StaffingWeek, places: list[int], theme: Theme) -> dict[str, Any]:
    middles: dict[str, list[int]] = {}
    for place, hour in zip(places, week.hours, strict=True):
        day = hour.start.date()
        middles.setdefault(f"{day:%a}<br>{phrasing.day(day)}", []).append(place)
    return {
        "range": [-0.7, (places[-1] if places else 0) + 0.7],
        "tickvals": [sum(each) / len(each) for each in middles.values()],
        "ticktext": list(middles),
        "showgrid": False,
        "zeroline": False,
        "linecolor": translucent(theme.muted, 0.4),
        "fixedrange": True,
        "tickangle": 0,
        "ticks": "",
    }
