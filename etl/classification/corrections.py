"""A person's word on some tickets: which category they belong to, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.classification.numbers import tickets_with
from warehouse.audit_log import record
from warehouse.tables.desk import categories
from warehouse.tables.tickets import support_tickets, ticket_corrections

_NAMED: Final = 5


class CorrectionError(SupportAnalyticsError):
    """A correction names a ticket or a category that is not there, or contradicts another one."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a ticket.

    Attributes:
        number: The ticket's number, as the portal shows it.
        category: Slug or name of its category; None: it belongs to none.
    """

    number: str
    category: str | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What corrections did.

    Attributes:
        changed: Tickets that got another category.
        confirmed: Tickets that had this category already; it is a person's word from now on.
    """

    changed: int
    confirmed: int


def correct(connection: sa.Connection, wanted: Sequence[Correction], source: str | None, actor: str) -> Corrected:
    """File tickets as a person says; from then on neither the classifier nor an import changes their category.

    Args:
        connection: In the role `etl_writer`, in a transaction.
        wanted: The corrections; a ticket may come twice if the category is the same.
        source: The source whose numbers are meant; None takes the only ticket that has the number.
        actor: Who says so.

    Raises:
        CorrectionError: If a ticket or a category is not known, or a ticket is given two categories; nothing is
            changed.
    """
    slugs = _slugs(connection, {each.category for each in wanted if each.category is not None})
    tickets = _tickets(connection, {each.number for each in wanted}, source)
    filed = _filed(((each.number, tickets[each.number]), slugs.get(each.category or "")) for each in wanted)
    columns = support_tickets.c
    before = {
        row.id: row.category
        for row in connection.execute(
            sa.select(columns.id, columns.category).where(columns.id.in_(filed)).with_for_update()
        )
    }
    rows = [
        {
            "ticket_id": ticket,
            "field": "category",
            "old_value": before[ticket],
            "new_value": slug,
            "corrected_by": actor,
        }
        for ticket, slug in filed.items()
    ]
    if rows:
        connection.execute(sa.insert(ticket_corrections), rows)
        record(connection, actor, "correct categories", f"{len(rows)} tickets")
    changed = sum(before[ticket] != slug for ticket, slug in filed.items())
    return Corrected(changed, len(filed) - changed)


def _filed(wanted: Iterable[tuple[tuple[str, int], str | None]]) -> dict[int, str | None]:
    """Return the category of each ticket."""
    filed: dict[int, str | None] = {}
    for (number, ticket), slug in wanted:
        if filed.setdefault(ticket, slug) != slug:
            message = f"The ticket {number!r} is given two categories."
            raise CorrectionError(message, "Nothing was changed. Leave one of them out.")
    return filed


def _slugs(connection: sa.Connection, wanted: Iterable[str]) -> Mapping[str, str]:
    """Return the slugs of categories given by slug, or by a name that one category has; capitals do not matter."""
    columns = categories.c
    listed = connection.execute(sa.select(columns.slug, columns.name).where(columns.is_active)).all()
    found = {}
    for text in wanted:
        exact = [row.slug for row in listed if row.slug == text]
        alike = exact or [row.slug for row in listed if text.casefold() in {row.slug.casefold(), row.name.casefold()}]
        if len(alike) != 1:
            message = f"{'No' if not alike else 'More than one'} category in use is called {text!r}."
            raise CorrectionError(message, "Nothing was changed. See: support-analytics classifier categories list")
        found[text] = alike[0]
    return found


def _tickets(connection: sa.Connection, numbers: Iterable[str], source: str | None) -> Mapping[str, int]:
    """Return the id of each ticket."""
    asked = sorted(numbers)
    found = tickets_with(connection, asked, source)
    _refuse("There is no ticket", [each for each in asked if each not in found], "It is the number on its page.")
    several = [each for each, tickets in found.items() if len(tickets) > 1]
    _refuse("More than one ticket has the number", several, "Name the source of the import with --source.")
    return {number: tickets[0] for number, tickets in found.items()}


def _refuse(what: str, numbers: Sequence[str], hint: str) -> None:
    if numbers:
        shown = ", ".join(repr(each) for each in numbers[:_NAMED])
        rest = f" and {len(numbers) - _NAMED:,} more" if len(numbers) > _NAMED else ""
        message = f"{what} {shown}{rest}."
        raise CorrectionError(message, f"Nothing was changed. {hint}")
