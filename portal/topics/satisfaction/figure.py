"""The figure of the Satisfaction page."""

import math
from html import escape
from typing import Any, Final

from analytics.intervals import wilson_interval
from portal.numbers import phrasing
from portal.numbers.reading import Point
from portal.plots.axes import Figure
from portal.plots.lines import Line, lines_figure
from portal.plots.series import series_hrefs
from portal.plots.theme import Theme, translucent
from portal.topics.satisfaction.dataset import Ratings
from portal.widgets.reading_words import stretch_words

WEEKS_HEIGHT: Final = 250
_STEP: Final = 10
"""Percent between two lines of the axis."""


def interval(point: Point) -> tuple[float, float]:
    """Return where a stretch's CSAT may lie, 0..1: the 95 % interval of its ratings."""
    return wilson_interval(round((point.reading.value or 0.0) * point.reading.n), point.reading.n)


def weeks(dataset: Ratings, theme: Theme) -> Figure:
    """Return CSAT of each stretch in percent, with the band of where it may lie behind it."""
    points = dataset.csat.points
    line = Line(
        "CSAT",
        tuple(point.start for point in points),
        tuple(None if point.reading.value is None else 100 * point.reading.value for point in points),
        theme.accent,
        tuple(escape(_words(point, dataset.grain)) for point in points),
        series_hrefs(dataset.csat),
        is_running=dataset.csat.is_running,
    )
    figure = lines_figure((line,), theme, height=WEEKS_HEIGHT, suffix=f"{phrasing.THIN}%")
    known = [point for point in points if point.reading.n]
    bands = [interval(point) for point in known]
    figure["data"] = [*_band(known, bands, theme), *figure["data"]]
    figure["layout"]["yaxis"] |= {"range": list(_reach(bands)), "dtick": _STEP}
    return figure


def _reach(bands: list[tuple[float, float]]) -> tuple[int, int]:
    low, high = min((low for low, _ in bands), default=0.0), max((high for _, high in bands), default=1.0)
    return _STEP * math.floor(100 * low / _STEP), _STEP * math.ceil(100 * high / _STEP)


def _band(points: list[Point], bands: list[tuple[float, float]], theme: Theme) -> list[dict[str, Any]]:
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    starts = [str(point.start) for point in points]
    return [
        {**edge, "x": starts, "y": [100 * low for low, _ in bands]},
        {
            **edge,
            "x": starts,
            "y": [100 * high for _, high in bands],
            "fill": "tonexty",
            "fillcolor": translucent(theme.accent, 0.12),
        },
    ]


def _words(point: Point, grain: str) -> str:
    if point.reading.value is None:
        return f"{stretch_words(point, grain)}: no ratings"
    low, high = interval(point)
    share = phrasing.percent(point.reading.value, point.reading.n)
    likely = f"may be {100 * low:.0f} to {100 * high:.0f}{phrasing.THIN}%"
    return f"{stretch_words(point, grain)}: {share}, {likely}, n {phrasing.count(point.reading.n)}"
