"""The words of a reading and of a stretch of time, as charts and their tables say them."""

from dataclasses import replace

from portal.numbers import phrasing
from portal.numbers.reading import Point, Reading, Series


def stretch_words(point: Point, grain: str, *, with_year: bool = False) -> str:
    """Return the words for a point's stretch of time; of one that is not over, with "so far"."""
    words = phrasing.stretch(point.start, point.last, grain)
    if with_year and grain != "month" and str(point.last.year) not in words:
        words = f"{words} {point.last.year}"
    return f"{words}, so far" if point.is_running else words


def running_words(series: Series, grain: str) -> str:
    """Return what a note says of a stretch under way; "" where all are over."""
    return f" Dashed: {_running_stretch(series, grain)}, which is not over yet." if series.is_running else ""


def so_far(series: Series, grain: str, words: str = "") -> str:
    """Return a sentence about the stretch under way, such as "Sun 29 Nov so far: 41."; "" where all are over.

    Args:
        series: With the stretch as its last point.
        grain: "day", "week" or "month".
        words: What to say of it; its number when empty.
    """
    if not series.is_running:
        return ""
    return f" {_running_stretch(series, grain)} so far: {words or reading_words(series.points[-1].reading)}."


def _running_stretch(series: Series, grain: str) -> str:
    """Return the name of the last stretch. It is named by its dates: "today" would be wrong after midnight."""
    return stretch_words(replace(series.points[-1], is_running=False), grain)


def reading_words(reading: Reading) -> str:
    """Return a reading in its unit."""
    return phrasing.amount(reading.value, reading.unit, reading.n)
