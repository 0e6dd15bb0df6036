"""The funnel: how far a figure may stray by chance with so many tickets."""

import math
from html import escape
from statistics import median
from typing import Any, Final

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.plots.axes import Figure, base_layout
from portal.plots.theme import FONT_SIZE, Theme
from portal.topics.agents.dataset import AgentFigures, AgentRow

FUNNEL_HEIGHT: Final = 380
_LIMITS: Final = ((1.96, "dash"), (3.09, "dot"))
"""Within so many standard deviations lie 19 of 20, and 998 of 1,000: the card's note says so."""
_STEPS: Final = 60
_TICKS: Final = (1.0, 2.0, 0.5, 4.0, 0.25, 1.25, 0.8, 1.5, 0.67, 3.0, 0.33, 1.1, 0.9)
"""In the order in which they are wanted; one too close to another is left out."""
_LEAST_GAP: Final = 0.07
"""Of the axis, between two ticks."""
_FINE: Final = 0.2
"""Up to so short an axis, ticks are hundredths."""
_FARTHEST: Final = 1.6
"""On the log scale; an agent beyond is drawn at the edge as a triangle."""


def funnel(dataset: AgentFigures, theme: Theme) -> Figure:
    """Return observed ÷ expected against the number of tickets, with the limits of chance."""
    most = max((row.n for row in dataset.rows), default=1) * 1.08
    least = max(min((row.n for row in dataset.rows), default=1) * 0.6, 10.0)
    counts = [least * (most / least) ** (step / _STEPS) for step in range(_STEPS + 1)]
    unsure = _unsure(dataset)
    edges = [
        ([_edge(n, sign * z, dataset.deviation, unsure) for n in counts], dash)
        for z, dash in _LIMITS
        for sign in (-1, 1)
    ]
    traces = [_limit(theme, counts, places, dash) for places, dash in edges]
    layout = base_layout(theme, left=56, right=20)
    layout["hovermode"] = "closest"
    layout["hoverdistance"] = 20
    layout["margin"] |= {"t": 22, "b": 46}
    layout["xaxis"] = _count_axis(dataset, theme, least, most)
    layout["yaxis"] = _ratio_axis(dataset, theme)
    layout["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 1, "y1": 1, "line": {"color": theme.ink, "width": 1}}
    ]
    return {"data": [*traces, _points(dataset, theme)], "layout": layout}


def _edge(n: float, z: float, deviation: float, unsure: float) -> float:
    return math.exp(max(-_FARTHEST, min(z * math.sqrt(deviation**2 / n + unsure), _FARTHEST)))


def _unsure(dataset: AgentFigures) -> float:
    """Return how unsure what was to be expected is: the variance that intervals have beyond the agent's own tickets.

    Without it an agent whose interval holds 1 would stand outside of the lines of chance.
    """
    judged = [row for row in dataset.rows if row.is_judged and row.low > 0]
    spare = [
        max((math.log(row.high / row.low) / (2 * _LIMITS[0][0])) ** 2 - dataset.deviation**2 / row.n, 0.0)
        for row in judged
    ]
    return median(spare) if spare else 0.0


def _limit(theme: Theme, counts: list[float], places: list[float], dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": counts,
        "y": places,
        "line": {"color": theme.comparison, "width": 1.2, "dash": dash},
        "hoverinfo": "skip",
    }


def _points(dataset: AgentFigures, theme: Theme) -> dict[str, Any]:
    reach = 0.98 * _reach(dataset)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.n for row in dataset.rows],
        "y": [math.exp(max(-reach, min(math.log(row.ratio), reach))) for row in dataset.rows],
        "marker": {
            "size": 11,
            "color": [_colour(row, dataset, theme) for row in dataset.rows],
            "symbol": [_symbol(row, reach) for row in dataset.rows],
            "line": {"width": 1.5, "color": [_colour(row, dataset, theme) for row in dataset.rows]},
        },
        "customdata": [row.href for row in dataset.rows],
        "text": [escape(_words(row, dataset)) for row in dataset.rows],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _symbol(row: AgentRow, reach: float) -> str:
    shape = "circle" if abs(math.log(row.ratio)) <= reach else f"triangle-{'up' if row.ratio > 1 else 'down'}"
    return shape if row.is_judged else f"{shape}-open"


def _colour(row: AgentRow, dataset: AgentFigures, theme: Theme) -> str:
    if not row.differs:
        return theme.comparison
    is_good = (row.ratio < 1) == (dataset.better is Better.LOWER)
    return theme.good if is_good else theme.bad


def _words(row: AgentRow, dataset: AgentFigures) -> str:
    unit = dataset.metric.unit
    seen, hoped = (
        f"{value:.2f}" if unit == "rating" else phrasing.amount(value, unit) for value in (row.observed, row.expected)
    )
    few = "" if row.is_judged else ", too few to judge"
    return f"{row.agent}: {seen}, expected {hoped}, n {phrasing.count(row.n)}{few}"


def _count_axis(dataset: AgentFigures, theme: Theme, least: float, most: float) -> dict[str, Any]:
    noun = "Ratings" if dataset.metric.slug in {"csat", "mean_rating"} else "Tickets"
    return {
        "range": [least, most],
        "title": {"text": f"{noun} of the agent", "standoff": 6, "font": {"size": FONT_SIZE}},
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "fixedrange": True,
        "nticks": 6,
        "tickformat": ",d",
    }


def _ratio_axis(dataset: AgentFigures, theme: Theme) -> dict[str, Any]:
    """Return a log axis of the ratio: half and twice are as far from 1."""
    reach = _reach(dataset)
    ticks = _ticks(reach)
    return {
        "type": "log",
        "range": [-reach / math.log(10), reach / math.log(10)],
        "tickvals": ticks,
        "ticktext": [f"{tick:g}\u202f×" for tick in ticks],
        "gridcolor": theme.line,
        "zeroline": False,
        "fixedrange": True,
        "title": {"text": "Against expected", "standoff": 4, "font": {"size": FONT_SIZE}},
    }


def _reach(dataset: AgentFigures) -> float:
    """Return how far the axis reaches to either side of 1, on the log scale."""
    farthest = max((abs(math.log(row.ratio)) for row in dataset.rows if row.ratio > 0), default=0.3)
    # Ratings differ by a few hundredths of themselves, times by halves.
    least = 0.05 if dataset.metric.unit == "rating" else 0.25
    # So that the lines of which the note speaks are in view where most agents stand.
    usual = median(row.n for row in dataset.rows) if dataset.rows else 1.0
    line = math.log(_edge(usual, _LIMITS[0][0], dataset.deviation, _unsure(dataset)))
    return min(max(farthest * 1.15, line * 1.15, least), _FARTHEST)


def _ticks(reach: float) -> list[float]:
    """Return the ticks that fit without touching."""
    kept: list[float] = []
    wanted = _TICKS if reach > _FINE else tuple(1 + step / 50 for step in (0, 2, -2, 4, -4, 1, -1, 3, -3, 6, -6))
    for tick in wanted:
        gaps = [abs(math.log(tick / other)) for other in kept]
        if abs(math.log(tick)) <= reach and min(gaps, default=reach) >= _LEAST_GAP * 2 * reach:
            kept.append(tick)
    return sorted(kept)
