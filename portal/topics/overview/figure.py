"""Figures of the Overview."""

from typing import Final

from portal.numbers import phrasing
from portal.plots.axes import Figure
from portal.plots.lines import lines_figure
from portal.plots.series import series_hrefs, series_line, value_at
from portal.plots.theme import Theme
from portal.topics.overview.dataset import Flow
from portal.widgets.reading_words import stretch_words

FLOW_HEIGHT: Final = 210


def flow(dataset: Flow, theme: Theme) -> Figure:
    """Return what came in and went out in each stretch of time."""
    inflow, outflow = dataset.inflow, dataset.outflow
    words = tuple(
        f"{stretch_words(point, dataset.grain)}: {phrasing.count(point.reading.value or 0)} in, "
        f"{phrasing.count(value_at(outflow, place))} out"
        for place, point in enumerate(inflow.points)
    )
    lines = (
        series_line(outflow, theme.good, width=1.6),
        series_line(inflow, theme.accent, label_colour=theme.accent_text, words=words, hrefs=series_hrefs(inflow)),
    )
    return lines_figure(lines, theme, height=FLOW_HEIGHT)


def open_tickets(dataset: Flow, theme: Theme) -> Figure:
    """Return how many tickets stood open at the end of each stretch of time."""
    backlog = dataset.backlog
    words = tuple(
        f"{stretch_words(point, dataset.grain)}: {phrasing.plural(point.reading.value or 0, 'ticket')} open"
        f"{'' if point.is_running else ' at the end'}"
        for point in backlog.points
    )
    line = series_line(backlog, theme.accent, words=words, hrefs=series_hrefs(backlog), is_filled=True)
    return lines_figure((line,), theme, height=FLOW_HEIGHT)
