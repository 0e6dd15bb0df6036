"""How many tickets, of what kind, and when."""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from analytics import pages
from analytics.time_units import WEEK_DAYS
from portal.numbers.buckets import Bucket, buckets, coarser, drawn, grain_for
from portal.numbers.filters import Comparison, Days, Period, TicketFilters
from portal.numbers.reader import Name, ask, by_key, names, series, tickets_href, today, total, value_of
from portal.numbers.reading import Point, Reading, Series
from portal.topics.volume.dataset import ArrivalHour, Arrivals, MonthsOfYears, Split, SplitPart, TicketsOverTime
from warehouse.metric_query import Key

_LABELS = {Comparison.PREVIOUS: "Before", Comparison.LAST_YEAR: "Last year"}
_MOST_PARTS = 8
_MOST_YEARS = 4
"""More lines than these cannot be labels apart."""


def tickets_over_time(connection: sa.Connection, filters: TicketFilters) -> TicketsOverTime:
    """Return tickets created in each stretch of the period, beside those of the comparison, place by place."""
    grain, now = grain_for(filters.start, filters.end), today(connection)
    cut = buckets(filters.start, filters.end, grain, now)
    whole = drawn(cut)
    answer = ask(connection, filters, "created", (grain,))
    compared, before = _compared(connection, filters, grain, cut)
    tickets = sum(reading.n for reading in by_key(answer).values())
    is_today_last = now == filters.end - timedelta(days=1) and filters.length > 1
    return TicketsOverTime(
        grain,
        series("This period", answer, whole, filters),
        compared,
        _busiest_week(connection, filters),
        is_partial=len(whole) < len(cut),
        tickets=tickets,
        tickets_before=before,
        up_to_yesterday=_without_last_days(connection, filters, tickets, before) if is_today_last else None,
    )


def _without_last_days(
    connection: sa.Connection, filters: TicketFilters, tickets: int, before: int | None
) -> tuple[int, int] | None:
    """Return the tickets of the period and of the comparison, each without its last day."""
    other = filters.compared()
    if other is None or before is None:
        return None
    last = [replace(each, start=each.end - timedelta(days=1)) for each in (filters, other)]
    today_so_far, then = (total(ask(connection, each, "created")).n for each in last)
    return tickets - today_so_far, before - then


