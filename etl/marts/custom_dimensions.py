"""Stages the values of the desk's own dimensions: the organisation, the brand, and what a manager has declared."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from analytics.vocabulary import NOT_SET_ID
from etl.running.sql import IN_CHANGED_TICKETS
from warehouse.custom_dimensions import held_dimensions, hold_declared
from warehouse.rollups.custom import MOST_VALUES, OTHER_ID, OWN_COLUMNS, TAGS_SLOT, CustomDimension, FieldKind

_LONGEST: Final = 255
_FIELD: Final = "{field}"
_JSON: Final = "{json}"
_YES: Final = "('true', 't', 'yes', 'y', '1', 'on')"
_NO: Final = "('false', 'f', 'no', 'n', '0', 'off')"
_NUMBER: Final = r"^[+-]?\d{1,15}([.]\d{1,6})?$"
_OWN_VALUES: Final = {
    slot: "coalesce(ticket.organisation, customer.organisation)" if column == "organisation" else f"ticket.{column}"
    for slot, column in OWN_COLUMNS.items()
}
"""Slot of a dimension with a column of its own -> SQL of its value; an organisation can be the customer's."""
_SINGLE: Final = {
    FieldKind.TEXT: "nullif(btrim({field}), '')",
    FieldKind.NUMBER: f"case when btrim({{field}}) ~ '{_NUMBER}' then trim_scale(btrim({{field}})::numeric)::text end",
    FieldKind.FLAG: f"case when lower(btrim({{field}})) in {_YES} then 'true'"
    f" when lower(btrim({{field}})) in {_NO} then 'false' end",
}
"""Kind of a field -> SQL of its value; null where it cannot be read as this kind."""
_ITEMS: Final = (
    "(select jsonb_array_elements_text({json}) where jsonb_typeof({json}) = 'array')"
    r" union (select regexp_split_to_table({field}, '\s*[,;]\s*') where jsonb_typeof({json}) = 'string')"
)


def stage_custom_dimensions(connection: sa.Connection, *, changed_only: bool) -> tuple[CustomDimension, ...]:
    """Give new values their ids, and create the temporary table `custom_ids` with what the facts hold of each ticket.

    Args:
        connection: In the transaction that derives the facts.
        changed_only: Read the tickets in the temporary table `changed_tickets` only. Else the facts take up what has
            been declared since they were made.

    Returns:
        The declared dimensions that the facts hold.
    """
    customs = held_dimensions(connection) if changed_only else hold_declared(connection)
    scope = f"ticket.id {IN_CHANGED_TICKETS}" if changed_only else "true"
    parts, values = _value_parts(customs, scope)
    connection.execute(
        sa.text(f"create temporary table custom_values on commit drop as {' union all '.join(parts)}"), values
    )
    connection.exec_driver_sql("analyze custom_values")
    names = _names(customs)
    _add_values(connection, names, {each.slot for each in customs})
    connection.execute(sa.text(_ids_sql(customs, names)))
    connection.exec_driver_sql("analyze custom_ids")
    return customs


def with_custom_ids(sql: str, customs: Sequence[CustomDimension], columns: Sequence[str]) -> str:
    """Return the SELECT of a fact table with the columns of the desk's own dimensions.

    Args:
        sql: The SELECT of the facts without them.
        customs: The declared dimensions.
        columns: All columns of the fact table, in order.
    """
    single, lists = _positions(customs), [each for each in customs if each.is_list]
    none = "null::integer[]"
    custom_ids = f"coalesce(custom.custom_ids, {_array([NOT_SET_ID] * single)})" if single else none
    list_ids = f"coalesce(custom.list_ids, {_array([each.code(NOT_SET_ID) for each in lists])})" if lists else none
    added = {f"{name}_id": f"coalesce(custom.{name}_id, {NOT_SET_ID})" for name in OWN_COLUMNS.values()}
    added |= {"custom_ids": custom_ids, "list_ids": list_ids}
    listed = ", ".join(f"{added[name]} as {name}" if name in added else f"facts.{name}" for name in columns)
    return f"select {listed} from ({sql}) as facts left join custom_ids as custom on facts.ticket_id = custom.ticket_id"


def _names(customs: Sequence[CustomDimension]) -> dict[int, str]:
    """Return slot -> name of the dimension in `marts.dimension_values`."""
    return {**OWN_COLUMNS, **{each.slot: each.values_name for each in customs}}


