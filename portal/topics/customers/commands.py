"""Marks calls to customers, and takes marks back."""

from typing import Final

import sqlalchemy as sa

from analytics.customer_ids import customer_hash
from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.vocabulary import CALL_OUTCOMES
from warehouse.audit_log import record
from warehouse.tables.desk import customer_calls

LONGEST_NOTE: Final = 500
_LONGEST_NUMBER: Final = 18


class CallMarkError(SupportAnalyticsError):
    """A mark of a call that cannot be made or taken back."""

    kind = ErrorKind.INVALID


def mark_call(connection: sa.Connection, actor: str, customer: str, outcome: str, note: str) -> None:
    """Write down that somebody called a customer.

    Args:
        connection: In the role that a manager's changes are made in, in a transaction.
        actor: Who called.
        customer: As `analytics.customer_ids` writes it.
        outcome: One of `CALL_OUTCOMES`.
        note: What was said or promised; may be empty.

    Raises:
        CallMarkError: If there is no such customer or outcome, or the note is too long.
    """
    hashed = customer_hash(customer)
    if hashed is None or outcome not in CALL_OUTCOMES:
        message = "The call cannot be marked: the form does not say whom, or how it ended."
        raise CallMarkError(message, "Go back and try again.")
    words = " ".join(note.replace("\x00", " ").split())
    if len(words) > LONGEST_NOTE:
        message = f"A note has {LONGEST_NOTE} characters at most."
        raise CallMarkError(message, "Go back and shorten it.")
    row = {"customer_hash": hashed, "called_by": actor, "outcome": outcome, "note": words or None}
    number = connection.execute(sa.insert(customer_calls).values(row).returning(customer_calls.c.id)).scalar_one()
    # The note may hold what a customer said, so the log has none of it.
    record(connection, actor, "mark_call", customer, {"call": number, "outcome": outcome})


def undo_call(connection: sa.Connection, actor: str, number: str) -> int:
    """Take a mark back. It stays in the table with who took it back.

    Args:
        connection: As above.
        actor: Who takes it back.
        number: Of the mark, as a form sends it.

    Returns:
        The number of the customer, as the facts have it.

    Raises:
        CallMarkError: If there is no such mark.
    """
    columns = customer_calls.c
    is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    statement = (
        sa.update(customer_calls)
        .where(columns.id == int(number if is_number else 0), columns.undone_at.is_(None))
        .values(undone_at=sa.func.now(), undone_by=actor)
        .returning(columns.customer_hash)
    )
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        message = "There is no such mark, or somebody has taken it back."
        raise CallMarkError(message, "Load the page again.")
    record(connection, actor, "undo_call", number, {})
    return int(found)
