"""Reads what the forms of a ticket's page begin with."""

from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.tables.desk import categories
from warehouse.tables.tickets import support_tickets


@dataclass(frozen=True, slots=True)
class Editable:
    """A ticket as it is now, before the next refresh.

    Attributes:
        ticket_id: Its internal number.
        category: Slug; None is no category.
        priority: None is not known.
        exclusion: Why it is left out; None: it counts.
        categories: (slug, name) of the categories in use.
    """

    ticket_id: int
    category: str | None
    priority: str | None
    exclusion: str | None
    categories: tuple[tuple[str, str], ...]


def editable(connection: sa.Connection, ticket_id: int) -> Editable | None:
    """Return a ticket as it is now; None when there is none of that number.

    Args:
        connection: In the role that edits.
        ticket_id: Its internal number.
    """
    columns = support_tickets.c
    found = connection.execute(
        sa.select(columns.category, columns.priority, columns.exclusion).where(columns.id == ticket_id)
    ).one_or_none()
    if found is None:
        return None
    return Editable(ticket_id, found.category, found.priority, found.exclusion, used_categories(connection))


def used_categories(connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    """Return slug and name of the categories in use, in their order."""
    own = categories.c
    listed = connection.execute(sa.select(own.slug, own.name).where(own.is_active).order_by(own.position, own.name))
    return tuple((row.slug, row.name) for row in listed)
