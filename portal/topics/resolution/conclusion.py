"""What the charts of reply and resolution times say."""

from statistics import median
from typing import Final

from analytics.metrics import Better
from portal.numbers import phrasing
from portal.numbers.reading import Point
from portal.topics.resolution.dataset import CategoryTime, Cohorts, Distribution, DurationTrend, Matrix

_LEAST_STRETCHES: Final = 6
_CLEARLY_HIGHER: Final = 1.5


def category_times(rows: tuple[CategoryTime, ...], least_n: int = 20) -> str:
    """Say which category takes longest, among those with enough tickets to say so."""
    known = [row for row in rows if row.now.value is not None and row.now.n >= least_n]
    if len(known) <= 1:
        return "Bar: median. Thin line: nine in ten are solved within it."
    ranked = sorted(known, key=lambda row: -(row.now.value or 0))
    slowest, next_one = ranked[0], ranked[1]
    longest = phrasing.amount(slowest.now.value, slowest.now.unit)
    if longest == phrasing.amount(next_one.now.value, next_one.now.unit):
        return f"{slowest.label} and {next_one.label} take longest: half are solved within {longest}."
    return f"{slowest.label} takes longest: half are solved within {longest}."


def distribution(dataset: Distribution) -> str:
    """Say what half and nine in ten stay within."""
    now = dataset.now
    if now.value is None or now.p90 is None:
        return "Nothing was measured in this period."
    half, most = phrasing.amount(now.value, dataset.unit), phrasing.amount(now.p90, dataset.unit)
    if half == most:
        return f"Nine in ten are within {most}."
    return f"Half are within {half} and nine in ten within {most}; one in ten takes longer."


def percentiles(dataset: DurationTrend) -> str:
    """Say where the median stood in the first and the last third of the period, when that is a clear difference.

    Thirds, not ends: a single week says little.
    """
    known = [point for point in dataset.medians.points if point.reading.value is not None and point.reading.n > 0]
    if len(known) < _LEAST_STRETCHES:
        return "Too few stretches of time to tell a direction."
    third = len(known) // 3
    unit = known[-1].reading.unit
    first, last = (_middle(known[:third]), _middle(known[-third:]))
    change = phrasing.change(last, first, unit, Better.LOWER).text
    before, after = phrasing.amount(first, unit), phrasing.amount(last, unit)
    if change == "no change" or before == after:
        return f"{_steady(known, last, after)}."
    word = "rose" if last > first else "fell"
    return f"The median {word} from about {before} in the first third of the period to {after} in the last."


def _steady(known: list[Point], usual: float, typical: str) -> str:
    """Say where a median without direction stood, and how high it went in between, when that was clearly higher."""
    highest = max(known, key=lambda point: point.reading.value or 0)
    peak = highest.reading.value or 0
    if peak < _CLEARLY_HIGHER * usual:
        return f"The median stayed at about {typical} throughout"
    days = phrasing.days_between(highest.start, highest.last)
    most = phrasing.amount(peak, highest.reading.unit)
    return f"The median was about {typical} at the start and at the end of the period; the highest was {most}, {days}"


def cohorts(dataset: Cohorts) -> str:
    """Say how much longer tickets take once those still open are counted, for the stretch with the largest gap."""
    gaps = [
        (full.reading.value - naive.reading.value, naive, full)
        for naive, full in zip(dataset.resolved_only.points, dataset.with_open.points, strict=True)
        if naive.reading.value is not None and full.reading.value is not None
    ]
    unsolved = [point for point in dataset.with_open.points if point.reading.value is None and point.reading.n]
    if unsolved:
        when = phrasing.stretch(unsolved[0].start, unsolved[0].last, dataset.grain)
        return f"Of the tickets created in {when}, fewer than half are solved yet, so no median can be given for them."
    if not gaps:
        return "Nothing was measured in this period."
    gap, naive, full = max(gaps, key=lambda entry: entry[0])
    medians = [phrasing.amount(point.reading.value, point.reading.unit) for point in (naive, full)]
    if gap <= 0 or medians[0] == medians[1]:
        return "Open tickets change little here: both readings agree."
    when = phrasing.stretch(full.start, full.last, dataset.grain)
    return f"For {when} the resolved tickets alone say {medians[0]}; with the open ones counted it is {medians[1]}."


def matrix(dataset: Matrix, least_n: int = 20) -> str:
    """Say which category and priority takes longest, among the cells with enough tickets to say so."""
    cells = [
        (cell.reading, row.label, priority)
        for row in dataset.rows
        for cell, priority in zip(row.cells, dataset.priorities, strict=False)
        if cell.reading is not None and cell.reading.value is not None and cell.reading.n >= least_n
    ]
    if not cells:
        return f"No category and priority has {least_n} tickets or more, so none is named the slowest."
    reading, label, priority = max(cells, key=lambda entry: entry[0].value or 0)
    half = phrasing.amount(reading.value, reading.unit)
    return f"{label} at {priority.lower()} priority takes longest: half within {half}, n {phrasing.count(reading.n)}."


def _middle(points: list[Point]) -> float:
    """Return the median of medians, so that one odd week does not speak for a third of the period."""
    return median([point.reading.value or 0.0 for point in points])
