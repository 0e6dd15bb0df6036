"""Declares dimensions of a desk's own, and reads which ones there are."""

import re
from typing import Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.vocabulary import DIMENSIONS, UNBOUNDED_DIMENSIONS
from warehouse.rollups.custom import MOST_VALUES, OWN_COLUMNS, SLOTS, TAGS_SLOT, CustomDimension, FieldKind
from warehouse.tables.custom_dimensions import declared_dimensions as declared_table
from warehouse.tables.custom_dimensions import held_dimensions as held_table

_NOT_A_SLUG: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG: Final = 50
_TAKEN: Final = (*DIMENSIONS, "customer", "hour", "day", "week", "month", "quarter", "year", "weekday", "hour_of_week")
_SLOT_OF: Final = {"tags": TAGS_SLOT} | {name: slot for slot, name in OWN_COLUMNS.items()}


class DimensionError(SupportAnalyticsError):
    """A dimension that cannot be declared or removed."""

    kind = ErrorKind.INVALID


def held_dimensions(connection: sa.Connection) -> tuple[CustomDimension, ...]:
    """Return the declared dimensions that facts and rollups hold, by slug."""
    columns = held_table.c
    rows = connection.execute(sa.select(columns.slug, columns.field, columns.kind, columns.slot).order_by(columns.slug))
    return tuple(CustomDimension(row.slug, row.field, FieldKind(row.kind), row.slot) for row in rows)


def declared_dimensions(connection: sa.Connection) -> tuple[CustomDimension, ...]:
    """Return every declared dimension, by slug."""
    columns = declared_table.c
    rows = connection.execute(sa.select(columns.slug, columns.field, columns.kind, columns.slot).order_by(columns.slug))
    return tuple(CustomDimension(row.slug, row.field, FieldKind(row.kind), row.slot) for row in rows)


def hold_declared(connection: sa.Connection) -> tuple[CustomDimension, ...]:
    """Write down that facts and rollups, which are being made anew, hold every declared dimension, and return them."""
    declared = declared_dimensions(connection)
    connection.execute(held_table.delete())
    for each in declared:
        connection.execute(
            held_table.insert().values(slug=each.slug, field=each.field, kind=each.kind.value, slot=each.slot)
        )
    return declared


def declare(connection: sa.Connection, field: str, kind: FieldKind) -> CustomDimension:
    """Declare a dimension. The next refresh makes the marts anew, and then it can be asked for.

    Args:
        connection: In the role `etl_writer`.
        field: "tags", "organisation", "brand", or a key of the tickets' metadata.
        kind: How the field is read.

    Raises:
        DimensionError: If no ticket has the field, it has too many values, its name is taken, or there are too many
            dimensions.
    """
    known = declared_dimensions(connection)
    slug = _NOT_A_SLUG.sub("_", field.strip().lower()).strip("_")[:_LONGEST_SLUG]
    if any(field == each.field for each in known):
        message = f"{field} is a dimension already."
        raise DimensionError(message, "See: support-analytics dimension list")
    if not slug or slug in _TAKEN or any(slug == each.slug for each in known):
        message = f"{field!r} cannot be a dimension: its name is taken or has no letters."
        raise DimensionError(message, "See: support-analytics dimension list")
    kind = _checked_kind(field, kind)
    _check_values(connection, field, kind)
    dimension = CustomDimension(slug, field, kind, _free_slot(field, known))
    connection.execute(declared_table.insert().values(slug=slug, field=field, kind=kind.value, slot=dimension.slot))
    _request_rebuild(connection)
    return dimension


def remove(connection: sa.Connection, slug: str) -> None:
    """Take a declaration back; the tickets keep the field.

    Raises:
        DimensionError: If there is no such dimension.
    """
    table = declared_table
    gone = connection.execute(table.delete().where((table.c.slug == slug) | (table.c.field == slug)))
    if not gone.rowcount:
        message = f"There is no dimension {slug!r}."
        raise DimensionError(message, "See: support-analytics dimension list")
    # At once, so that nothing asks for it while the facts still hold it under a place that may be given away.
    connection.execute(held_table.delete().where((held_table.c.slug == slug) | (held_table.c.field == slug)))
    _request_rebuild(connection)


def _checked_kind(field: str, kind: FieldKind) -> FieldKind:
    if field == "tags" and kind is not FieldKind.LIST:
        message = "Tags are a list: a ticket may have several."
        raise DimensionError(message, "Run: support-analytics dimension add tags --type list")
    if field in UNBOUNDED_DIMENSIONS and kind is not FieldKind.TEXT:
        message = f"The {field} is a text."
        raise DimensionError(message, f"Run: support-analytics dimension add {field} --type text")
    return kind


def _check_values(connection: sa.Connection, field: str, kind: FieldKind) -> None:
    if field == "tags":
        source = "select unnest(tags) as value from support.support_tickets"
    elif field in UNBOUNDED_DIMENSIONS:
        source = f"select {field} as value from support.support_tickets"
    else:
        source = "select metadata ->> :field as value from support.support_tickets where metadata ? :field"
    statement = sa.text(f"select count(distinct value) from ({source}) as found where value is not null")
    count = connection.execute(statement, {"field": field}).scalar_one()
    if not count:
        message = f"No ticket has a field {field!r}."
        raise DimensionError(message, "Fields are the columns of an import that belong to no other field.")
    if count > MOST_VALUES and (kind is not FieldKind.LIST or field == "tags"):
        message = f"{field} has {count:,} different values; a dimension has {MOST_VALUES:,} at most."
        raise DimensionError(
            message, "Ask for the largest instead: support-analytics query created --by organisation --top 20"
        )


def _free_slot(field: str, known: tuple[CustomDimension, ...]) -> int:
    if field in _SLOT_OF:
        return _SLOT_OF[field]
    taken = {each.slot for each in known}
    free = next((slot for slot in range(1, SLOTS + 1) if slot not in taken), None)
    if free is None:
        message = f"There are {SLOTS} dimensions already, which is the most."
        raise DimensionError(message, "Remove one first: support-analytics dimension remove NAME")
    return free


def _request_rebuild(connection: sa.Connection) -> None:
    connection.execute(sa.text("insert into ops.rebuild_requests (reason) values ('custom_dimensions')"))
    connection.execute(sa.select(sa.func.pg_notify("support_ticket_changes", "")))
