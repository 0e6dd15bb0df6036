"""Generates SQL from `warehouse.rollups.declaration`: the cells of every rollup, from facts or from finer cells.

The SQL is a plain SELECT with three uses: a rebuild makes cells from all facts, a refresh subtracts old facts and adds
new ones, and a test compares the cells with the tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from analytics.histograms import bucket_sql
from analytics.packed_histograms import LAST_DAY
from analytics.vocabulary import DIMENSIONS
from warehouse.rollups.custom import CustomDimension, cells_sql
from warehouse.rollups.declaration import (
    ANCHORS,
    CUSTOM_KEYS,
    DURATION_IDS,
    HOUR,
    KEPT_COUNTERS,
    LATTICE,
    Anchor,
    Grain,
    Node,
)

COUNT_COLUMNS: Final = KEPT_COUNTERS
DURATION_COLUMNS: Final = ("n", "total")
LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {"excluded": "is_excluded and not is_merged", "merged": "is_merged"}
)
"""Why an event is in no other counter -> the condition of the fact."""


@dataclass(frozen=True, slots=True)
class Rollup:
    """One rollup table.

    Attributes:
        node: Dimensions of the rollup.
        grain: Grain of time of the rollup.
        is_durations: Whether it holds duration histograms; else counters.
    """

    node: Node
    grain: Grain
    is_durations: bool

    @property
    def table(self) -> str:
        """Name of the table in schema marts."""
        return self.node.duration_table(self.grain) if self.is_durations else self.node.counter_table(self.grain)

    @property
    def dimension_columns(self) -> tuple[str, ...]:
        """Columns of its dimensions."""
        return tuple(key_column(name) for name in self.node.dimensions)

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns of its primary key, in order."""
        if self.is_durations:
            return ("duration_id", "start_date", *self.dimension_columns)
        return ("start_date", *self.dimension_columns)

    @property
    def values(self) -> tuple[str, ...]:
        """Columns of whole numbers that are added up. Rollups of durations also have a packed histogram."""
        return DURATION_COLUMNS if self.is_durations else COUNT_COLUMNS

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column."""
        return (*self.keys, *self.values, *(("histogram",) if self.is_durations else ()))

    def covers(self, other: "Rollup") -> bool:
        """Say whether the cells of the other rollup are sums of this rollup's cells."""
        nests = self.grain is Grain.DAY or self.grain is other.grain
        return (
            self is not other
            and self.is_durations == other.is_durations
            and self.node.is_custom == other.node.is_custom
            and nests
            and set(other.node.dimensions) <= set(self.node.dimensions)
        )


def key_column(dimension: str) -> str:
    """Return the column that holds a dimension in facts and rollups."""
    return dimension if dimension == HOUR else f"{dimension}_id"


def _ordered() -> tuple[Rollup, ...]:
    rollups = [Rollup(node, grain, is_durations=False) for node in LATTICE for grain in node.counter_grains]
    rollups += [Rollup(node, grain, is_durations=True) for node in LATTICE for grain in node.duration_grains]
    return tuple(sorted(rollups, key=lambda each: -sum(each.covers(other) for other in rollups)))


ROLLUPS: Final = _ordered()
"""Every rollup; a rollup comes before those that are made from it."""


def parent_of(rollup: Rollup) -> Rollup | None:
    """Return the smallest rollup that this one can be summed from; None if it is made from facts."""
    covering = [other for other in ROLLUPS[: ROLLUPS.index(rollup)] if other.covers(rollup)]
    return min(covering, key=lambda each: len(each.node.dimensions), default=None)


