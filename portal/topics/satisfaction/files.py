"""The Satisfaction page's tables, as files."""

from typing import Final

from analytics.intervals import wilson_interval
from portal.topics.satisfaction import conclusion as says
from portal.topics.satisfaction.dataset import LowRatings, RatedParts, Ratings
from table_files.table import Column, Kind, Table

_SHARE: Final = "CSAT (0 to 1)"
_DECIMALS: Final = 4
_ENDS: Final = ("May be: from", "May be: to")


def weeks_table(found: Ratings, zone: str) -> Table:
    """Return CSAT and who answers of each stretch drawn."""
    heads = ("First day", "Last day", _SHARE, *_ENDS, "Ratings", "Answered (0 to 1)", "Surveys")
    rows = [
        (
            point.start,
            point.last,
            _rounded(point.reading.value),
            *_interval(point.reading.value, point.reading.n),
            point.reading.n,
            _rounded(answered.value),
            answered.n,
        )
        for point, answered in zip(found.csat.points, found.answered, strict=True)
    ]
    return Table("CSAT over time", [Column(head) for head in heads], rows, zone)


def _interval(value: float | None, n: int) -> tuple[float | None, float | None]:
    low, high = (None, None) if value is None else wilson_interval(round(value * n), n)
    return _rounded(low), _rounded(high)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DECIMALS)


def parts_table(found: RatedParts, zone: str) -> Table:
    """Return CSAT by a dimension, in the page's order."""
    heads = (found.dimension.capitalize(), _SHARE, *_ENDS, "Ratings", "Against the others")
    rows = [
        (part.label, *map(_rounded, (part.csat.value, part.low, part.high)), part.csat.n, says.STANDINGS[part.standing])
        for part in found.parts
    ]
    return Table("CSAT by part", [Column(head) for head in heads], rows, zone)


def low_table(found: LowRatings, zone: str) -> Table:
    """Return every low rating, in the page's order."""
    columns = (
        Column("Ticket"),
        Column("Rating (1 to 5)"),
        Column("Rated", Kind.INSTANT, width=30),
        Column("Comment", width=80),
        Column("Subject", width=48),
        Column("Category"),
        Column("Agent"),
    )
    rows = [
        (row.ticket_id, row.rating, row.rated_at, row.comment, row.subject, row.category, row.agent)
        for row in found.rows
    ]
    return Table("Low ratings", columns, rows, zone)
