"""The words of a reading and of a stretch of time, as charts and their tables say them."""

from portal.numbers import phrasing
from portal.numbers.reading import Point, Reading

LONGER = "Choose a longer period or fewer filters."


def stretch_words(point: Point, grain: str, *, with_year: bool = False) -> str:
    """Return the words for a point's stretch of time."""
    words = phrasing.stretch(point.start, point.last, grain)
    return (
        f"{words} {point.last.year}" if with_year and grain != "month" and str(point.last.year) not in words else words
    )


def reading_words(reading: Reading) -> str:
    """Return a reading in its unit."""
    return phrasing.amount(reading.value, reading.unit, reading.n)
