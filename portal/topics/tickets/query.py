"""Lists of tickets, page by page: any page takes as long as the first, however many tickets there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.lateness import Lateness
from analytics.metrics import Kind
from analytics.vocabulary import CUSTOM_MARK
from portal.numbers.reader import Name, names
from portal.topics.tickets.address import ALL, INSTANTS, Place, TicketList
from portal.topics.tickets.dataset import ListedTickets, PageEnd, TicketPage, TicketRow
from portal.topics.tickets.rows_query import SORT_COLUMNS, RowReader, declared_fields, list_sql, rows_sql
from warehouse import metric_query
from warehouse.custom_dimensions import held_dimensions
from warehouse.metric_query import LEFT_OUT_PARTS, MetricQuery, UnknownValueError

PAGE_SIZE: Final = 50
_LIMITS: Final = "set local statement_timeout = '15s'; set local work_mem = '64MB'"
"""With less memory the matches of a common word are kept by page, and every text of the page is read again."""
_BY_INDEX: Final = "; set local enable_seqscan = off"
"""The planner takes reading a text for cheap, and would rather read all of them than use the index of their words."""
_CANCELLED: Final = "57014"
_EXPORT_BATCH: Final = 1_000
_MOST_IDLE_SECONDS: Final = 120


class TooManyToSearchError(SupportAnalyticsError):
    """A search that takes longer than a person waits."""

    kind = ErrorKind.INVALID

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The search takes too long.", "Search for rarer words, or choose fewer days.")


def listed_tickets(connection: sa.Connection, listed: TicketList) -> ListedTickets:
    """Return what is listed: how many tickets, and by which names a manager knows the filters.

    Raises:
        UnanswerableQueryError: If the number has no such part, or cannot be filtered so.
        TooManyToSearchError: If the search takes too long.
    """
    lines = tuple(
        (name, tuple(_label(known, value) for value in values))
        for name, values in listed.filters.where
        for known in (names(connection, name),)
    )
    try:
        sql = list_sql(connection, listed)
    except UnknownValueError:
        return ListedTickets(0, None, listed.measured.unit, lines)
    total = int(_rows(connection, listed, f"select count(*) {sql.source}", sql.parameters)[0][0])
    late = _late(connection, listed)
    if listed.clock and listed.measured.kind is Kind.LEVEL:
        return ListedTickets(total, None, listed.measured.unit, lines, late=late)
    filters = listed.filters
    where = (*filters.where, *((name, (value,)) for name, value in listed.clock))
    answer = metric_query.run(connection, MetricQuery(listed.metric, filters.start, filters.end, (), where))
    is_whole = listed.part == ALL and not (listed.words or listed.customer or listed.organisation)
    measured = sum(row.n for row in answer.rows) if is_whole else None
    left_out = tuple((each.count, each.reason, each.part) for each in answer.left_out) if is_whole else ()
    return ListedTickets(total, measured, answer.unit, lines, left_out, late)


def _late(connection: sa.Connection, listed: TicketList) -> dict[Lateness, int]:
    """Return how many of the open tickets are of each grade, whichever of them are listed."""
    if listed.measured.kind is not Kind.LEVEL or listed.part in LEFT_OUT_PARTS:
        return {}
    sql = list_sql(connection, replace(listed, part=ALL))
    counts = ", ".join(f"count(*) filter (where {metric_query.open_condition(grade)})" for grade in Lateness)
    found = _rows(connection, listed, f"select {counts} {sql.source}", sql.parameters)[0]
    return dict(zip(Lateness, found, strict=True))


def _label(known: Mapping[str | None, Name], value: str | None) -> str:
    return known[value].label if value in known else str(value)


def ticket_page(connection: sa.Connection, listed: TicketList, place: Place | None, total: int) -> TicketPage:
    """Return one page of a list.

    Args:
        connection: In the role that reads marts.
        listed: The list.
        place: Where the page begins; None: at the beginning.
        total: How many tickets the list has.

    Raises:
        TooManyToSearchError: If the search takes too long.
    """
    try:
        query = _page_query(connection, listed, place)
    except UnknownValueError:
        return TicketPage((), 0, 0, None, None)
    found = _rows(connection, listed, query.sql, query.parameters)
    has_more = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    is_backward = place is not None and place.is_backward
    if is_backward:
        found.reverse()
    position = _position(place, len(found), has_more=has_more)
    has_previous = has_more if is_backward else place is not None
    has_next = is_backward or has_more
    is_last = is_backward and place is not None and place.end.position >= total
    reader = RowReader.of(connection)
    return TicketPage(
        tuple(reader.row(row) for row in found),
        position,
        total,
        _end(listed, found[0], position) if found and has_previous else None,
        _end(listed, found[-1], position + len(found)) if found and has_next and not is_last else None,
    )


def _position(place: Place | None, count: int, *, has_more: bool) -> int:
    if place is None or (place.is_backward and not has_more):
        return 0
    return max(0, place.end.position - count) if place.is_backward else place.end.position


def _end(listed: TicketList, row: sa.Row[Any], position: int) -> PageEnd:
    value = row.sort_value
    key = None if value is None else value.isoformat() if listed.order.by in INSTANTS else str(value)
    return PageEnd(key, row.ticket_id, position)


@dataclass(frozen=True, slots=True)
class _Query:
    """One statement with its values."""

    sql: str
    parameters: dict[str, Any]


def _page_query(connection: sa.Connection, listed: TicketList, place: Place | None) -> _Query:
    sql = list_sql(connection, listed)
    column = SORT_COLUMNS[listed.order.by]
    key = column.key(listed.order)
    is_backward = place is not None and place.is_backward
    is_descending = listed.order.is_descending != is_backward
    source, values = sql.source, dict(sql.parameters)
    if place is not None and not place.is_end:
        last = column.lowest if listed.order.is_descending else column.highest
        source += f" and ({key}, facts.ticket_id) {'<' if is_descending else '>'} (cast(:key as {column.kind}), :id)"
        values |= {"key": place.end.key or last, "id": place.end.ticket_id}
    direction = "desc" if is_descending else "asc"
    ordering = f"sort_key {direction}, facts.ticket_id {direction}"
    values["most"] = PAGE_SIZE + 1
    return _Query(rows_sql(source, listed.order, ordering, " limit :most"), values)


def _rows(
    connection: sa.Connection, listed: TicketList, statement: str, values: Mapping[str, Any]
) -> list[sa.Row[Any]]:
    connection.execute(sa.text(_LIMITS + (_BY_INDEX if listed.words else "")))
    try:
        return list(connection.execute(sa.text(statement), values))
    except sa.exc.OperationalError as error:
        if getattr(error.orig, "pgcode", None) == _CANCELLED:
            raise TooManyToSearchError from error
        raise


def custom_fields(connection: sa.Connection) -> tuple[str, ...]:
    """Return the declared fields, in the order of `TicketRow.customs`."""
    return tuple(each.field for each in declared_fields(connection))


def own_parameters(connection: sa.Connection) -> dict[str, str]:
    """Return what a person may call a dimension of the desk's own, with its parameter in an address."""
    return {
        name: f"{CUSTOM_MARK}{each.slug}" for each in held_dimensions(connection) for name in (each.field, each.slug)
    }


