"""The figure of kept targets over time."""

from dataclasses import replace
from typing import Final

from portal.numbers import phrasing
from portal.numbers.reading import Series
from portal.plots.axes import Figure
from portal.plots.lines import lines_figure
from portal.plots.series import series_hrefs, series_line
from portal.plots.theme import Theme
from portal.topics.sla.dataset import KeptTrend
from portal.widgets.reading_words import reading_words, stretch_words

TREND_HEIGHT: Final = 220


def kept(dataset: KeptTrend, theme: Theme) -> Figure:
    """Return the share of tickets that met every target; thin and grey, that of single targets."""
    tickets, targets = dataset.tickets, dataset.targets
    words = tuple(
        f"{stretch_words(point, dataset.grain)}: {reading_words(point.reading)} of"
        f" {phrasing.plural(point.reading.n, 'ticket')}, {phrasing.count(missed)} missed"
        for point, missed in zip(tickets.points, dataset.missed, strict=True)
    )
    lines = (
        series_line(_in_percent(targets), theme.comparison, width=1.4),
        series_line(
            _in_percent(tickets),
            theme.accent,
            label_colour=theme.accent_text,
            words=words,
            hrefs=series_hrefs(tickets),
        ),
    )
    return lines_figure(lines, theme, height=TREND_HEIGHT, suffix="%")


def _in_percent(series: Series) -> Series:
    points = tuple(
        replace(
            point,
            reading=replace(point.reading, value=None if point.reading.value is None else 100 * point.reading.value),
        )
        for point in series.points
    )
    return replace(series, points=points)
