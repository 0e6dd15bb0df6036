"""Chooses the tables that an answer is read from: the smallest rollup that has all dimensions asked for, else facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.vocabulary import UNKNOWN_HOUR
from warehouse.metric_query.grains import TIME_GRAINS
from warehouse.metric_query.names import TOLD_APART, Names
from warehouse.metric_query.periods import Stretch, cover
from warehouse.rollups.custom import CustomDimension
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
        customs: The desk's own dimensions in the query, by slug.
    """

    table: str
    day: str
    hour: str
    column: Callable[[str], str]
    stretch: Stretch
    rollup: Rollup | None = None
    customs: Mapping[str, CustomDimension] = field(default_factory=dict)

    def relation(self, names: Names) -> str:
        """Return the SQL of the table, joined with a ticket's values where the query splits by a list."""
        lists = [self.customs[name].relation_sql for name in names.by if name in self.customs]
        return f"marts.{self.table}{''.join(lists) if self.rollup is None else ''}"

    def keys(self, names: Names) -> tuple[str, ...]:
        """Return the SQL of the names that the query splits by."""
        return tuple(self.expression(name) for name in names.by)

    def expression(self, name: str) -> str:
        """Return the SQL of a dimension or time grain."""
        if name in self.customs:
            return self.customs[name].id_sql if self.rollup is None else "custom_value_id"
        if name in TOLD_APART:
            return self.column(name)
        return TIME_GRAINS[name].format(day=self.day, hour=self.hour)

    def condition(self, names: Names, parameters: "ParameterBag") -> str:
        """Return the SQL condition of the stretch and the filters."""
        parts = [
            f"{self.day} >= {parameters.add(self.stretch.start)}",
            f"{self.day} < {parameters.add(self.stretch.end)}",
        ]
        parts += self.filters(names, parameters)
        if self.rollup is not None and self.rollup.node.is_custom:
            parts.append(f"custom_slot_id = {parameters.add(next(iter(self.customs.values())).slot)}")
        if names.is_date_only is not None and self.rollup is None:
            parts.append(f"is_date_only = {parameters.add(names.is_date_only)}")
        return " and ".join(parts)

    def filters(self, names: Names, parameters: "ParameterBag") -> list[str]:
        """Return the SQL conditions of the filters alone."""
        return [self._filter(name, ids, parameters) for name, ids in names.filters.items()]

    def _filter(self, name: str, ids: Sequence[int], parameters: "ParameterBag") -> str:
        custom = self.customs.get(name)
        if custom is not None and custom.is_list and self.rollup is None:
            return f"list_ids && cast({parameters.add([custom.code(each) for each in ids])} as integer[])"
        return f"{self.expression(name)} = any({parameters.add(list(ids))})"

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


def fact_source(anchor: Anchor, stretch: Stretch, names: Names) -> Source:
    """Return an anchor's facts over a stretch."""
    day, hour = f"{anchor.prefix}_date", f"{anchor.prefix}_hour"
    return Source(anchor.source, day, hour, anchor.column, stretch, customs=names.customs)


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
            yield fact_source(anchor, Stretch(start, end, None), names), anchor
    if not kept:
        return
    is_in_rollups = names.is_date_only is None or tells_precision
    by_grain = _rollups(names, durations=durations) if is_in_rollups else {}
    for stretch in cover(*names.widened(start, end), frozenset(by_grain)):
        if stretch.grain is None:
            for anchor in kept:
                yield fact_source(anchor, stretch, names), anchor
        else:
            rollup = by_grain[stretch.grain]
            yield Source(rollup.table, "start_date", HOUR, key_column, stretch, rollup, names.customs), None


def _rollups(names: Names, *, durations: bool) -> Mapping[Grain, Rollup]:
    """Return the best rollup of each usable grain: of those with all dimensions asked for, the one with the fewest."""
    fitting = [
        rollup
        for rollup in ROLLUPS
        if rollup.is_durations == durations
        and (names.is_one_custom if rollup.node.is_custom else names.dimensions <= set(rollup.node.dimensions))
        and rollup.grain in names.grains
    ]
    best: dict[Grain, Rollup] = {}
    for rollup in sorted(fitting, key=lambda each: len(each.node.dimensions)):
        best.setdefault(rollup.grain, rollup)
    return best
