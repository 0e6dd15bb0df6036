"""From a series to the line that shows it."""

from html import escape

from portal.numbers.reading import Series
from portal.plots.lines import Line


def series_line(  # noqa: PLR0913 - each says how the line is drawn, all by keyword
    series: Series,
    colour: str,
    *,
    width: float = 2,
    is_filled: bool = False,
    label_colour: str = "",
    words: tuple[str, ...] = (),
    hrefs: tuple[str, ...] = (),
) -> Line:
    """Return a series as a line; the arguments are those of `Line`."""
    starts = tuple(point.start for point in series.points)
    shown = tuple(escape(word) for word in words)
    return Line(
        series.label,
        starts,
        series_values(series),
        colour,
        shown,
        hrefs,
        width,
        is_filled,
        label_colour,
        series.is_running,
    )


def series_values(series: Series) -> tuple[float | None, ...]:
    """Return the values in the order of time."""
    return tuple(point.reading.value for point in series.points)


def series_hrefs(series: Series) -> tuple[str, ...]:
    """Return the links in the order of time."""
    return tuple(point.href for point in series.points)


def value_at(series: Series, place: int) -> float:
    """Return the value at a place; 0 where there is none."""
    return series.points[place].reading.value or 0 if place < len(series.points) else 0
