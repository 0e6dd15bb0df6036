"""Lines over time, the shape most figures take."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from portal.plots.axes import YEAR_LINE, EndLabel, Figure, base_layout, end_labels, is_long, time_axis, value_axis
from portal.plots.theme import Theme, translucent


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        label: Name at its right end.
        starts: First day of each stretch.
        values: In the axis' unit; None leaves a gap.
        colour: Of the line and its name.
        words: What the pointer reads at each place; empty when another line's words speak for this one.
        hrefs: The tickets behind each place; empty when it is not there to be followed.
        width: Pixels.
        is_filled: Whether the space below is tinted.
        label_colour: Of the name, where the line's own would be too pale to read.
        is_running: Whether its last stretch is not over yet: the way to it is dashed.
    """

    label: str
    starts: tuple[date, ...]
    values: tuple[float | None, ...]
    colour: str
    words: tuple[str, ...] = ()
    hrefs: tuple[str, ...] = ()
    width: float = 2
    is_filled: bool = False
    label_colour: str = ""
    is_running: bool = False


def lines_figure(lines: tuple[Line, ...], theme: Theme, *, height: int, whole: bool = True, suffix: str = "") -> Figure:
    """Return a figure of lines from a zero baseline, named at their right ends.

    Args:
        lines: From back to front.
        theme: Colours.
        height: Of the figure, pixels; the names are moved apart by it.
        whole: Whether the y axis has whole numbers only.
        suffix: Unit behind the numbers of the y axis.
    """
    maximum = max((value for line in lines for value in line.values if value is not None), default=0)
    axis = value_axis(theme, maximum, whole=whole, suffix=suffix)
    starts = [start for line in lines for start in line.starts]
    labels = [label for line in lines if (label := _end_label(line)) is not None]
    longest = max((len(label.text) for label in labels), default=0)
    widest = len(f"{axis['range'][1]:,.10g}{suffix}")
    layout = base_layout(theme, left=max(40, 14 + 7 * widest), right=14 if len(lines) == 1 else 14 + 7 * longest)
    layout["xaxis"] = time_axis(theme, min(starts), max(starts)) if starts else {"visible": False}
    layout["yaxis"] = axis
    more = YEAR_LINE if starts and is_long(min(starts), max(starts)) else 0
    layout["margin"]["b"] += more
    layout["annotations"] = end_labels(labels, axis["range"][1], height - more) if len(lines) > 1 else []
    return {"data": [trace for line in lines for trace in _traces(line)], "layout": layout}


def _end_label(line: Line) -> EndLabel | None:
    last = next((value for value in reversed(line.values) if value is not None), None)
    return None if last is None else EndLabel(line.label, last, line.label_colour or line.colour)


_DASHES: Final = "4px,3px"


def _traces(line: Line) -> list[dict[str, Any]]:
    """Return the line; in two parts where its last stretch is not over, the second one dashed."""
    if not line.is_running or len(line.starts) == 1:
        return [_trace(line)]
    parts = [
        replace(
            line, starts=line.starts[part], values=line.values[part], words=line.words[part], hrefs=line.hrefs[part]
        )
        for part in (slice(None, -1), slice(-2, None))
    ]
    solid, dashed = (_trace(part) for part in parts)
    dashed |= {"mode": "lines", "line": dashed["line"] | {"dash": _DASHES}}
    if line.words:
        # The place where the parts meet is told once, by the first of them.
        dashed |= {"hovertemplate": ["", dashed["hovertemplate"]], "hoverinfo": ["skip", "text"]}
    return [solid, dashed]


def _trace(line: Line) -> dict[str, Any]:
    alone = sum(value is not None for value in line.values) == 1
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers" if alone else "lines",
        "name": line.label,
        "x": [str(start) for start in line.starts],
        "y": list(line.values),
        "line": {"color": line.colour, "width": line.width, "shape": "linear"},
        "marker": {"color": line.colour, "size": 7},
        "connectgaps": False,
    }
    if line.is_filled:
        trace |= {"fill": "tozeroy", "fillcolor": translucent(line.colour, 0.1)}
    if line.hrefs:
        trace["customdata"] = list(line.hrefs)
    if not line.words:
        return trace | {"hoverinfo": "skip"}
    return trace | {"text": list(line.words), "hovertemplate": "%{text}<extra></extra>"}
