"""Changes tickets as a manager says, and turns a change back; each is written down in the audit log."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from portal.topics.tickets.edits import Call, Correction, Edit, Exclusion, InvalidEditError
from warehouse.audit_log import record, record_numbered
from warehouse.tables.desk import audit_log, categories
from warehouse.tables.tickets import customer_interactions, support_tickets, ticket_corrections

ACTIONS: Final = ("correct_tickets", "exclude_ticket", "log_call")
_UNDO: Final = "undo_ticket_change"
_PERSON: Final = "person"
_TICKET: Final = support_tickets.c


def change_tickets(connection: sa.Connection, actor: str, tickets: Sequence[int], edit: Edit) -> int:
    """Make one change on some tickets, and return the number by which it can be undone.

    Args:
        connection: In the role that edits, in a transaction.
        actor: Who asks.
        tickets: Internal numbers.
        edit: What was checked.

    Raises:
        InvalidEditError: If it changes nothing, or a ticket or a category is not there; nothing is changed.
    """
    before = _locked(connection, tickets)
    if isinstance(edit, Correction):
        return _correct(connection, actor, before, edit)
    (ticket,) = before
    return (
        _exclude(connection, actor, ticket, edit)
        if isinstance(edit, Exclusion)
        else _log(connection, actor, ticket, edit)
    )


def _locked(connection: sa.Connection, tickets: Sequence[int]) -> list[sa.Row[Any]]:
    wanted = sorted(set(tickets))
    found: list[sa.Row[Any]] = list(
        connection.execute(
            sa.select(
                _TICKET.id,
                _TICKET.category,
                _TICKET.category_source,
                _TICKET.priority,
                _TICKET.priority_source,
                _TICKET.exclusion,
                _TICKET.merged_into_id,
                _TICKET.assigned_agent,
            )
            .where(_TICKET.id.in_(wanted))
            .order_by(_TICKET.id)
            .with_for_update()
        )
    )
    if not found or len(found) < len(wanted):
        message = "There is no such ticket any more."
        raise InvalidEditError(message)
    return found


def _correct(connection: sa.Connection, actor: str, before: Sequence[sa.Row[Any]], edit: Correction) -> int:
    if edit.field == "category" and edit.value is not None:
        known = sa.select(categories.c.slug).where(categories.c.slug == edit.value, categories.c.is_active)
        if connection.execute(known).one_or_none() is None:
            message = "There is no such category."
            raise InvalidEditError(message)
    changed = [row for row in before if (getattr(row, edit.field), _source(row, edit.field)) != (edit.value, _PERSON)]
    if not changed:
        message = f"A person has set this {edit.field} already."
        raise InvalidEditError(message)
    rows = [
        {
            "ticket_id": row.id,
            "field": edit.field,
            "old_value": getattr(row, edit.field),
            "new_value": edit.value,
            "corrected_by": actor,
        }
        for row in changed
    ]
    columns = ticket_corrections.c
    made = connection.execute(sa.insert(ticket_corrections).returning(columns.id, columns.ticket_id), rows).all()
    ids = {row.ticket_id: row.id for row in made}
    kept = [
        {
            "id": row.id,
            "before": getattr(row, edit.field),
            "source": _source(row, edit.field),
            "correction": ids[row.id],
        }
        for row in changed
    ]
    details = {"field": edit.field, "after": edit.value, "tickets": kept}
    return record_numbered(connection, actor, "correct_tickets", _target([row.id for row in changed]), details)


def _source(row: sa.Row[Any], field: str) -> str:
    return str(getattr(row, f"{field}_source"))


def _exclude(connection: sa.Connection, actor: str, ticket: sa.Row[Any], edit: Exclusion) -> int:
    into = _merged_into(connection, edit.into) if edit.into else None
    if into == ticket.id:
        message = "A ticket cannot be merged into itself."
        raise InvalidEditError(message)
    if (ticket.exclusion, ticket.merged_into_id) == (edit.reason, into):
        message = "The ticket is so already."
        raise InvalidEditError(message)
    after = {"exclusion": edit.reason, "merged_into_id": into}
    connection.execute(sa.update(support_tickets).where(_TICKET.id == ticket.id).values(after))
    before = {"exclusion": ticket.exclusion, "merged_into_id": ticket.merged_into_id}
    details = {"ticket": ticket.id, "before": before, "after": after}
    return record_numbered(connection, actor, "exclude_ticket", _target([ticket.id]), details)


def _merged_into(connection: sa.Connection, number: str) -> int:
    """Return the ticket of a number as the portal shows it; it counts itself, so that no ring is made."""
    shown = sa.text("select distinct ticket_id from marts.ticket_numbers where number = :number")
    found = [row.ticket_id for row in connection.execute(shown, {"number": number})]
    if not found and number.isascii() and number.isdecimal():
        found = [int(number)] if len(number) <= len(str(2**62)) - 1 else []
    chosen = sa.select(_TICKET.id, _TICKET.exclusion).where(_TICKET.id.in_(found)).with_for_update()
    tickets = connection.execute(chosen).all()
    if len(tickets) != 1:
        message = "There is no ticket of this number." if not tickets else "More than one ticket has this number."
        raise InvalidEditError(message)
    if tickets[0].exclusion is not None:
        message = "The ticket to merge into is itself left out of the numbers."
        raise InvalidEditError(message)
    return int(tickets[0].id)


def _log(connection: sa.Connection, actor: str, ticket: sa.Row[Any], call: Call) -> int:
    row = {
        "ticket_id": ticket.id,
        "interaction_type": call.kind,
        "agent_name": ticket.assigned_agent or actor,
        "duration_minutes": call.minutes,
        "notes": call.note or None,
        "direction": "outbound",
    }
    made = connection.execute(sa.insert(customer_interactions).values(row).returning(customer_interactions.c.id))
    details = {"ticket": ticket.id, "interaction": made.scalar_one(), "kind": call.kind, "minutes": call.minutes}
    return record_numbered(connection, actor, "log_call", _target([ticket.id]), details)


def _target(tickets: Sequence[int]) -> str:
    return f"ticket {tickets[0]}" if len(tickets) == 1 else f"{len(tickets)} tickets"


def undo_change(connection: sa.Connection, actor: str, change: int) -> None:
    """Turn a change back. What has been changed again since stays as it is.

    Raises:
        InvalidEditError: If there is no such change, or nothing of it is left.
    """
    columns = audit_log.c
    wanted = sa.select(columns.action, columns.details).where(columns.id == change, columns.action.in_(ACTIONS))
    found = connection.execute(wanted).one_or_none()
    if found is None:
        message = "There is no such change."
        raise InvalidEditError(message)
    undo = {"correct_tickets": _uncorrect, "exclude_ticket": _unexclude, "log_call": _unlog}[found.action]
    count = undo(connection, found.details)
    if not count:
        message = "It was undone already, or the ticket has been changed since."
        raise InvalidEditError(message, "Nothing was changed.")
    record(connection, actor, _UNDO, str(change), {"tickets": count})


def _uncorrect(connection: sa.Connection, details: dict[str, Any]) -> int:
    """Give each ticket what it had, with whose word that was, and let nothing be learnt from the correction."""
    field, count = details["field"], 0
    value, source = _TICKET[field], _TICKET[f"{field}_source"]
    corrections = ticket_corrections.c
    for each in details["tickets"]:
        mine = (corrections.id == each["correction"]) & (corrections.ticket_id == each["id"])
        latest = sa.select(sa.func.max(corrections.id)).where(
            corrections.ticket_id == each["id"], corrections.field == field
        )
        if connection.execute(latest).scalar_one() != each["correction"]:
            continue
        connection.execute(sa.delete(ticket_corrections).where(mine))
        is_same = (_TICKET.id == each["id"]) & value.is_not_distinct_from(details["after"]) & (source == _PERSON)
        back = {field: each["before"], f"{field}_source": each["source"]}
        count += connection.execute(sa.update(support_tickets).where(is_same).values(back)).rowcount
    return count


def _unexclude(connection: sa.Connection, details: dict[str, Any]) -> int:
    after = details["after"]
    is_same = (
        (_TICKET.id == details["ticket"])
        & _TICKET.exclusion.is_not_distinct_from(after["exclusion"])
        & _TICKET.merged_into_id.is_not_distinct_from(after["merged_into_id"])
    )
    return int(connection.execute(sa.update(support_tickets).where(is_same).values(details["before"])).rowcount)


def _unlog(connection: sa.Connection, details: dict[str, Any]) -> int:
    columns = customer_interactions.c
    mine = (columns.id == details["interaction"]) & (columns.ticket_id == details["ticket"])
    return int(connection.execute(sa.delete(customer_interactions).where(mine)).rowcount)
