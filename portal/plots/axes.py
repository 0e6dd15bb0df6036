"""What every plotly figure shares: layout, axes with round steps, and labels at the ends of lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any, Final, TypeAlias

from portal.plots.theme import FONT_FAMILY, FONT_SIZE, Theme

Figure: TypeAlias = dict[str, Any]

LABEL_GAP: Final = 15
"""Pixels between the middles of two labels that do not touch, at 12 px type."""
TOP_MARGIN: Final = 14
BOTTOM_MARGIN: Final = 26
YEAR_LINE: Final = 12
"""Pixels more where the axis has a second line with the year."""
_STEPS: Final = (1, 2, 2.5, 5, 10)
_WIDE_SPAN: Final = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A name at the right end of a line.

    Attributes:
        text: The name.
        value: Where the line ends, on the y axis.
        colour: Of the line.
    """

    text: str
    value: float
    colour: str


def base_layout(theme: Theme, *, left: int = 40, right: int = 14) -> dict[str, Any]:
    """Return the layout that all figures start from."""
    return {
        "autosize": True,
        "margin": {"l": left, "r": right, "t": TOP_MARGIN, "b": BOTTOM_MARGIN, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": theme.muted},
        "showlegend": False,
        "hovermode": "x",
        "hoverdistance": -1,
        "hoverlabel": {
            "bgcolor": theme.ink,
            "bordercolor": theme.ink,
            "align": "left",
            "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": theme.card},
        },
        "dragmode": False,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.ink},
    }


def round_step(maximum: float, intervals: int = 4) -> float:
    """Return the smallest round step that reaches the maximum in that many intervals."""
    if maximum <= 0:
        return 1.0
    raw = maximum / intervals
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(step * magnitude for step in _STEPS if step * magnitude >= raw * (1 - 1e-9))


def value_axis(theme: Theme, maximum: float, *, whole: bool = True, suffix: str = "") -> dict[str, Any]:
    """Return a y axis from zero, with about three lines at round numbers.

    Args:
        theme: Colours.
        maximum: Largest value drawn.
        whole: Whether only whole numbers make sense, as for tickets.
        suffix: Unit behind each number.
    """
    step = round_step(maximum)
    if whole:
        step = max(1.0, math.ceil(step))
    top = step * max(1, math.ceil(maximum / step - 1e-9))
    return {
        "range": [0, top],
        "dtick": step,
        "tick0": 0,
        "tickformat": ",~g" if top < 10_000 else "~s",  # noqa: PLR2004 - five digits no longer fit the margin
        "ticksuffix": suffix,
        "gridcolor": theme.line,
        "gridwidth": 1,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
    }


def is_long(first: date, last: date) -> bool:
    """Return whether an axis over these days reads months, with their year on a second line."""
    return last - first > _WIDE_SPAN


def time_axis(theme: Theme, first: date, last: date) -> dict[str, Any]:
    """Return an x axis of dates, read as "3 Feb", or "Feb" above its year when it is long."""
    has_years = is_long(first, last)
    return {
        "type": "date",
        "range": [str(first), str(last)],
        "tickformat": "%b\n%Y" if has_years else "%-d %b",
        **({"nticks": 6} if has_years else {}),
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.line,
        "fixedrange": True,
        "ticks": "",
        "tickangle": 0,
    }


def end_labels(labels: Sequence[EndLabel], top: float, height: int) -> list[dict[str, Any]]:
    """Return annotations at the right edge, moved apart where two lines end close to one another.

    Args:
        labels: Names and where their lines end.
        top: Value at the upper edge of the y axis, which starts at zero.
        height: Of the whole figure, pixels.
    """
    inner = height - TOP_MARGIN - BOTTOM_MARGIN
    wanted = [label.value / top * inner for label in labels]
    places = spread(wanted, LABEL_GAP)
    return [
        {
            "text": f"<b>{escape(label.text)}</b>",
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 6,
            "yref": "y",
            "y": label.value,
            "yanchor": "middle",
            "yshift": round(place - want, 1),
            "showarrow": False,
            "font": {"color": label.colour, "size": FONT_SIZE},
        }
        for label, want, place in zip(labels, wanted, places, strict=True)
    ]


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return places at least a gap apart, in the same order; those that would touch are centred on their middle.

    >>> spread([10, 12, 50], 15)
    [3.5, 18.5, 50]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[list[int]] = []
    for place in order:
        groups.append([place])
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], wanted, gap):
            last = groups.pop()
            groups[-1].extend(last)
    placed = list(wanted)
    for group in groups:
        for place, value in zip(group, _centred(group, wanted, gap), strict=True):
            placed[place] = value
    return placed


def _centred(group: list[int], wanted: Sequence[float], gap: float) -> list[float]:
    if len(group) == 1:
        return [wanted[group[0]]]
    middle = sum(wanted[place] for place in group) / len(group)
    first = middle - gap * (len(group) - 1) / 2
    return [first + gap * rank for rank in range(len(group))]


def _overlap(lower: list[int], upper: list[int], wanted: Sequence[float], gap: float) -> bool:
    return _centred(upper, wanted, gap)[0] - _centred(lower, wanted, gap)[-1] < gap - 1e-9
