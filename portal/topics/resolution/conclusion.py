"""What the charts of reply and resolution times say."""

from collections.abc import Mapping
from itertools import combinations
from math import sqrt
from statistics import median
from typing import Final

from analytics.metrics import Better, Clock, Metric
from analytics.takes_longest import LEAST_N, takes_longest
from portal.numbers import phrasing
from portal.numbers.reading import Point, Reading
from portal.topics.resolution.dataset import CategoryTime, Cohorts, Distribution, DurationTrend, Matrix

_LEAST_STRETCHES: Final = 6
_VERBS: Final = {
    "resolution": ("takes longest", "take longest"),
    "first_reply": ("waits longest for a first reply", "wait longest for a first reply"),
    "next_reply": ("waits longest for a next reply", "wait longest for a next reply"),
}
"""Measure -> what is said of one category, and of several."""
_CLEARLY_HIGHER: Final = 1.5
_TWO_SIDED: Final = 1.96


def category_times(rows: tuple[CategoryTime, ...]) -> str:
    """Say which category takes longest."""
    return _longest({row.label: row.now for row in rows}, "takes longest", "take longest", "half are solved within")


def _longest(readings: Mapping[str, Reading], one: str, several: str, half_words: str) -> str:
    """Say which of some names takes longest, by the one definition."""
    medians = {name: (each.value, each.n) for name, each in readings.items() if each.value is not None}
    named = takes_longest(medians)
    if not named:
        return f"Fewer than two categories have {LEAST_N} tickets, so none is named the slowest."
    verb = one if len(named) == 1 else several
    half = phrasing.amount(readings[named[0]].value, readings[named[0]].unit)
    return f"{phrasing.listed(named)} {verb}: {half_words} {half}."


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
    if not _has_direction([point.reading.value or 0.0 for point in known]):
        return f"The median was about {before} in the first third and {after} in the last, which may be chance."
    word = "rose" if last > first else "fell"
    return f"The median {word} from about {before} in the first third of the period to {after} in the last."


def _has_direction(values: list[float]) -> bool:
    """Say whether values rise or fall by more than chance: Mann and Kendall's test, two-sided at 5 %."""
    n = len(values)
    score = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    return abs(score) - 1 > _TWO_SIDED * sqrt(n * (n - 1) * (2 * n + 5) / 18)


def _steady(known: list[Point], usual: float, typical: str) -> str:
    """Say where a median without direction stood, and how high it went in between, when that was clearly higher."""
    highest = max(known, key=lambda point: point.reading.value or 0)
    peak = highest.reading.value or 0
    if peak < _CLEARLY_HIGHER * usual:
        return f"The median stayed at about {typical} throughout"
    years = {year for point in known for year in (point.start.year, point.last.year)}
    days = phrasing.days_between(highest.start, highest.last, with_year=len(years) > 1)
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


def matrix(dataset: Matrix, metric: Metric) -> str:
    """Say which category takes longest, and at which priority it does most."""
    whole = {row.label: row.cells[-1].reading for row in dataset.rows}
    readings = {label: each for label, each in whole.items() if each is not None}
    one, several = _VERBS.get(metric.numerator.removesuffix("_time").removesuffix("_business"), _VERBS["resolution"])
    said = _longest(readings, one, several, "half within")
    clock = " Only business hours count." if metric.clock is Clock.BUSINESS else ""
    return f"{said}{_at_worst(dataset, said)}{clock}"


def _at_worst(dataset: Matrix, said: str) -> str:
    """Return the priority at which the one category that was named takes longest, if that can be told."""
    row = next((row for row in dataset.rows if said.startswith((f"{row.label} takes", f"{row.label} waits"))), None)
    if row is None:
        return ""
    cells = {
        priority: (cell.reading.value, cell.reading.n)
        for priority, cell in zip(dataset.priorities, row.cells, strict=False)
        if cell.reading is not None and cell.reading.value is not None
    }
    named = takes_longest(cells)
    if len(named) != 1:
        return ""
    reading = row.cells[dataset.priorities.index(named[0])].reading
    half = phrasing.NOTHING if reading is None else phrasing.amount(reading.value, reading.unit)
    return f" Most of all at {named[0].lower()} priority: {half}."


def _middle(points: list[Point]) -> float:
    """Return the median of medians, so that one odd week does not speak for a third of the period."""
    return median([point.reading.value or 0.0 for point in points])
