"""The SQL of a list of tickets, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.metrics import Anchor
from analytics.time_units import DAY_SECONDS, MINUTE_SECONDS
from analytics.vocabulary import PRIORITIES
from portal.numbers.reader import names
from portal.topics.tickets.address import Order, SortBy, TicketList
from portal.topics.tickets.dataset import Elapsed, SlaOutcome, SourceNumber, TicketRow
from portal.topics.tickets.search_query import search_condition
from warehouse import metric_query
from warehouse.custom_dimensions import held_dimensions
from warehouse.metric_query import MetricQuery
from warehouse.rollups.custom import OTHER, OTHER_ID, SLOTS, CustomDimension

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SortColumn:
    """How a list is sorted by something.

    Attributes:
        sql: Expression over `fct_tickets as facts`.
        kind: Its type.
        lowest: Stands before every value, as text.
        highest: Stands after every value.
        is_nullable: Whether a ticket may have none.
    """

    sql: str
    kind: str
    lowest: str
    highest: str
    is_nullable: bool = True

    def key(self, order: Order) -> str:
        """Return the expression that rows are ordered and found by: never null, none comes last."""
        if not self.is_nullable:
            return self.sql
        last = self.lowest if order.is_descending else self.highest
        return f"coalesce({self.sql}, '{last}'::{self.kind})"


_INSTANT: Final = ("timestamptz", "-infinity", "infinity")
_SECONDS: Final = ("integer", "-1", "2147483647")
_RANK: Final = "array_position(cast(:priorities as integer[]), facts.priority_id)"
SORT_COLUMNS: Final[Mapping[SortBy, SortColumn]] = MappingProxyType(
    {
        SortBy.CREATED: SortColumn("facts.created_at", *_INSTANT, is_nullable=False),
        SortBy.RESOLVED: SortColumn("facts.resolved_at", *_INSTANT),
        SortBy.FIRST_REPLY: SortColumn(
            f"coalesce(facts.first_reply_seconds, {DAY_SECONDS} * facts.first_reply_days)", *_SECONDS
        ),
        SortBy.RESOLUTION: SortColumn(
            f"coalesce(facts.resolution_seconds, {DAY_SECONDS} * facts.resolution_days)", *_SECONDS
        ),
        SortBy.PRIORITY: SortColumn(_RANK, *_SECONDS),
        SortBy.DUE: SortColumn(metric_query.earliest_due("facts"), *_INSTANT),
    }
)

_NAMED: Final = ("category", "priority", "channel", "customer_type", "agent", "team")
_CUSTOM_COLUMNS: Final = ("custom_ids", "list_ids")
_NUMBER: Final = (
    "(select array[known.number, known.source] from marts.ticket_numbers as known"
    " where known.ticket_id = page.ticket_id limit 1)"
)
"""No join: of a view that is a barrier, only a subquery reads one row by the index."""
_FACTS: Final = (
    "ticket_id",
    "created_at",
    "created_date",
    "resolved_at",
    "resolved_date",
    "is_date_only",
    "first_reply_seconds",
    "first_reply_days",
    "resolution_seconds",
    "resolution_days",
    "sla_met_count",
    "sla_missed_count",
    "sla_running_count",
    "rating",
)


@dataclass(frozen=True, slots=True)
class ListSql:
    """A list as SQL.

    Attributes:
        source: FROM and WHERE over `fct_tickets as facts`: the tickets of the list.
        parameters: Its values.
    """

    source: str
    parameters: Mapping[str, Any]


def list_sql(connection: sa.Connection, listed: TicketList) -> ListSql:
    """Return which tickets a list has.

    Raises:
        UnknownValueError: If no ticket has a filtered value.
        UnanswerableQueryError: If the number has no such part, or cannot be filtered so.
    """
    filters = listed.filters
    clock = tuple((name, (value,)) for name, value in listed.clock)
    query = MetricQuery(listed.metric, filters.start, filters.end, (), (*filters.where, *clock))
    chosen = metric_query.ticket_selection(connection, query, part=listed.part)
    found, values = search_condition(listed)
    near, instants = _near(listed)
    source = f"from marts.fct_tickets as facts where facts.ticket_id in ({chosen.sql}){near}{found}"
    return ListSql(source, {**chosen.parameters, **values, **instants, **order_parameters(connection, listed.order)})


def order_parameters(connection: sa.Connection, order: Order) -> dict[str, list[int]]:
    """Return the values that an order's expression takes: the ids of the priorities, the least urgent first."""
    if order.by is not SortBy.PRIORITY:
        return {}
    statement = sa.text("select value, id from marts.dimension_values where dimension = 'priority'")
    ids = {row.value: row.id for row in connection.execute(statement)}
    return {"priorities": [ids[value] for value in PRIORITIES if value in ids]}


