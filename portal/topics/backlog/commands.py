"""Marks what was done for customers whom nobody had answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from analytics.errors import ErrorKind, SupportAnalyticsError
from portal.topics.backlog.conclusion import HOW
from portal.topics.backlog.forms import UNDO
from warehouse.audit_log import record
from warehouse.tables.desk import follow_ups

_LARGEST_ID: Final = 2**63 - 1
_LONGEST: Final = 40
_HAS_MESSAGE: Final = sa.text(
    "select exists (select from marts.fct_tickets where ticket_id = :ticket and created_at = :said)"
    " or exists (select from marts.ticket_timeline where ticket_id = :ticket and kind = 'interaction'"
    " and happened_at = :said)"
)


class InvalidMarkError(SupportAnalyticsError):
    """A mark that cannot be made."""

    kind = ErrorKind.INVALID


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it was checked.

    Attributes:
        ticket_id: Of the ticket.
        said_at: When the customer said what it is about.
        how: "phone", "dismissed", or "undo" to take the mark away.
    """

    ticket_id: int
    said_at: datetime
    how: str


def checked_mark(ticket: str, said: str, how: str) -> Mark:
    """Read what a form holds.

    Raises:
        InvalidMarkError: If it is not one that the page makes.
    """
    is_number = ticket.isascii() and ticket.isdecimal() and len(ticket) <= len(str(_LARGEST_ID))
    if not is_number or not 0 < int(ticket) <= _LARGEST_ID or how not in {*HOW, UNDO} or len(said) > _LONGEST:
        raise InvalidMarkError(_WRONG, _BACK)
    try:
        said_at = datetime.fromisoformat(said)
    except ValueError:
        raise InvalidMarkError(_WRONG, _BACK) from None
    if said_at.tzinfo is None:
        raise InvalidMarkError(_WRONG, _BACK)
    return Mark(int(ticket), said_at, how)


_WRONG: Final = "This is no mark that can be made."
_BACK: Final = "Go back and use the buttons of the list."


def check_message(connection: sa.Connection, mark: Mark) -> None:
    """Check that what a mark is about was said.

    Args:
        connection: In the role that reads marts.
        mark: What is wanted.

    Raises:
        InvalidMarkError: If nothing was said then in that ticket.
    """
    if not connection.scalar(_HAS_MESSAGE, {"ticket": mark.ticket_id, "said": mark.said_at}):
        message = "Nothing was said in that ticket at that time."
        raise InvalidMarkError(message, _BACK)


def set_mark(connection: sa.Connection, actor: str, mark: Mark) -> None:
    """Write a mark down, or take it away, and who did so."""
    key = {"ticket_id": mark.ticket_id, "message_at": mark.said_at}
    if mark.how == UNDO:
        table = follow_ups.c
        matching = (table.ticket_id == mark.ticket_id, table.message_at == mark.said_at)
        connection.execute(sa.delete(follow_ups).where(*matching))
    else:
        row = insert(follow_ups).values(**key, how=mark.how, actor=actor)
        connection.execute(row.on_conflict_do_nothing())
    details = {"message_at": mark.said_at.isoformat(), "how": mark.how}
    record(connection, actor, "follow_up", f"ticket {mark.ticket_id}", details)
