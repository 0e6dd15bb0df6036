"""The names that a query may split and filter by, with their SQL for facts and for rollups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from analytics.vocabulary import CUSTOM_MARK, DIMENSIONS, NOT_SET_ID, UNBOUNDED_DIMENSIONS
from warehouse.custom_dimensions import held_dimensions
from warehouse.metric_query.grains import CALENDAR_GRAINS, GRAIN_LABELS, GRAIN_MONTHS, HOURLY, TIME_GRAINS
from warehouse.metric_query.model import Key, UnknownNameError, UnknownValueError, Where
from warehouse.rollups.custom import MOST_VALUES, OTHER, OTHER_ID, CustomDimension
from warehouse.rollups.declaration import HOUR, Grain
from warehouse.rollups.sql import key_column
from warehouse.tables.marts import COUNTER_TABLES
from warehouse.tables.marts import dimension_values as table

PRECISION: Final = "precision"
CUSTOMER: Final = "customer"
TOLD_APART: Final = (*DIMENSIONS, *UNBOUNDED_DIMENSIONS)
"""What every desk's tickets can be told apart by."""
_PRECISIONS: Final[Mapping[str | None, bool]] = MappingProxyType({"time": False, "date": True})

_CLOCK_VALUES: Final[Mapping[str, int]] = MappingProxyType({"weekday": 7, HOUR: 24, "hour_of_week": 168})
_BUILT_IN: Final = frozenset({*DIMENSIONS, CUSTOMER, *TIME_GRAINS, *_CLOCK_VALUES, PRECISION})


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a query, with values turned into ids.

    Attributes:
        by: Dimensions and time grains to split by.
        filters: Dimension (or time grain) -> allowed ids (or numbers).
        is_date_only: True: only tickets known by date only. False: only the others. None: both.
        labels: Dimension -> id -> value, for the dimensions in `by`.
        customs: The desk's own dimensions in the query, by slug.
        is_untimed: Whether to count only events without a time of day, which a split by hours leaves out.
        span: First and last day with any event; None when there is none.
    """

    by: tuple[str, ...]
    filters: Mapping[str, tuple[int, ...]]
    is_date_only: bool | None
    labels: Mapping[str, Mapping[int, str | None]]
    customs: Mapping[str, CustomDimension] = field(default_factory=dict)
    is_untimed: bool = False
    span: tuple[date, date] | None = None

    @property
    def dimensions(self) -> frozenset[str]:
        """Dimensions (and `hour`) that a source needs columns for."""
        used = {name for name in (*self.by, *self.filters) if name in TOLD_APART or name in self.customs}
        return frozenset(used | ({HOUR} if self.is_hourly or self.is_untimed else set()))

    @property
    def is_one_custom(self) -> bool:
        """Whether the query has one declared dimension and no other, so that its rollups have the answer."""
        if len(self.dimensions) != 1 or self.dimensions != set(self.customs):
            return False
        slug, custom = next(iter(self.customs.items()))
        ids = self.filters.get(slug, ())
        # A ticket with two of the values would count twice, and beside one value the others of its tickets count too.
        return not (custom.is_list and (len(ids) > 1 or (ids and self.by)))

    @property
    def is_hourly(self) -> bool:
        """Whether the query uses hours, so that events known by date only are left out."""
        return any(name in HOURLY for name in (*self.by, *self.filters))

    @property
    def grains(self) -> frozenset[Grain]:
        """Grains of rollups that are fine enough for this query."""
        finer = any(name in TIME_GRAINS and name not in GRAIN_MONTHS for name in (*self.by, *self.filters))
        return frozenset({Grain.DAY}) if finer else frozenset(Grain)

    def untimed(self) -> "Names":
        """Return the names for counting what a query by hours leaves out: events that fit but have no time of day."""
        filters = {name: ids for name, ids in self.filters.items() if name not in HOURLY}
        return replace(self, by=(), filters=filters, is_untimed=True)

    def widened(self, start: date, end: date) -> tuple[date, date]:
        """Return the days [start, end), widened to whole months where that adds only days without data."""
        if self.span is not None:
            first, last = self.span
            start = first.replace(day=1) if start <= first else start
            end = (last.replace(day=1) + timedelta(days=31)).replace(day=1) if end > last else end
        return start, end

    def key(self, place: int, value: object) -> Key:
        """Return the label of a value of `by[place]`."""
        return self.column(place, (value,))[0]

    def column(self, place: int, values: Sequence[Any]) -> list[Key]:
        """Return the labels of values of `by[place]`."""
        name = self.by[place]
        if name == CUSTOMER:
            return list(values)
        if name in self.labels:
            labels = self.labels[name]
            return [labels[int(value)] for value in values]
        if name in GRAIN_LABELS:
            return [GRAIN_LABELS[name](value) for value in values]
        return list(values) if name in CALENDAR_GRAINS else [int(value) for value in values]


def resolve(connection: sa.Connection, by: tuple[str, ...], where: Where) -> Names:
    """Check a query's names and turn values into ids.

    Raises:
        UnknownNameError: If there is no such dimension or grain.
        UnknownValueError: If no ticket has the value.
    """
    asked = {plain(name) for name in (*by, *(name for name, _ in where))}
    declared = {each.slug: each for each in held_dimensions(connection)} if asked - _BUILT_IN else {}
    for name, values in where:
        if name.startswith(CUSTOM_MARK) and plain(name) not in declared:
            # An address may outlive a declaration.
            raise UnknownValueError(plain(name), values[0] if values else None, ())
    by, where = tuple(map(plain, by)), tuple((plain(name), values) for name, values in where)
    _check_names(by, where, tuple(declared))
    customs = {name: each for name, each in declared.items() if name in asked}
    labels = _labels(connection, {name for name in asked if name in TOLD_APART} - {CUSTOMER})
    labels |= _labels_of(connection, customs.values())
    filters = {
        name: _hashes(connection, values)
        if name == CUSTOMER
        else _ids(connection, name, values, labels.get(name), customs.get(name))
        for name, values in where
        if name != PRECISION
    }
    chosen = {_precision(value) for name, values in where if name == PRECISION for value in values}
    is_date_only = chosen.pop() if len(chosen) == 1 else None
    return Names(by, filters, is_date_only, labels, customs, span=_span(connection))


def _check_names(by: tuple[str, ...], where: Where, declared: tuple[str, ...]) -> None:
    groupable = (*TOLD_APART, *declared, *TIME_GRAINS)
    filterable = (*TOLD_APART, *declared, *_CLOCK_VALUES, PRECISION)
    for known, names in ((groupable, by), (filterable, tuple(name for name, _ in where))):
        for name in names:
            if name not in known:
                raise UnknownNameError(name, known)


def _span(connection: sa.Connection) -> tuple[date, date] | None:
    days = COUNTER_TABLES["total", Grain.DAY].c.start_date
    first, last = connection.execute(sa.select(sa.func.min(days), sa.func.max(days))).one()
    return None if first is None else (first, last)


def _labels(connection: sa.Connection, dimensions: set[str]) -> dict[str, dict[int, str | None]]:
    labels: dict[str, dict[int, str | None]] = {name: {} for name in dimensions}
    if dimensions:
        rows = sa.select(table.c.dimension, table.c.id, table.c.value).where(table.c.dimension.in_(sorted(dimensions)))
        for dimension, number, value in connection.execute(rows):
            labels[dimension][number] = value
    return labels


def _labels_of(connection: sa.Connection, customs: Iterable[CustomDimension]) -> dict[str, dict[int, str | None]]:
    kept = {each.slug: each.values_name for each in customs}
    found = _labels(connection, set(kept.values()))
    return {slug: {**found[name], NOT_SET_ID: None, OTHER_ID: OTHER} for slug, name in kept.items()}


def _hashes(connection: sa.Connection, customers: Iterable[str | None]) -> tuple[int, ...]:
    """Return the hashes by which the facts know customers."""
    hashed = sa.text("select hashtextextended(cast(:customer as text), 0)")
    found = []
    for each in customers:
        if each is None:
            raise UnknownValueError(CUSTOMER, each, ())
        found.append(connection.execute(hashed, {"customer": each}).scalar_one())
    return tuple(found)


def plain(name: str) -> str:
    """Return a dimension's name without the mark that tells one of the desk's own in an address."""
    return name.removeprefix(CUSTOM_MARK)


def _clock_ids(name: str) -> dict[str | None, int]:
    return {str(number): number for number in range(_CLOCK_VALUES[name])}


def _ids(
    connection: sa.Connection,
    name: str,
    values: Iterable[str | None],
    labels: Mapping[int, str | None] | None,
    custom: CustomDimension | None,
) -> tuple[int, ...]:
    """Return the ids (or numbers) of a filter's values."""
    ids = _clock_ids(name) if labels is None else {value: id_ for id_, value in labels.items()}
    for value in values:
        if value not in ids:
            raise _unknown_value(connection, name, value, ids, custom)
    return tuple(sorted(ids[value] for value in set(values)))