def refuse_unknown_values(connection: sa.Connection, listed: TicketList) -> None:
    """Check the values that a list is filtered to.

    Raises:
        UnknownValueError: If no ticket has one of them.
        UnanswerableQueryError: If the number has no such part, or cannot be filtered so.
    """
    list_sql(connection, listed)


def all_rows(connection: sa.Connection, listed: TicketList) -> Iterator[TicketRow]:
    """Yield every ticket of a list in its order, a batch at a time, so that memory does not grow with the list."""
    try:
        sql = list_sql(connection, listed)
    except UnknownValueError:
        return
    direction = "desc" if listed.order.is_descending else "asc"
    ordering = f"sort_key {direction}, facts.ticket_id {direction}"
    statement = rows_sql(sql.source, listed.order, ordering, customs=declared_fields(connection))
    reader = RowReader.of(connection)
    # A reader who went away must not hold a snapshot of the database open.
    connection.execute(sa.text(f"set local idle_in_transaction_session_timeout = '{_MOST_IDLE_SECONDS}s'"))
    options = {"stream_results": True, "yield_per": _EXPORT_BATCH}
    for row in connection.execute(sa.text(statement), dict(sql.parameters), execution_options=options):
        yield reader.row(row)


def listed_ids(connection: sa.Connection, listed: TicketList, most: int) -> tuple[int, ...]:
    """Return the tickets of a list, no more than asked for.

    Raises:
        TooManyToSearchError: If the search takes too long.
    """
    try:
        sql = list_sql(connection, listed)
    except UnknownValueError:
        return ()
    statement = f"select facts.ticket_id {sql.source} order by facts.ticket_id limit :most"
    return tuple(row.ticket_id for row in _rows(connection, listed, statement, {**sql.parameters, "most": most}))
