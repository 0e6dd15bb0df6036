"""Figures of the Overview."""

from typing import Final

from portal.numbers import phrasing
from portal.numbers.reading import Point
from portal.plots.axes import Figure
from portal.plots.lines import lines_figure
from portal.plots.series import series_hrefs, series_line, value_at
from portal.plots.theme import Theme
from portal.topics.overview.dataset import OpenedAndSolved

FLOW_HEIGHT: Final = 210


def opened_and_solved(dataset: OpenedAndSolved, theme: Theme) -> Figure:
    """Return tickets opened and solved in each stretch of time."""
    opened, solved = dataset.opened, dataset.solved
    words = tuple(
        f"{_when(point, dataset)}: {phrasing.count(point.reading.value or 0)} opened, "
        f"{phrasing.count(value_at(solved, place))} solved"
        for place, point in enumerate(opened.points)
    )
    lines = (
        series_line(solved, theme.good, width=1.6),
        series_line(opened, theme.accent, label_colour=theme.accent_text, words=words, hrefs=series_hrefs(opened)),
    )
    return lines_figure(lines, theme, height=FLOW_HEIGHT)


def open_tickets(dataset: OpenedAndSolved, theme: Theme) -> Figure:
    """Return how many tickets stood open at the end of each stretch of time."""
    backlog = dataset.backlog
    words = tuple(
        f"{_when(point, dataset)}: {phrasing.plural(point.reading.value or 0, 'ticket')} open at the end"
        for point in backlog.points
    )
    line = series_line(backlog, theme.accent, words=words, hrefs=series_hrefs(backlog), is_filled=True)
    return lines_figure((line,), theme, height=FLOW_HEIGHT)


def _when(point: Point, dataset: OpenedAndSolved) -> str:
    return phrasing.stretch(point.start, point.last, dataset.grain)
