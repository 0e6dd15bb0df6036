"""Figures of the Volume page, and the tickets over time of the Overview."""

from datetime import date
from html import escape
from typing import Final

from portal.numbers import phrasing
from portal.numbers.reading import Series
from portal.plots.axes import Figure
from portal.plots.lines import Line, lines_figure
from portal.plots.series import series_hrefs, series_line, series_values
from portal.plots.theme import Theme
from portal.topics.volume.dataset import MonthsOfYears, TicketsOverTime
from portal.widgets.reading_words import stretch_words

TICKETS_HEIGHT: Final = 226
_ONE_YEAR: Final = 2001
"""Any year without a leap day."""


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
    words = f"{stretch_words(point, dataset.grain)}: {phrasing.plural(point.reading.value or 0, 'ticket')}"
    before = dataset.compared
    if before is None or place >= len(before.points) or before.points[place].reading.value is None:
        return words
    there = before.points[place]
    preposition = "on" if dataset.grain == "day" else "in"
    year = "" if dataset.grain == "month" else f" {there.start.year}"
    return (
        f"{words}; {phrasing.count(there.reading.value or 0)} {preposition} {stretch_words(there, dataset.grain)}{year}"
    )


def months_of_years(dataset: MonthsOfYears, theme: Theme) -> Figure:
    """Return tickets per month with the years above one another: the latest in the accent's colour, the others grey."""
    earlier = [_year_line(year, theme.comparison, 1.3, theme.muted) for year in dataset.years[:-1]]
    latest = [_year_line(year, theme.accent, 2, theme.accent_text) for year in dataset.years[-1:]]
    figure = lines_figure((*earlier, *latest), theme, height=TICKETS_HEIGHT)
    # A year that lacks the month under the pointer must not answer with another month.
    figure["layout"]["hovermode"] = "closest"
    # All years stand at the months of one, so the axis names no year.
    figure["layout"]["xaxis"] |= {"tickformat": "%b", "range": [f"{_ONE_YEAR}-01-01", f"{_ONE_YEAR}-12-01"]}
    return figure


def _year_line(year: Series, colour: str, width: float, label_colour: str) -> Line:
    words = tuple(
        escape(f"{stretch_words(point, 'month')}: {phrasing.plural(point.reading.value or 0, 'ticket')}")
        for point in year.points
    )
    starts = tuple(date(_ONE_YEAR, point.start.month, 1) for point in year.points)
    hrefs = series_hrefs(year)
    return Line(
        year.label, starts, series_values(year), colour, words, hrefs, width, label_colour=label_colour,
        is_running=year.is_running,
    )  # fmt: skip