def _value_parts(customs: Sequence[CustomDimension], scope: str) -> tuple[list[str], dict[str, Any]]:
    """Return one SELECT of (ticket_id, slot, value) for each dimension, and the fields' names as parameters."""
    table = "from support.support_tickets as ticket"
    customers = "left join support.customers as customer on ticket.customer_email = customer.customer_email"
    parts = [
        f"select ticket.id as ticket_id, {slot} as slot, left({value}, {_LONGEST}) as value {table} {customers}"
        f" where {scope} and {value} is not null"
        for slot, value in _OWN_VALUES.items()
    ]
    values: dict[str, Any] = {}
    for each in customs:
        values[f"field_{each.slot}"] = each.field
        field = f"(ticket.metadata ->> :field_{each.slot})"
        json = f"(ticket.metadata -> :field_{each.slot})"
        if each.slot in OWN_COLUMNS:
            continue
        if each.is_list:
            items = (
                "(select unnest(ticket.tags))"
                if each.slot == TAGS_SLOT
                else _ITEMS.replace(_FIELD, field).replace(_JSON, json)
            )
            source = f"{table} cross join lateral ({items}) as item (value)"
            value = _SINGLE[FieldKind.TEXT].replace(_FIELD, "item.value")
        else:
            source, value = table, _SINGLE[each.kind].replace(_FIELD, field)
        parts.append(
            f"select distinct ticket.id, {each.slot}, left({value}, {_LONGEST}) {source}"
            f" where {scope} and {value} is not null"
        )
    return parts, values


def _add_values(connection: sa.Connection, names: dict[int, str], declared: set[int]) -> None:
    """Give ids to new values, up to the most that a declared dimension may have; the rest have the id of the others."""
    named = ", ".join(f"({slot}, '{name}', {slot in declared})" for slot, name in names.items())
    connection.execute(
        sa.text(
            "insert into marts.dimension_values (dimension, value, id)"
            f" select dimension, null, {NOT_SET_ID} from (values {named}) as names (slot, dimension, is_declared)"
            " on conflict (dimension, id) do nothing"
        )
    )
    connection.execute(
        sa.text(
            f"with names (slot, dimension, is_declared) as (values {named}),"
            " fresh as (select names.dimension, names.is_declared, seen.value"
            " from (select distinct slot, value from custom_values) as seen"
            " inner join names on seen.slot = names.slot where not exists (select from marts.dimension_values as known"
            " where known.dimension = names.dimension and known.value = seen.value)),"
            " numbered as (select fresh.*, coalesce((select max(id) from marts.dimension_values as known"
            f" where known.dimension = fresh.dimension and (known.id <> {OTHER_ID} or not fresh.is_declared)), 0)"
            ' + row_number() over (partition by dimension order by value collate "C") as id from fresh)'
            " insert into marts.dimension_values (dimension, value, id) select dimension, value, id from numbered"
            f" where not is_declared or id <= {MOST_VALUES}"
        )
    )


def _ids_sql(customs: Sequence[CustomDimension], names: dict[int, str]) -> str:
    named = ", ".join(f"({slot}, '{name}')" for slot, name in names.items())
    own = ", ".join(f"max(id) filter (where slot = {slot}) as {name}_id" for slot, name in OWN_COLUMNS.items())
    single = ", ".join(
        f"coalesce(max(id) filter (where slot = {slot}), {NOT_SET_ID})" for slot in range(1, _positions(customs) + 1)
    )
    lists = " || ".join(
        f"coalesce(array_agg(distinct {each.code(0)} + id) filter (where slot = {each.slot}),"
        f" {_array([each.code(NOT_SET_ID)])})"
        for each in customs
        if each.is_list
    )
    return (
        f"create temporary table custom_ids on commit drop as select ticket_id, {own},"
        f" array[{single}]::integer[] as custom_ids, {lists or _array([])} as list_ids"
        f" from (select custom_values.ticket_id, custom_values.slot, coalesce(known.id, {OTHER_ID}) as id"
        f" from custom_values inner join (values {named}) as names (slot, dimension) on custom_values.slot = names.slot"
        " left join marts.dimension_values as known"
        " on names.dimension = known.dimension and custom_values.value = known.value) as known_values"
        " group by ticket_id"
    )


def _positions(customs: Sequence[CustomDimension]) -> int:
    """Return how many places the array of single values needs."""
    return max((each.slot for each in customs if not each.is_list and each.slot not in OWN_COLUMNS), default=0)


def _array(values: Sequence[int]) -> str:
    return f"array[{', '.join(map(str, values))}]::integer[]"
