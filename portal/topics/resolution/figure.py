"""Figures of reply and resolution times."""

import math
from html import escape
from typing import Any, Final

from portal.numbers import phrasing
from portal.numbers.reading import Series
from portal.plots.axes import Figure, base_layout, value_axis
from portal.plots.lines import Line, lines_figure
from portal.plots.series import series_hrefs, series_values
from portal.plots.theme import Theme, translucent
from portal.topics.resolution.dataset import Cohorts, Distribution, DurationTrend
from portal.topics.resolution.scale import DurationScale, duration_scale
from portal.widgets.reading_words import stretch_words

DISTRIBUTION_HEIGHT: Final = 260
TREND_HEIGHT: Final = 240
COHORT_HEIGHT: Final = 240
_MOST_TICKS: Final = 6.5
_MINUTE_TICKS: Final = (1, 5, 15, 60, 240, 1440, 4320, 10_080, 43_200, 129_600, 525_600)
_DAY_TICKS: Final = (0, 1, 2, 4, 7, 14, 30, 60, 120, 240, 365)


def distribution(dataset: Distribution, theme: Theme) -> Figure:
    """Return durations in ranges that each grow by the same factor, read in plain minutes, hours and days."""
    bins = dataset.bins
    words = [_bin_words(dataset, place) for place in range(len(bins))]
    trace = {
        "type": "bar",
        "x": list(range(len(bins))),
        "y": [each.n for each in bins],
        "width": 0.92,
        "marker": {"color": theme.accent, "line": {"width": 0}},
        "customdata": [each.href for each in bins],
        "text": words,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
    layout = base_layout(theme)
    layout["hovermode"] = "closest"
    layout["yaxis"] = value_axis(theme, max((each.n for each in bins), default=0))
    layout["xaxis"] = _range_axis(dataset, theme)
    marks = (("Half within", dataset.now.value, theme.ink), ("9 in 10 within", dataset.now.p90, theme.muted))
    placed = [
        (name, value, place, colour)
        for name, value, colour in marks
        if value is not None and (place := _place(dataset, value)) is not None
    ]
    layout["shapes"] = [_upright(place, colour) for _, _, place, colour in placed]
    layout["annotations"] = [
        _mark(f"{name} {phrasing.amount(value, dataset.unit)}", place, rank, len(bins), colour)
        for rank, (name, value, place, colour) in enumerate(placed)
    ]
    layout["margin"]["t"] = 40
    return {"data": [trace], "layout": layout}


def percentiles(dataset: DurationTrend, theme: Theme) -> Figure:
    """Return the median and what nine in ten stay under, over time."""
    medians, p90s = dataset.medians, dataset.p90s
    unit = _unit(medians)
    scale = duration_scale(max((value for value in series_values(p90s) if value is not None), default=0), unit)
    words = tuple(escape(_percentile_words(dataset, place)) for place in range(len(medians.points)))
    return lines_figure(
        _beside(p90s, medians, words, scale, theme), theme, height=TREND_HEIGHT, whole=False, suffix=scale.suffix
    )


def cohorts(dataset: Cohorts, theme: Theme) -> Figure:
    """Return the median by month of creation with open tickets counted, beside that of the resolved alone."""
    naive, full = dataset.resolved_only, dataset.with_open
    unit = _unit(naive, full)
    values = [value for value in (*series_values(naive), *series_values(full)) if value is not None]
    scale = duration_scale(max(values, default=0), unit)
    words = tuple(escape(_cohort_words(dataset, place, unit)) for place in range(len(full.points)))
    return lines_figure(
        _beside(naive, full, words, scale, theme), theme, height=COHORT_HEIGHT, whole=False, suffix=scale.suffix
    )


def _beside(
    other: Series, main: Series, words: tuple[str, ...], scale: DurationScale, theme: Theme
) -> tuple[Line, Line]:
    """Return the line that is spoken of, and behind it, thin and grey, the one it is held against."""
    starts = tuple(point.start for point in main.points)
    return (
        Line(
            other.label,
            starts,
            scale.scaled(series_values(other)),
            theme.comparison,
            width=1.4,
            label_colour=theme.muted,
            is_running=other.is_running,
        ),
        Line(
            main.label,
            starts,
            scale.scaled(series_values(main)),
            theme.accent,
            words,
            series_hrefs(main),
            label_colour=theme.accent_text,
            is_running=main.is_running,
        ),
    )


def _unit(*series: Series) -> str:
    units = [point.reading.unit for each in series for point in each.points if point.reading.value is not None]
    return "days" if units and all(unit == "days" for unit in units) else "minutes"


def _bin_words(dataset: Distribution, place: int) -> str:
    each = dataset.bins[place]
    share = phrasing.percent(each.n / dataset.now.n) if dataset.now.n else ""
    if dataset.unit == "days":
        last = round(each.upper) - 1
        span = (
            phrasing.duration(each.lower, "days")
            if last <= each.lower
            else f"{round(each.lower)} to {phrasing.duration(last, 'days')}"
        )
    else:
        span = f"{phrasing.duration(each.lower)} to {phrasing.duration(each.upper)}"
    return f"{span}: {phrasing.count(each.n)} ({share})"


def _place(dataset: Distribution, value: float) -> float | None:
    """Return where on the axis of bins a duration stands, even within a bin on the log scale."""
    for place, each in enumerate(dataset.bins):
        if each.lower <= value < each.upper:
            return place - 0.5 + _within(each.lower, each.upper, value, is_whole=dataset.unit == "days")
    return None


def _within(lower: float, upper: float, value: float, *, is_whole: bool) -> float:
    if is_whole and upper - lower <= 1:
        return 0.5
    if lower <= 0:
        return (value - lower) / (upper - lower)
    return math.log(value / lower) / math.log(upper / lower)


def _range_axis(dataset: Distribution, theme: Theme) -> dict[str, Any]:
    wanted = _DAY_TICKS if dataset.unit == "days" else _MINUTE_TICKS
    ticks = _apart(
        [(place, value) for value in wanted if (place := _place(dataset, value)) is not None], len(dataset.bins)
    )
    return {
        "range": [-0.6, max(len(dataset.bins), 1) - 0.4],
        "tickvals": [place for place, _ in ticks],
        "ticktext": [_tick_words(value, dataset.unit) for _, value in ticks],
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "fixedrange": True,
        "tickangle": 0,
    }


def _apart(ticks: list[tuple[float, float]], bins: int) -> list[tuple[float, float]]:
    """Return the ticks whose words have room beside one another on a phone: at most six or seven."""
    kept: list[tuple[float, float]] = []
    for tick in ticks:
        if not kept or tick[0] - kept[-1][0] >= bins / _MOST_TICKS:
            kept.append(tick)
    return kept


def _tick_words(value: float, unit: str) -> str:
    """Return a round duration without a decimal: "1 min", "4 h", "7 days"."""
    if unit == "days" or value < 60 or value >= 1440:  # noqa: PLR2004 - an hour and a day, in minutes
        return phrasing.duration(value, unit).replace("24.0", "24")
    return f"{round(value / 60)}{phrasing.SPACE}h"


def _upright(place: float, colour: str) -> dict[str, Any]:
    line = {"color": translucent(colour, 0.7), "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "x", "x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _mark(text: str, place: float, rank: int, bins: int, colour: str) -> dict[str, Any]:
    """Return the name of an upright line; each has a height of its own, so that two never touch."""
    is_left = place < bins / 2
    return {
        "text": text,
        "xref": "x",
        "x": place,
        "xanchor": "left" if is_left else "right",
        "xshift": 2 if is_left else -2,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 2 + 15 * (1 - rank),
        "showarrow": False,
        "font": {"color": colour},
    }


def _percentile_words(dataset: DurationTrend, place: int) -> str:
    median, p90 = dataset.medians.points[place], dataset.p90s.points[place]
    when = stretch_words(median, dataset.grain)
    if median.reading.value is None:
        return f"{when}: nothing measured"
    unit = median.reading.unit
    return (
        f"{when}: half within {phrasing.amount(median.reading.value, unit)}, "
        f"9 in 10 within {phrasing.amount(p90.reading.value, unit)}, n {phrasing.count(median.reading.n)}"
    )


def _cohort_words(dataset: Cohorts, place: int, unit: str) -> str:
    point = dataset.with_open.points[place]
    value = point.reading.value
    when = stretch_words(point, dataset.grain)
    half = "half not solved yet" if value is None else f"half solved within {phrasing.amount(value, unit)}"
    still_open = phrasing.count(dataset.still_open[place])
    return f"{when}: {phrasing.count(dataset.created[place])} created, {half}, {still_open} still open"
