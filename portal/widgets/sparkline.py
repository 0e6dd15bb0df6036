"""A line the height of a word, drawn by the browser from a mask so that it follows the theme."""

from collections.abc import Sequence
from itertools import groupby

from portal.widgets.markup import Element, aria, element

_WIDTH = 100
_HEIGHT = 30
_INSET = 3
_LEAST = 2


def sparkline(values: Sequence[float | None], *, is_running: bool = False) -> Element:
    """Return the run of a number, from its lowest to its highest value; empty for fewer than two values.

    It repeats what the number beside it says, so screen readers skip it.

    Args:
        values: In the order of time.
        is_running: Whether the last one is of a stretch that is not over: the way to it is dashed.
    """
    if sum(value is not None for value in values) < _LEAST:
        return element("Span", className="sparkline", **aria(hidden="true"))
    image = f'url("data:image/svg+xml,{_svg(_path(values), is_running=is_running and values[-1] is not None)}")'
    style = {"maskImage": image, "WebkitMaskImage": image}
    return element("Span", className="sparkline is-drawn", style=style, **aria(hidden="true"))


def _svg(path: str, *, is_running: bool) -> str:
    stroke = (
        "fill='none' stroke='black' stroke-linejoin='round' stroke-linecap='round' vector-effect='non-scaling-stroke'"
    )
    before, is_joined, last = path.rpartition("L")
    running = ""
    if is_running and is_joined and "M" not in last:
        start = before.rsplit("M", 1)[-1].rsplit("L", 1)[-1]
        path, running = before, f"%3Cpath d='M{start}L{last}' {stroke} stroke-width='1.3' stroke-dasharray='2 2'/%3E"
    last = last.rsplit("M", 1)[-1]
    return (
        f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' preserveAspectRatio='none'%3E"
        f"%3Cpath d='{path}' {stroke} stroke-width='1.3'/%3E{running}"
        f"%3Cpath d='M{last}h0.01' {stroke} stroke-width='4'/%3E%3C/svg%3E"
    )


def _path(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    low, span = min(known), (max(known) - min(known)) or 1.0
    right = _WIDTH - _INSET
    places = [
        None
        if value is None
        else (right * place / (len(values) - 1), (_HEIGHT - _INSET) - (value - low) / span * (_HEIGHT - 2 * _INSET))
        for place, value in enumerate(values)
    ]
    runs = [list(group) for is_gap, group in groupby(places, key=lambda place: place is None) if not is_gap]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in filter(None, run)) for run in runs)
