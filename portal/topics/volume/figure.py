"""Figures of the Volume page, and the tickets over time of the Overview."""

from typing import Final

from portal.numbers import phrasing
from portal.numbers.reading import Point
from portal.plots.axes import Figure
from portal.plots.lines import Line, lines_figure
from portal.plots.series import series_hrefs, series_line, series_values
from portal.plots.theme import Theme
from portal.topics.volume.dataset import TicketsOverTime

TICKETS_HEIGHT: Final = 226


def tickets_over_time(dataset: TicketsOverTime, theme: Theme) -> Figure:
    """Return tickets created per day (week, month), with the comparison in grey behind."""
    before = dataset.compared
    lines = [_main(dataset, theme)]
    if before is not None and before.points:
        starts = tuple(point.start for point in dataset.current.points)[: len(before.points)]
        values = series_values(before)[: len(starts)]
        lines.insert(0, Line(before.label, starts, values, theme.comparison, width=1.3, label_colour=theme.muted))
    return lines_figure(tuple(lines), theme, height=TICKETS_HEIGHT)


def _main(dataset: TicketsOverTime, theme: Theme) -> Line:
    words = tuple(_ticket_words(dataset, place) for place in range(len(dataset.current.points)))
    return series_line(
        dataset.current, theme.accent, words=words, hrefs=series_hrefs(dataset.current), label_colour=theme.accent_text
    )


def _ticket_words(dataset: TicketsOverTime, place: int) -> str:
    point = dataset.current.points[place]
    words = f"{_when(point, dataset)}: {phrasing.plural(point.reading.value or 0, 'ticket')}"
    before = dataset.compared
    if before is None or place >= len(before.points) or before.points[place].reading.value is None:
        return words
    there = before.points[place]
    preposition = "on" if dataset.grain == "day" else "in"
    year = "" if dataset.grain == "month" else f" {there.start.year}"
    return f"{words}; {phrasing.count(there.reading.value or 0)} {preposition} {_when(there, dataset)}{year}"


def _when(point: Point, dataset: TicketsOverTime) -> str:
    return phrasing.stretch(point.start, point.last, dataset.grain)
