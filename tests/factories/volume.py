"""Datasets of the Volume page."""

from datetime import date, timedelta

from portal.numbers.reading import Point, Reading, Series
from portal.topics.volume.dataset import MonthsOfYears, Split, SplitPart
from tests.factories.overview import FIRST_DAY, wave


def make_split(
    names: tuple[str, ...] = ("Book orders", "Technical support", "Account issues"), weeks: int = 13
) -> Split:
    """Return tickets per week in parts, each smaller than the one before; the last has no place of its own."""
    parts = tuple(_part(name, place, weeks) for place, name in enumerate(names))
    return Split("category", "week", parts, sum(part.tickets for part in parts))


def _part(name: str, place: int, weeks: int) -> SplitPart:
    points = tuple(
        Point(
            FIRST_DAY + timedelta(weeks=week),
            FIRST_DAY + timedelta(weeks=week, days=6),
            Reading(value, round(value), "tickets"),
            f"/tickets?category={place}&week={week}",
        )
        for week, value in enumerate(wave(weeks, 200 / (place + 1)))
    )
    series = Series(name, points, place)
    return SplitPart(series, round(series.total), round(0.8 * series.total), f"/tickets?category={place}")


def make_months_of_years(tickets: dict[int, tuple[int, ...]]) -> MonthsOfYears:
    """Return tickets per month: for each year those of its months, January first."""
    years = tuple(
        Series(str(year), tuple(_month(year, month, count) for month, count in enumerate(counts, start=1)))
        for year, counts in tickets.items()
    )
    return MonthsOfYears(years, sum(sum(counts) for counts in tickets.values()))


def _month(year: int, month: int, count: int) -> Point:
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Point(first, last, Reading(count, count, "tickets"), f"/tickets?from={first}&to={last}")
