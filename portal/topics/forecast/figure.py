"""Figures of the Forecast page."""

from datetime import date, timedelta
from html import escape
from textwrap import wrap
from typing import Any, Final

from portal.numbers import phrasing
from portal.plots.axes import EndLabel, Figure, base_layout, end_labels, time_axis, value_axis
from portal.plots.lines import Line, lines_figure
from portal.plots.theme import Theme, translucent
from portal.topics.forecast.dataset import DemandParts, FourWeeks, NamedDays, Outlook

OUTLOOK_HEIGHT: Final = 320
CHECK_HEIGHT: Final = 240
PARTS_HEIGHT: Final = 170
_MOST_NAMES: Final = 8
_NAME_WIDTH: Final = 16
_NAME_LINES: Final = 2
_ROOM_FOR_NAMES: Final = 1.3
_DAYS_BETWEEN_NAMES: Final = 28
"""Between two names of the same height."""
_DAYS_APART: Final = 3
"""A day closer to the one named before has its line only."""
_LEVELS: Final = (1.0, 0.9, 0.8)
"""Heights of the names' upper ends, so that neighbours do not run into one another."""


def outlook(dataset: Outlook, theme: Theme, changed: tuple[float, ...] = ()) -> Figure:
    """Return the latest days, the days ahead dashed with their 50, 80 and 95 % bands, and named days as dotted lines.

    Args:
        dataset: The series.
        theme: Colours.
        changed: What would be expected of each day ahead if something were added; empty for nothing. Drawn where it
            differs.
    """
    days = [str(each.day) for each in dataset.ahead]
    top = max([*(each.tickets for each in dataset.past), *(each.q975 for each in dataset.ahead), *changed, 1.0])
    axis = value_axis(theme, top * _ROOM_FOR_NAMES)
    layout = base_layout(theme, right=86)
    layout["xaxis"] = time_axis(theme, dataset.past[0].day, dataset.ahead[-1].day)
    layout["yaxis"] = axis
    names, lines = _named(dataset.named, theme, axis["range"][1])
    layout["shapes"] = lines
    labels = [EndLabel("Expected", dataset.ahead[-1].expected, theme.accent_text)]
    layout["annotations"] = [*names, *end_labels(labels, axis["range"][1], OUTLOOK_HEIGHT)]
    traces = [
        _band(days, [each.q025 for each in dataset.ahead], [each.q975 for each in dataset.ahead], theme, 0.08),
        _band(days, [each.q10 for each in dataset.ahead], [each.q90 for each in dataset.ahead], theme, 0.14),
        _band(days, [each.q25 for each in dataset.ahead], [each.q75 for each in dataset.ahead], theme, 0.18),
        _past(dataset, theme),
        _ahead(dataset, theme),
    ]
    moved = [place for place, value in enumerate(changed) if value != dataset.ahead[place].expected]
    if moved:
        traces.append(_dashed([days[place] for place in moved], [changed[place] for place in moved], theme.bad))
    return {"data": traces, "layout": layout}


def _band(days: list[str], low: list[float], high: list[float], theme: Theme, share: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days + days[::-1],
        "y": high + low[::-1],
        "fill": "toself",
        "fillcolor": translucent(theme.accent, share),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _past(dataset: Outlook, theme: Theme) -> dict[str, Any]:
    words = [f"{phrasing.weekday_day(each.day)}: {phrasing.plural(each.tickets, 'ticket')}" for each in dataset.past]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [str(each.day) for each in dataset.past],
        "y": [each.tickets for each in dataset.past],
        "customdata": [each.href for each in dataset.past],
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": theme.accent, "width": 1.6},
    }


def _ahead(dataset: Outlook, theme: Theme) -> dict[str, Any]:
    words = [
        f"{phrasing.weekday_day(each.day)}: {phrasing.count(each.expected)} expected, "
        f"{phrasing.count(each.q10)} to {phrasing.count(each.q90)} in 8 of 10 such days"
        + "".join(f" ({escape(name.name)})" for name in dataset.named if name.first <= each.day <= name.last)
        for each in dataset.ahead
    ]
    trace = _dashed([str(each.day) for each in dataset.ahead], [each.expected for each in dataset.ahead], theme.accent)
    return trace | {"text": words, "hoverinfo": "text", "hovertemplate": "%{text}<extra></extra>"}


