"""What the Forecast page's charts say around their figures, which are drawn only where there is something to draw."""

from collections.abc import Callable
from typing import Any

from portal.numbers import phrasing
from portal.numbers.phrasing import THIN
from portal.topics.forecast import conclusion as says
from portal.topics.forecast.dataset import DemandParts, FourWeeks, Outlook
from portal.widgets.chart_card import ChartContent, nothing
from portal.widgets.data_twin import TwinRow, data_twin

_STANDS_OUT = 0.03
"""A time of the year that is closer to an average day is not told."""
Draw = Callable[[], dict[str, Any]]
"""Draws the figure."""


def outlook_content(dataset: Outlook, draw: Draw) -> ChartContent:
    """Return the card of the days ahead."""
    if dataset.status is None or not dataset.ahead:
        return nothing(*says.absent(dataset.status))
    named = {each.first: each.name for each in dataset.named}
    rows = [
        TwinRow(
            (
                phrasing.weekday_day(each.day),
                f"{each.expected:.1f}",
                f"{phrasing.count(each.q25)} to {phrasing.count(each.q75)}",
                f"{phrasing.count(each.q10)} to {phrasing.count(each.q90)}",
                f"{phrasing.count(each.q025)} to {phrasing.count(each.q975)}",
                named.get(each.day, ""),
            )
        )
        for each in dataset.ahead
    ]
    heads = ("Day", "Expected", f"50{THIN}%", f"80{THIN}%", f"95{THIN}%", "Holiday or event")
    twin = data_twin("Tickets ahead", heads, rows)
    status = dataset.status
    note = f"{says.status_note(status)} Known until {phrasing.day(status.cutoff, with_year=True)}."
    return ChartContent(draw(), says.outlook(dataset), note, twin)


def check_content(dataset: FourWeeks, draw: Draw) -> ChartContent:
    """Return the card of an earlier forecast against what came."""
    if dataset.cutoff is None or not any(day.came is not None for day in dataset.days):
        return nothing("No earlier forecast can be held against what came yet.", "That takes twelve weeks of tickets.")
    rows = [
        TwinRow(
            (
                phrasing.weekday_day(each.day),
                f"{each.expected:.1f}",
                f"{phrasing.count(each.low)} to {phrasing.count(each.high)}",
                phrasing.NOTHING if each.came is None else phrasing.count(each.came),
            )
        )
        for each in dataset.days
    ]
    twin = data_twin("An earlier forecast and what came", ("Day", "Predicted", f"80{THIN}% band", "Came"), rows)
    how = "As the method would have said, knowing only the days" if dataset.is_replayed else "As it was made, knowing"
    note = f"{how} until {phrasing.day(dataset.cutoff, with_year=True)}. Tickets created per day."
    return ChartContent(draw(), says.four_weeks(dataset), note, twin)


def trend_content(parts: DemandParts | None, draw: Draw) -> ChartContent:
    """Return the card of the trend."""
    if parts is None or not parts.trend:
        return nothing("Too little is known to tell a trend.")
    (_, then), (last_day, now) = parts.trend[max(-53, -len(parts.trend))], parts.trend[-1]
    change = phrasing.relative(now, then)
    yearly = f", {change} in a year" if change and len(parts.trend) > 52 else ""  # noqa: PLR2004 - weeks of a year
    said = f"{now:.1f} tickets on an average day by {phrasing.day(last_day, with_year=True)}{yearly}."
    rows = [TwinRow((phrasing.day(day, with_year=True), f"{value:.1f}")) for day, value in parts.trend]
    twin = data_twin("Trend", ("Week from", "Tickets on an average day"), rows)
    note = "Without weekdays, time of year and holidays."
    return ChartContent(draw(), said, note, twin)


def year_content(parts: DemandParts | None, draw: Draw) -> ChartContent:
    """Return the card of the time of year."""
    if parts is None or not parts.year:
        return nothing("Less than ten months of tickets do not show a time of year.")
    (high_day, high), (low_day, low) = (pick(parts.year, key=lambda each: each[1]) for pick in (max, min))
    said = (
        f"Most around {phrasing.day(high_day)} ({says.factor(high)} on an average day), "
        f"fewest around {phrasing.day(low_day)} ({says.factor(low)})."
        if max(high - 1, 1 - low) >= _STANDS_OUT
        else "No time of the year stands out."
    )
    rows = [
        TwinRow((phrasing.day(day, with_year=True), f"{round(100 * value)}{THIN}%")) for day, value in parts.year[::7]
    ]
    twin = data_twin("Time of year", ("Day", "Of an average day"), rows)
    return ChartContent(draw(), said, "100\u202f% is an average day. Named days are told apart below.", twin)