def cells_from_facts(rollup: Rollup, *, signed: bool, customs: Sequence[CustomDimension] = ()) -> str:
    """Return the SELECT of a rollup's cells from `new_fct_tickets` and `new_fct_ticket_events`.

    Args:
        rollup: The rollup.
        signed: Whether the facts have a column `sign`: 1 to add a fact, -1 to subtract it.
        customs: The dimensions of the desk's own.
    """
    # Without any there are no cells, but the columns are the same.
    lateral = cells_sql(customs) or _NO_CUSTOM if rollup.node.is_custom else ""
    if rollup.is_durations:
        # Every duration has only one anchor, so no two parts have a cell in common.
        return "\nunion all\n".join(_duration_parts(rollup, signed, lateral))
    union = "\nunion all\n".join(_counter_parts(rollup, signed, lateral))
    # Cells in which every counter is 0 are left out, because a refresh keeps no such cells either.
    having = "" if signed else f" having sum({' + '.join(rollup.values)}) <> 0"
    return f"select {_summed(rollup)} from (\n{union}\n) as parts group by {', '.join(rollup.keys)}{having}"


_NO_CUSTOM: Final = " cross join lateral (select 0, 0 where false) as custom (slot_id, value_id)"
_CUSTOM_COLUMNS: Final = dict(zip(CUSTOM_KEYS, ("custom.slot_id", "custom.value_id"), strict=True))


def cells_from_cells(rollup: Rollup, source: str, source_grain: Grain) -> str:
    """Return the SELECT of a rollup's cells from the finer cells in a table."""
    start = date_in_grain("start_date", rollup.grain) if source_grain is not rollup.grain else "start_date"
    keys = ", ".join(f"{start} as start_date" if key == "start_date" else key for key in rollup.keys)
    groups = ", ".join(start if key == "start_date" else key for key in rollup.keys)
    packed = ", marts.compact_histogram(string_agg(histogram, '')) as histogram" if rollup.is_durations else ""
    return f"select {keys}, {_sums(rollup.values)}{packed} from {source} group by {groups}"


def date_in_grain(column: str, grain: Grain) -> str:
    """Return the SQL expression of the first day of a date's month."""
    if grain is Grain.DAY:
        return column
    # The cast is to a timestamp without time zone; with one, the result would depend on the session's time zone.
    return f"date_trunc('{grain}', {column}::timestamp)::date"


def _summed(rollup: Rollup) -> str:
    return f"{', '.join(rollup.keys)}, {_sums(rollup.values)}"


def _sums(values: tuple[str, ...]) -> str:
    return ", ".join(f"sum({value})::{'bigint' if value == 'total' else 'integer'} as {value}" for value in values)


def _keys_of(anchor: Anchor, rollup: Rollup) -> Iterator[tuple[str, str]]:
    """Yield (expression, name) of the start date and the dimensions."""
    yield date_in_grain(f"{anchor.prefix}_date", rollup.grain), "start_date"
    for dimension in rollup.node.dimensions:
        column = f"{anchor.prefix}_hour" if dimension == HOUR else anchor.column(dimension)
        yield _CUSTOM_COLUMNS.get(dimension, column), key_column(dimension)


def _counter_parts(rollup: Rollup, signed: bool, lateral: str) -> Iterator[str]:  # noqa: FBT001 - passed on by name from cells_from_facts
    for anchor in ANCHORS:
        if anchor.is_momentary:
            continue
        keys = tuple(_keys_of(anchor, rollup))
        sums = counter_sums(anchor, signed=signed)
        columns = ", ".join(f"{sums.get(name, '0')} as {name}" for name in COUNT_COLUMNS)
        yield (
            f"select {', '.join(f'{sql} as {name}' for sql, name in keys)}, {columns}\n"
            f"from new_{anchor.source}{lateral} where {anchor.predicate}\n"
            f"group by {', '.join(sql for sql, _ in keys)}"
        )


def counter_sums(anchor: Anchor, *, signed: bool = False) -> dict[str, str]:
    """Return each counter of an anchor with its SQL sum over fact rows; 0 over none."""
    sign = "sign * " if signed else ""
    sums = {
        name: f"coalesce(sum({sign}{sql}) filter (where not is_excluded), 0)::integer"
        for name, sql in anchor.counters.items()
    }
    for counter, condition in LEFT_OUT.items():
        name = f"{anchor.name}_{counter}"
        sums[name] = f"coalesce(sum({sign}1) filter (where {condition}), 0)::integer"
    return sums