def _dashed(days: list[str], values: list[float], colour: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.6, "dash": "5px,3px"}
    return {"type": "scatter", "mode": "lines", "x": days, "y": values, "line": line, "hoverinfo": "skip"}


def _named(named: tuple[NamedDays, ...], theme: Theme, top: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return names and dotted lines; where names would run into one another, only the line is drawn."""
    names: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    last: dict[float, date] = {}
    for each in named:
        day = str(each.first)
        line = {"color": theme.comparison, "width": 1, "dash": "dot"}
        lines.append({"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 0.85, "line": line})
        before = each.first - timedelta(days=_DAYS_BETWEEN_NAMES)
        free = next((level for level in _LEVELS if level not in last or last[level] <= before), None)
        is_apart = each.first - max(last.values(), default=date.min) >= timedelta(days=_DAYS_APART)
        if free is not None and is_apart and len(names) < _MOST_NAMES:
            last[free] = each.first
            names.append(_name(each.name, day, top * free, theme))
    return names, lines


def _name(name: str, day: str, height: float, theme: Theme) -> dict[str, Any]:
    lines = wrap(name, _NAME_WIDTH, max_lines=_NAME_LINES, placeholder="…")
    font = {"color": theme.muted, "size": 11}
    return {
        "text": "<br>".join(map(escape, lines)),
        "x": day,
        "y": height,
        "showarrow": False,
        "font": font,
        "xanchor": "center",
        "yanchor": "top",
    }


def four_weeks(dataset: FourWeeks, theme: Theme) -> Figure:
    """Return what was predicted, with its 80 % band, and what came."""
    days = [str(each.day) for each in dataset.days]
    came = tuple(None if each.came is None else float(each.came) for each in dataset.days)
    starts = tuple(each.day for each in dataset.days)
    words = tuple(
        f"{phrasing.weekday_day(each.day)}: {phrasing.count(each.expected)} predicted"
        + ("" if each.came is None else f", {phrasing.count(each.came)} came")
        for each in dataset.days
    )
    lines = (
        Line("Predicted", starts, tuple(each.expected for each in dataset.days), theme.comparison, width=1.6),
        Line("Came", starts, came, theme.accent, words=words, label_colour=theme.accent_text),
    )
    figure = lines_figure(lines, theme, height=CHECK_HEIGHT)
    low, high = [each.low for each in dataset.days], [each.high for each in dataset.days]
    top = max([*high, *(value for value in came if value is not None), 1.0])
    figure["layout"]["yaxis"] = value_axis(theme, top)
    ends = [
        EndLabel("Predicted", dataset.days[-1].expected, theme.muted),
        EndLabel("Came", next((value for value in reversed(came) if value is not None), 0.0), theme.accent_text),
    ]
    figure["layout"]["annotations"] = end_labels(ends, figure["layout"]["yaxis"]["range"][1], CHECK_HEIGHT)
    figure["data"].insert(0, _band(days, low, high, theme, 0.14))
    return figure


def trend(dataset: DemandParts | None, theme: Theme) -> Figure:
    """Return tickets on a day like the average one, week by week; nothing where that is not known."""
    points = () if dataset is None else dataset.trend
    words = tuple(f"{phrasing.day(day, with_year=True)}: {value:.1f} tickets a day" for day, value in points)
    starts = tuple(day for day, _ in points)
    line = Line("Trend", starts, tuple(value for _, value in points), theme.accent, words=words)
    return lines_figure((line,), theme, height=PARTS_HEIGHT)


def year(dataset: DemandParts | None, theme: Theme) -> Figure:
    """Return the time of year as per cent of an average day; nothing where that is not known."""
    points = () if dataset is None else dataset.year
    starts = tuple(day for day, _ in points)
    values = tuple(100 * value for _, value in points)
    words = tuple(
        f"{phrasing.day(day)}: {round(value)}{phrasing.THIN}% of an average day"
        for day, value in zip(starts, values, strict=True)
    )
    line = Line("Time of year", starts, values, theme.accent, words=words)
    return lines_figure((line,), theme, height=PARTS_HEIGHT, suffix="%")
