"""Chooses the tables that an answer is read from: the smallest rollup that has all dimensions asked for, else facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.vocabulary import DIMENSIONS, UNKNOWN_HOUR
from warehouse.metric_query.names import TIME_GRAINS, Names
from warehouse.metric_query.periods import Stretch, cover
from warehouse.rollups.declaration import HOUR, Anchor, Grain
from warehouse.rollups.sql import ROLLUPS, Rollup, key_column

Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The table that one stretch of a period is read from.

    Attributes:
        table: Table in schema marts.
        day: Column of the day (in a rollup, the first day of the cell).
        hour: Column of the hour.
        column: Dimension -> column.
        stretch: The days to read.
        rollup: The rollup; None means facts.
    """

    table: str
    day: str
    hour: str
    column: Callable[[str], str]
    stretch: Stretch
    rollup: Rollup | None = None

    def keys(self, names: Names) -> tuple[str, ...]:
        """Return the SQL of the names that the query splits by."""
        return tuple(self.expression(name) for name in names.by)

    def expression(self, name: str) -> str:
        """Return the SQL of a dimension or time grain."""
        if name in DIMENSIONS:
            return self.column(name)
        return TIME_GRAINS[name].format(day=self.day, hour=self.hour)

    def condition(self, names: Names, parameters: "ParameterBag") -> str:
        """Return the SQL condition of the stretch and the filters."""
        parts = [
            f"{self.day} >= {parameters.add(self.stretch.start)}",
            f"{self.day} < {parameters.add(self.stretch.end)}",
        ]
        parts += [f"{self.expression(name)} = any({parameters.add(list(ids))})" for name, ids in names.filters.items()]
        if names.is_date_only is not None and self.rollup is None:
            parts.append(f"is_date_only = {parameters.add(names.is_date_only)}")
        return " and ".join(parts)

    def timed_condition(self, names: Names) -> str:
        """Return the SQL condition on the hour: known if the query uses hours, unknown to count what is left out."""
        if names.is_untimed:
            return f"{self.hour} = {UNKNOWN_HOUR}"
        return f"{self.hour} <> {UNKNOWN_HOUR}" if names.is_hourly else "true"


@dataclass(slots=True)
class ParameterBag:
    """The parameters of one statement; equal values share a name."""

    values: Parameters = field(default_factory=dict)

    def add(self, value: object) -> str:
        """Keep a value and return its placeholder."""
        for name, known in self.values.items():
            if type(known) is type(value) and known == value:
                return f":{name}"
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def fact_source(anchor: Anchor, stretch: Stretch) -> Source:
    """Return an anchor's facts over a stretch."""
    return Source(anchor.source, f"{anchor.prefix}_date", f"{anchor.prefix}_hour", anchor.column, stretch)


def sources(
    anchors: Sequence[Anchor], names: Names, start: date, end: date, *, durations: bool, tells_precision: bool = False
) -> Iterator[tuple[Source, Anchor | None]]:
    """Yield the sources to read. Facts come with their anchor; a rollup comes with None, because it has all anchors.

    Args:
        anchors: Anchors of the counters or durations asked for.
        names: Names that the query splits and filters by.
        start: First day.
        end: First day after.
        durations: Read duration histograms; else counters.
        tells_precision: Whether the rollups keep events known by date only apart from the others.
    """
    kept = [anchor for anchor in anchors if not anchor.is_momentary]
    for anchor in anchors:
        if anchor.is_momentary:
            yield fact_source(anchor, Stretch(start, end, None)), anchor
    if not kept:
        return
    is_in_rollups = names.is_date_only is None or tells_precision
    by_grain = _rollups(names, durations=durations) if is_in_rollups else {}
    for stretch in cover(*names.widened(start, end), frozenset(by_grain)):
        if stretch.grain is None:
            for anchor in kept:
                yield fact_source(anchor, stretch), anchor
        else:
            rollup = by_grain[stretch.grain]
            yield Source(rollup.table, "start_date", HOUR, key_column, stretch, rollup), None


def _rollups(names: Names, *, durations: bool) -> Mapping[Grain, Rollup]:
    """Return the best rollup of each usable grain: of those with all dimensions asked for, the one with the fewest."""
    fitting = [
        rollup
        for rollup in ROLLUPS
        if rollup.is_durations == durations
        and names.dimensions <= set(rollup.node.dimensions)
        and rollup.grain in names.grains
    ]
    best: dict[Grain, Rollup] = {}
    for rollup in sorted(fitting, key=lambda each: len(each.node.dimensions)):
        best.setdefault(rollup.grain, rollup)
    return best