def _compared(
    connection: sa.Connection, filters: TicketFilters, grain: str, cut: tuple[Bucket, ...]
) -> tuple[Series | None, int | None]:
    """Return the comparison's number, and its stretches moved so that each stands at the place of the current one.

    They are moved by whole weeks, so that a Monday stands at a Monday: the line may begin some days before the period
    that is counted. By months nothing lines up, so there is a number but no line.
    """
    other = filters.compared()
    if other is None:
        return None, None
    back = -(-(filters.start - other.start).days // WEEK_DAYS) * WEEK_DAYS
    lined_up = replace(other, start=filters.start - timedelta(days=back))
    found = by_key(ask(connection, lined_up, "created", ("day",)))
    tickets = sum(reading.n for day, reading in found.items() if isinstance(day, date) and day >= other.start)
    if not tickets or grain == "month":
        return None, tickets
    points = tuple(_summed(found, bucket, back, other) for bucket in drawn(cut))
    return Series(_LABELS[filters.compare], points), tickets


def _summed(found: dict[Key, Reading], bucket: Bucket, days_back: int, filters: TicketFilters) -> Point:
    days = [
        bucket.start.fromordinal(day - days_back) for day in range(bucket.start.toordinal(), bucket.end.toordinal())
    ]
    tickets = sum(found[day].n for day in days if day in found)
    href = tickets_href(filters, "created", days=(days[0], days[-1].fromordinal(days[-1].toordinal() + 1)))
    return Point(days[0], days[-1], Reading(tickets, tickets, "tickets"), href)


def _busiest_week(connection: sa.Connection, filters: TicketFilters) -> Point | None:
    """Return the seven days in a row with most tickets; None for fewer than two weeks."""
    if filters.length < 2 * WEEK_DAYS:
        return None
    found = by_key(ask(connection, filters, "created", ("day",)))
    days = [bucket.start for bucket in buckets(filters.start, filters.end, "day")]
    counts = [found[day].n if day in found else 0 for day in days]
    sums = [sum(counts[place : place + WEEK_DAYS]) for place in range(len(days) - WEEK_DAYS + 1)]
    first = max(range(len(sums)), key=sums.__getitem__)
    last = days[first + WEEK_DAYS - 1]
    following = last.fromordinal(last.toordinal() + 1)
    href = tickets_href(filters, "created", days=(days[first], following))
    return Point(days[first], last, Reading(sums[first], sums[first], "tickets"), href)


def arrivals(connection: sa.Connection, filters: TicketFilters) -> Arrivals:
    """Return tickets created in each hour of the week, or by weekday where only dates are known."""
    by_hour = by_key(ask(connection, filters, "created", ("hour_of_week",)))
    by_day = by_key(ask(connection, filters, "created", ("weekday",)))
    tickets = sum(reading.n for reading in by_day.values())
    timed = sum(reading.n for reading in by_hour.values())
    weeks = max(filters.length / WEEK_DAYS, 1.0)
    hours = tuple(_arrival(filters, by_hour, place, weeks, "hour_of_week") for place in range(168)) if timed else ()
    weekdays = tuple(_arrival(filters, by_day, place, weeks, "weekday") for place in range(WEEK_DAYS))
    return Arrivals(hours, weekdays, tickets - timed, tickets)


def _arrival(filters: TicketFilters, found: dict[Key, Reading], place: int, weeks: float, key: str) -> ArrivalHour:
    weekday, hour = divmod(place, 24) if key == "hour_of_week" else (place, 0)
    tickets = found[place].n if place in found else 0
    return ArrivalHour(
        weekday, hour, tickets, tickets / weeks, filters.href(pages.TICKETS, **{"metric": "created", key: str(place)})
    )


def split(connection: sa.Connection, filters: TicketFilters, dimension: str) -> Split:
    """Return the period's tickets by category, channel, priority or customer type; small parts beyond eight as one."""
    grain = coarser(grain_for(filters.start, filters.end))
    answer = ask(connection, filters, "created", (dimension, grain))
    labels = names(connection, dimension)
    found: dict[Key, dict[Key, Reading]] = {}
    for row in answer.rows if answer else ():
        found.setdefault(row.keys[0], {})[row.keys[1]] = Reading(row.value, row.n, "tickets")
    compared = filters.compared()
    # Without a single ticket to compare with, every change would be "all of them".
    before = None if compared is None else by_key(ask(connection, compared, "created", (dimension,))) or None
    whole = buckets(filters.start, filters.end, grain, today(connection))
    cut = drawn(whole)
    values = sorted(found, key=lambda value: -sum(reading.n for reading in found[value].values()))
    kept = values if len(values) <= _MOST_PARTS else values[: _MOST_PARTS - 1]
    groups: list[tuple[tuple[Key, ...], Name]] = [
        ((value,), labels[value_of(value)])
        for value in sorted(kept, key=lambda value: labels[value_of(value)].position)
    ]
    if len(kept) < len(values):
        groups.append((tuple(values[len(kept) :]), Name(f"{len(values) - len(kept)} others", -1)))
    parts = tuple(_part(filters, dimension, group, name, (found, before, cut)) for group, name in groups)
    tickets = sum(part.tickets for part in parts)
    return Split(dimension.replace("_", " "), grain, parts, tickets, is_partial=len(cut) < len(whole))


_Found = tuple[dict[Key, dict[Key, Reading]], dict[Key, Reading] | None, tuple[Bucket, ...]]


def _part(filters: TicketFilters, dimension: str, values: tuple[Key, ...], name: Name, numbers: _Found) -> SplitPart:
    found, before, cut = numbers
    chosen = filters.with_values(dimension, tuple(value_of(value) for value in values))
    points = tuple(
        Point(
            bucket.start,
            bucket.last,
            _sum([found[value].get(bucket.key) for value in values]),
            href,
            bucket.is_running,
        )
        for bucket in cut
        for href in (tickets_href(chosen, "created", days=(bucket.start, bucket.end)),)
    )
    return SplitPart(
        Series(name.label, points, None if name.position < 0 else name.position),
        sum(reading.n for value in values for reading in found[value].values()),
        None if before is None else _sum([before.get(value) for value in values]).n,
        tickets_href(chosen, "created"),
    )


def _sum(readings: list[Reading | None]) -> Reading:
    n = sum(reading.n for reading in readings if reading is not None)
    return Reading(n, n, "tickets")


def last_year(connection: sa.Connection, filters: TicketFilters) -> TicketsOverTime:
    """Return the period beside the same weeks of the year before."""
    return tickets_over_time(connection, replace(filters, compare=Comparison.LAST_YEAR))


def months_of_years(connection: sa.Connection, filters: TicketFilters, days: Days) -> MonthsOfYears:
    """Return tickets created in each month of the last four years, whatever the period; the one under way too.

    Args:
        connection: In the role that reads marts.
        filters: Which tickets; their period is not used.
        days: The days there is data for.
    """
    start = max(days.first, date(days.last.year - _MOST_YEARS + 1, 1, 1))
    whole = replace(filters, start=start, end=days.last + timedelta(days=1), period=Period.CUSTOM)
    cut = buckets(whole.start, whole.end, "month", today(connection))
    months = [bucket for bucket in cut if bucket.is_whole or bucket.is_running]
    answer = ask(connection, whole, "created", ("month",))
    years = tuple(
        series(str(year), answer, tuple(each for each in months if each.start.year == year), whole)
        for year in sorted({each.start.year for each in months})
    )
    return MonthsOfYears(years, round(sum(year.total for year in years)))
