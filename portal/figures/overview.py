"""Figures of the Overview."""

from html import escape
from typing import Final

from portal import phrasing
from portal.datasets.overview import OpenedAndSolved, TicketsOverTime
from portal.datasets.reading import Point, Series
from portal.figures.axes import Figure
from portal.figures.lines import Line, lines_figure
from portal.figures.theme import Theme

TICKETS_HEIGHT: Final = 250
FLOW_HEIGHT: Final = 220


def tickets_over_time(dataset: TicketsOverTime, theme: Theme) -> Figure:
    """Return tickets created per day (week, month), with the comparison in grey behind."""
    before = dataset.compared
    lines = [_main(dataset, theme)]
    if before is not None and before.points:
        starts = tuple(point.start for point in dataset.current.points)[: len(before.points)]
        values = _values(before)[: len(starts)]
        lines.insert(0, Line(before.label, starts, values, theme.comparison, width=1.3, label_colour=theme.muted))
    return lines_figure(tuple(lines), theme, height=TICKETS_HEIGHT)


def opened_and_solved(dataset: OpenedAndSolved, theme: Theme) -> Figure:
    """Return tickets opened and solved per stretch, with the open tickets at its end as an area behind."""
    opened, solved, backlog = dataset.opened, dataset.solved, dataset.backlog
    words = tuple(
        f"{stretch(point, dataset.grain)}: {phrasing.count(point.reading.value or 0)} opened, "
        f"{phrasing.count(_at(solved, place))} solved, {phrasing.count(_at(backlog, place))} open at the end"
        for place, point in enumerate(opened.points)
    )
    return lines_figure(
        (
            _line(backlog, theme.comparison, width=1.3, is_filled=True, label_colour=theme.muted),
            _line(solved, theme.good, hrefs=_hrefs(solved)),
            _line(opened, theme.accent, label_colour=theme.accent_text, words=words, hrefs=_hrefs(opened)),
        ),
        theme,
        height=FLOW_HEIGHT,
    )


def stretch(point: Point, grain: str) -> str:
    """Return the words for a stretch of time: "Mon 3 Feb", "3 to 9 Feb", "Feb 2026"."""
    if grain == "day":
        return phrasing.weekday_day(point.start)
    if grain == "week":
        return phrasing.days_between(point.start, point.last)
    return f"{point.start:%b} {point.start.year}"


def _main(dataset: TicketsOverTime, theme: Theme) -> Line:
    words = tuple(_ticket_words(dataset, place) for place in range(len(dataset.current.points)))
    return _line(
        dataset.current, theme.accent, words=words, hrefs=_hrefs(dataset.current), label_colour=theme.accent_text
    )


def _ticket_words(dataset: TicketsOverTime, place: int) -> str:
    point = dataset.current.points[place]
    words = f"{stretch(point, dataset.grain)}: {phrasing.plural(point.reading.value or 0, 'ticket')}"
    before = dataset.compared
    if before is None or place >= len(before.points) or before.points[place].reading.value is None:
        return words
    there = before.points[place]
    return f"{words}; {phrasing.count(there.reading.value or 0)} on {stretch(there, dataset.grain)} {there.start.year}"


def _line(  # noqa: PLR0913 - each says how the line is drawn, all by keyword
    series: Series,
    colour: str,
    *,
    width: float = 2,
    is_filled: bool = False,
    label_colour: str = "",
    words: tuple[str, ...] = (),
    hrefs: tuple[str, ...] = (),
) -> Line:
    starts = tuple(point.start for point in series.points)
    shown = tuple(escape(word) for word in words)
    return Line(series.label, starts, _values(series), colour, shown, hrefs, width, is_filled, label_colour)


def _values(series: Series) -> tuple[float | None, ...]:
    return tuple(point.reading.value for point in series.points)


def _hrefs(series: Series) -> tuple[str, ...]:
    return tuple(point.href for point in series.points)


def _at(series: Series, place: int) -> float:
    return series.points[place].reading.value or 0 if place < len(series.points) else 0