def _duration_parts(rollup: Rollup, signed: bool, lateral: str) -> Iterator[str]:  # noqa: FBT001 - passed on by name from cells_from_facts
    # In a rollup with all dimensions a cell has few tickets, rarely two in one bucket. Joining one entry for each
    # ticket is quicker than counting by bucket.
    is_fine = set(rollup.node.dimensions) == set(DIMENSIONS)
    for anchor in ANCHORS:
        if anchor.durations:
            yield (
                _packed(anchor, rollup) if is_fine and not signed else _bucketed(anchor, rollup, lateral, signed=signed)
            )


def _packed(anchor: Anchor, rollup: Rollup) -> str:
    """Return the SELECT of an anchor's cells, with a histogram entry for each ticket. It needs only one scan."""
    keys = tuple(_keys_of(anchor, rollup))
    sums, rows = [], []
    for number, amount in duration_values(anchor):
        entry = f"marts.histogram_entry({_bucket(number, amount)}, 1)"
        sums.append(
            f"count({amount})::integer as n{number}, sum({amount})::bigint as total{number},"
            f" string_agg({entry}, '') filter (where {amount} is not null) as histogram{number}"
        )
        rows.append(f"({number}, n{number}, total{number}, histogram{number})")
    return (
        f"select duration_id, {', '.join(name for _, name in keys)}, cell.n, cell.total, cell.histogram\n"
        f"from (select {', '.join(f'{sql} as {name}' for sql, name in keys)}, {', '.join(sums)}\n"
        f"from new_{anchor.source} where {anchor.predicate} and not is_excluded\n"
        f"group by {', '.join(sql for sql, _ in keys)}) as cells\n"
        f"cross join lateral (values {', '.join(rows)}) as cell (duration_id, n, total, histogram) where cell.n > 0"
    )


def _bucketed(anchor: Anchor, rollup: Rollup, lateral: str, *, signed: bool) -> str:
    """Return the SELECT of an anchor's cells, with a histogram entry for each bucket."""
    keys = tuple(_keys_of(anchor, rollup))
    names = ", ".join(rollup.keys)
    rows = ", ".join(f"({number}, {sql})" for number, sql in duration_values(anchor))
    bucket = f"case when mod(duration_id, 2) = 1 then {day_bucket('amount')} else {bucket_sql('amount')} end"
    return (
        f"select {names}, sum(n)::integer as n, sum(total)::bigint as total,"
        " coalesce(string_agg(marts.histogram_entry(bucket, n), '' order by bucket) filter (where n <> 0), '')"
        f" as histogram\nfrom (select {names}, {bucket} as bucket,"
        " sum(sign)::integer as n, sum(sign * amount)::bigint as total\n"
        f"from (select {', '.join(f'{sql} as {name}' for sql, name in keys)}, {'sign' if signed else '1'} as sign,"
        f" value.*\nfrom new_{anchor.source}{lateral}\n"
        f"cross join lateral (values {rows}) as value (duration_id, amount)\n"
        f"where {anchor.predicate} and not is_excluded and value.amount is not null) as amounts\n"
        f"group by {names}, bucket) as buckets group by {names}"
    )


def duration_values(anchor: Anchor) -> Iterator[tuple[int, str]]:
    """Yield (duration_id, SQL expression) of an anchor's durations; whole days have odd numbers."""
    for name, sql in anchor.durations.items():
        yield DURATION_IDS[name], sql
    for name, sql in anchor.days.items():
        yield DURATION_IDS[name] + 1, sql


def _bucket(duration_id: int, amount: str) -> str:
    return day_bucket(amount) if duration_id % 2 else bucket_sql(amount)


def day_bucket(days: str) -> str:
    """Return the SQL expression of the bucket of a duration in whole days: the days, up to `LAST_DAY`."""
    return f"least({days}, {LAST_DAY})"
