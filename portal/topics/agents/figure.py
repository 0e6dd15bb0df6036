"""The funnel: how far a figure may stray by chance with so many tickets."""

import math
from html import escape
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
_TICKS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0)


def funnel(dataset: AgentFigures, theme: Theme) -> Figure:
    """Return observed ÷ expected against the number of tickets, with the limits of chance."""
    most = max((row.n for row in dataset.rows), default=1) * 1.08
    least = max(min((row.n for row in dataset.rows), default=1) * 0.6, 10.0)
    counts = [least * (most / least) ** (step / _STEPS) for step in range(_STEPS + 1)]
    traces = [_limit(dataset, theme, counts, z, dash, sign) for z, dash in _LIMITS for sign in (-1, 1)]
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


def _edge(dataset: AgentFigures, n: float, z: float) -> float:
    return math.exp(z * dataset.deviation / math.sqrt(n))


def _limit(dataset: AgentFigures, theme: Theme, counts: list[float], z: float, dash: str, sign: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": counts,
        "y": [_edge(dataset, n, sign * z) for n in counts],
        "line": {"color": theme.comparison, "width": 1.2, "dash": dash},
        "hoverinfo": "skip",
    }


def _points(dataset: AgentFigures, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.n for row in dataset.rows],
        "y": [row.ratio for row in dataset.rows],
        "marker": {
            "size": 11,
            "color": [_colour(row, dataset, theme) for row in dataset.rows],
            "symbol": ["circle" if row.is_judged else "circle-open" for row in dataset.rows],
            "line": {"width": 1.5, "color": [_colour(row, dataset, theme) for row in dataset.rows]},
        },
        "customdata": [row.href for row in dataset.rows],
        "text": [escape(_words(row, dataset)) for row in dataset.rows],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _colour(row: AgentRow, dataset: AgentFigures, theme: Theme) -> str:
    if not row.differs:
        return theme.comparison
    is_good = (row.ratio < 1) == (dataset.better is Better.LOWER)
    return theme.good if is_good else theme.bad


def _words(row: AgentRow, dataset: AgentFigures) -> str:
    seen, hoped = (phrasing.amount(value, dataset.metric.unit) for value in (row.observed, row.expected))
    few = "" if row.is_judged else ", too few to judge"
    return f"{row.agent}: {seen}, expected {hoped}, n {phrasing.count(row.n)}{few}"


def _count_axis(dataset: AgentFigures, theme: Theme, least: float, most: float) -> dict[str, Any]:
    noun = "Ratings" if dataset.metric.unit == "share" and dataset.metric.slug == "csat" else "Tickets"
    return {
        "range": [least, most],
        "title": {"text": f"{noun} of the agent", "standoff": 6, "font": {"size": FONT_SIZE}},
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "fixedrange": True,
        "nticks": 6,
    }


def _ratio_axis(dataset: AgentFigures, theme: Theme) -> dict[str, Any]:
    """Return a log axis of the ratio: half and twice are as far from 1."""
    farthest = max((abs(math.log(row.ratio)) for row in dataset.rows if row.ratio > 0), default=0.3)
    reach = min(max(farthest * 1.15, 0.25), 1.6)
    ticks = [tick for tick in _TICKS if abs(math.log(tick)) <= reach]
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