def _unknown_value(
    connection: sa.Connection,
    name: str,
    value: str | None,
    ids: Mapping[str | None, int],
    custom: CustomDimension | None,
) -> UnknownValueError:
    """Return the error that names what tickets have: a further value, or none, only where a ticket has it."""
    known = {each for each in ids if each is not None}
    if custom is not None and not _has_ticket(connection, name, OTHER_ID, custom):
        known.discard(OTHER)
    has_not_set = None in ids and _has_ticket(connection, name, NOT_SET_ID, custom)
    return UnknownValueError(name, value, tuple(sorted(known)), has_not_set=has_not_set)


def _has_ticket(connection: sa.Connection, name: str, id_: int, custom: CustomDimension | None) -> bool:
    if custom is not None and custom.is_list:
        condition = f"list_ids @> array[{custom.code(id_)}]"
    else:
        condition = f"{key_column(name) if custom is None else custom.id_sql} = {id_}"
    return bool(connection.scalar(sa.text(f"select exists (select from marts.fct_tickets where {condition})")))


def _precision(value: str | None) -> bool:
    if value not in _PRECISIONS:
        raise UnknownValueError(PRECISION, value, tuple(str(known) for known in _PRECISIONS))
    return _PRECISIONS[value]


def dimension_columns(names: frozenset[str]) -> tuple[str, ...]:
    """Return the key columns of some dimensions."""
    return tuple(key_column(name) for name in sorted(names))


def dimension_values(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """Return the values of every dimension, sorted; 'not set' is not among them. Declared ones come last, marked."""
    found = _labels(connection, set(DIMENSIONS))
    for slug, values in _labels_of(connection, held_dimensions(connection)).items():
        has_further = len(values) > MOST_VALUES
        found[f"{CUSTOM_MARK}{slug}"] = {id_: each for id_, each in values.items() if has_further or id_ != OTHER_ID}
    return {name: tuple(sorted(value for value in found[name].values() if value is not None)) for name in found}
