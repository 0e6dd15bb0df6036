"""Ranks customers by the tickets that a period brought. The list of tickets has exactly the same ones."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from analytics.customer_ids import customer_id, customer_path
from analytics.vocabulary import NOT_SET
from portal.numbers.filters import TicketFilters
from portal.numbers.reader import names, tickets_href
from portal.topics.customers.dataset import Ranked, Ranking
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, UnknownValueError

SHOWN: Final = 25
_PERSON: Final = "person"
_KEYS: Final[Mapping[str, tuple[str, str]]] = {
    _PERSON: ("facts.customer_hash", ""),
    "organisation": (
        "labels.organisation",
        " left join marts.ticket_labels as labels on facts.ticket_id = labels.ticket_id",
    ),
    "type": (
        f"coalesce(types.value, '{NOT_SET}')",
        (
            " left join marts.dimension_values as types"
            " on types.dimension = 'customer_type' and facts.customer_type_id = types.id"
        ),
    ),
}
_WHO: Final = sa.text(
    "select texts.ticket_id, person.name, person.customer_type, person.organisation"
    " from marts.ticket_texts as texts left join marts.customers as person"
    " on texts.customer_email = person.customer_email where texts.ticket_id = any(:tickets)"
)


def ranking(
    connection: sa.Connection, filters: TicketFilters, by: str, sort: str, page: int, size: int = SHOWN
) -> Ranking:
    """Return a page of the ranked list.

    Args:
        connection: In the role that reads marts.
        filters: Of the reader.
        by: "person", "organisation" or "type".
        sort: "tickets", "minutes" or "reopens".
        page: From 1.
        size: Rows of a page.
    """
    offset = (page - 1) * size
    rows, total, tickets, nameless = _ranked(connection, filters, by, sort, (size, offset))
    leaders = rows[:2] if page == 1 else _ranked(connection, filters, by, sort, (2, 0))[0]
    return Ranking(by, sort, rows, offset + 1, total, tickets, nameless, leaders[:2], filters.compared_to)


def _ranked(
    connection: sa.Connection, filters: TicketFilters, by: str, sort: str, window: tuple[int, int]
) -> tuple[tuple[Ranked, ...], int, int, int]:
    size, offset = window
    grouped = _groups(connection, filters, by)
    if grouped is None:
        return (), 0, 0, 0
    sql, values = grouped
    statement = (
        f"with grouped as ({sql}), sums as (select count(key) as groups,"
        " coalesce(sum(tickets) filter (where key is not null), 0) as tickets,"
        " coalesce(sum(tickets) filter (where key is null), 0) as nameless from grouped)"
        " select sums.groups, sums.tickets as all_tickets, sums.nameless, ranked.* from sums left join"
        f" (select * from grouped where key is not null order by {sort} desc nulls last, tickets desc, key"
        " limit :size offset :offset) as ranked on true"
    )
    # The values of the selection are named p0, p1 ..., so these names are free.
    found = connection.execute(sa.text(statement), {**values, "size": size, "offset": offset}).all()
    shown = [row for row in found if row.key is not None]
    before = _before(connection, filters, by)
    named = _labels(connection, by, shown)
    rows = tuple(_row(row, filters, by, named, before) for row in shown)
    return rows, int(found[0].groups), int(found[0].all_tickets), int(found[0].nameless)


def _groups(connection: sa.Connection, filters: TicketFilters, by: str) -> tuple[str, dict[str, Any]] | None:
    """Return the SQL of all groups with its values; None when no ticket has a filtered value."""
    query = MetricQuery("created", filters.start, filters.end, (), filters.where)
    try:
        chosen = metric_query.ticket_selection(connection, query)
    except UnknownValueError:
        return None
    key, join = _KEYS[by]
    sql = (
        f"select {key} as key, count(*) as tickets, sum(facts.handle_seconds) / 60.0 as minutes,"
        " sum(facts.reopen_count) as reopens, max(facts.ticket_id) as latest"
        f" from marts.fct_tickets as facts{join} where facts.ticket_id in ({chosen.sql}) group by 1"
    )
    return sql, chosen.parameters


def _before(connection: sa.Connection, filters: TicketFilters, by: str) -> dict[object, int] | None:
    compared = filters.compared()
    grouped = None if compared is None else _groups(connection, compared, by)
    if grouped is None:
        return None
    sql, values = grouped
    return {row.key: row.tickets for row in connection.execute(sa.text(sql), values)}


def _labels(connection: sa.Connection, by: str, rows: list[sa.Row[Any]]) -> dict[object, tuple[str, str]]:
    """Return the name of each key, and what stands below it."""
    types = {key: name.label for key, name in names(connection, "customer_type").items()}
    if by == "type":
        return {row.key: (types.get(None if row.key == NOT_SET else row.key, row.key), "") for row in rows}
    if by != _PERSON:
        return {row.key: (row.key, "") for row in rows}
    who = {row.ticket_id: row for row in connection.execute(_WHO, {"tickets": [row.latest for row in rows]})}
    labels: dict[object, tuple[str, str]] = {}
    for row in rows:
        person = who.get(row.latest)
        name = person.name if person is not None and person.name else f"Customer of ticket {row.latest}"
        aside = () if person is None else (types.get(person.customer_type, ""), person.organisation or "")
        labels[row.key] = (name, ", ".join(each for each in aside if each and each != name))
    return labels


def _row(
    row: sa.Row[Any],
    filters: TicketFilters,
    by: str,
    named: Mapping[object, tuple[str, str]],
    before: Mapping[object, int] | None,
) -> Ranked:
    listed = _listed(filters, by, row.key)
    label, aside = named[row.key]
    customer = int(row.key) if by == _PERSON else None
    href = listed if customer is None else filters.href(customer_path(customer_id(customer)))
    return Ranked(
        label,
        aside,
        customer,
        row.tickets,
        None if before is None else before.get(row.key, 0),
        None if row.minutes is None else float(row.minutes),
        None if row.reopens is None else int(row.reopens),
        href,
        listed,
    )


def _listed(filters: TicketFilters, by: str, key: Any) -> str:  # noqa: ANN401 - a number or a text, by what is ranked
    """Return the link to exactly the tickets of a row."""
    if by == "type":
        return tickets_href(filters.with_values("customer_type", (None if key == NOT_SET else key,)), "created")
    value = customer_id(int(key)) if by == _PERSON else str(key)
    return tickets_href(filters, "created", None, **{"customer" if by == _PERSON else by: value})