def _near(listed: TicketList) -> tuple[str, dict[str, Any]]:
    """Return what the period says of the instant of creation, so that the index on it leads to the first row.

    A day is kept at either end, as no zone is further than that from UTC. Nothing happens to a ticket before it is
    there.
    """
    condition, values = " and facts.created_at < :until_at", {"until_at": listed.filters.end + _A_DAY}
    if listed.measured.anchor is Anchor.CREATED:
        return f"{condition} and facts.created_at >= :from_at", values | {"from_at": listed.filters.start - _A_DAY}
    return condition, values


def declared_fields(connection: sa.Connection) -> tuple[CustomDimension, ...]:
    """Return the desk's own dimensions that are fields of the metadata; every row has organisation, brand and tags."""
    return tuple(each for each in held_dimensions(connection) if each.slot <= SLOTS)


def rows_sql(source: str, order: Order, ordering: str, limit: str = "", customs: Sequence[CustomDimension] = ()) -> str:
    """Return the SELECT of a list's rows; `sort_value` is what a row is sorted by.

    Args:
        source: FROM and WHERE of the list, with the place of the page in it.
        order: What it is sorted by.
        ordering: ORDER BY over `sort_key` and `ticket_id`.
        limit: LIMIT of a page.
        customs: The declared fields to show.
    """
    ids = ", ".join(f"facts.{name}" for name in (*(f"{name}_id" for name in _NAMED), *_CUSTOM_COLUMNS))
    own = ", ".join(_custom_value(each) for each in customs)
    picked = ", ".join(f"facts.{name}" for name in _FACTS)
    shown = ", ".join(f"page.{name}" for name in _FACTS)
    column = SORT_COLUMNS[order.by]
    keys = f"{column.sql} as sort_value, {column.key(order)} as sort_key"
    due = metric_query.earliest_due("facts")
    joins = "".join(
        f" left join marts.dimension_values as named_{name}"
        f" on named_{name}.dimension = '{name}' and page.{name}_id = named_{name}.id"
        for name in _NAMED
    )
    named = ", ".join(f"named_{name}.value as {name}" for name in _NAMED)
    return (
        f"select {shown}, page.due_at, page.sort_value, {named}, texts.subject, texts.status,"
        f" labels.organisation, labels.brand, labels.tags, {_NUMBER} as number, array[{own}]::text[] as customs"
        f" from (select {picked}, {ids}, {due} as due_at, {keys} {source} order by {ordering}{limit}) as page"
        f"{joins} left join marts.ticket_texts as texts on page.ticket_id = texts.ticket_id"
        " left join marts.ticket_labels as labels on page.ticket_id = labels.ticket_id"
        f" order by {ordering.replace('facts.', 'page.')}"
    )


def _custom_value(custom: CustomDimension) -> str:
    """Return the SQL of a ticket's value of a declared field; of a list, all of them."""
    value = f"case when named.id = {OTHER_ID} then '{OTHER}' else named.value end"
    known = f"from marts.dimension_values as named where named.dimension = '{custom.values_name}'"
    if not custom.is_list:
        return f"(select {value} {known} and named.id = page.{custom.id_sql})"
    codes = f"named.id + {custom.code(0)} = any(page.list_ids)"
    return f"(select string_agg({value}, ', ' order by named.value) {known} and {codes})"


@dataclass(frozen=True, slots=True)
class RowReader:
    """Turns rows of the database into rows of a list.

    Attributes:
        zone: The reporting time zone.
        categories: Slug -> what a manager calls it.
    """

    zone: ZoneInfo
    categories: Mapping[str | None, str]

    @classmethod
    def of(cls, connection: sa.Connection) -> "RowReader":
        """Return a reader with the desk's present names and zone."""
        zone = ZoneInfo(metric_query.data_version(connection).time_zone)
        return cls(zone, {slug: name.label for slug, name in names(connection, "category").items()})

    def row(self, row: sa.Row[Any]) -> TicketRow:
        """Return one ticket."""
        days = row.is_date_only
        return TicketRow(
            row.ticket_id,
            row.created_date if days else row.created_at.astimezone(self.zone),
            self._moment(row.resolved_at, row.resolved_date, is_date_only=days),
            row.subject,
            None if row.category is None else self.categories.get(row.category, row.category),
            row.priority,
            row.status,
            row.channel,
            row.customer_type,
            row.agent,
            row.team,
            _elapsed(row.first_reply_seconds, row.first_reply_days),
            _elapsed(row.resolution_seconds, row.resolution_days),
            SlaOutcome(row.sla_missed_count, row.sla_met_count, self._zoned(row.due_at), row.sla_running_count),
            row.rating,
            None if row.number is None else SourceNumber(*row.number),
            row.organisation,
            row.brand,
            tuple(row.tags or ()),
            tuple(row.customs),
        )

    def _moment(self, at: datetime | None, on: date | None, *, is_date_only: bool) -> datetime | date | None:
        return on if is_date_only else self._zoned(at) or on

    def _zoned(self, at: datetime | None) -> datetime | None:
        return None if at is None else at.astimezone(self.zone)


def _elapsed(seconds: int | None, days: int | None) -> Elapsed | None:
    if seconds is not None:
        return Elapsed(seconds / MINUTE_SECONDS, "minutes")
    return None if days is None else Elapsed(days, "days")
