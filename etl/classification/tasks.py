"""The queue of tickets that wait for the classifier."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from classifier_service.classification import Ticket
from etl.running.sql import read_sql
from warehouse.tables.tickets import classification_tasks, support_tickets


class Task(StrEnum):
    """What the classifier has to do with a ticket."""

    CLASSIFY = "classify"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class QueuedTicket:
    """A ticket from the queue, as it was when it was taken.

    Attributes:
        ticket_id: Its number.
        ticket: What is sent to the service.
        content_hash: Hash of what is sent, in hex, so that an unchanged ticket gets no second answer.
    """

    ticket_id: int
    ticket: Ticket
    content_hash: str


def take_tasks(connection: sa.Connection, task: Task, most: int) -> tuple[int, list[QueuedTicket]]:
    """Take tickets off the queue, the newest first; they stay in the queue if the transaction does not commit.

    Returns:
        How many tickets were taken, and those of them that have a text. A ticket without one cannot be classified.
    """
    taken = connection.execute(
        sa.text(read_sql("classification/sql/take_tasks.sql")),
        {"task": task.value, "most": most},
    ).all()
    tickets = [
        QueuedTicket(row.ticket_id, Ticket(row.subject, row.content, row.customer_type), row.content_hash)
        for row in taken
        if row.ticket_id is not None and (row.subject.strip() or row.content.strip())
    ]
    return len(taken), tickets


def waiting(connection: sa.Connection, task: Task) -> int:
    """Return how many tickets wait."""
    counted = sa.select(sa.func.count(sa.distinct(classification_tasks.c.ticket_id)))
    return int(connection.scalar(counted.where(classification_tasks.c.task == task.value)) or 0)


def queue_every_ticket(connection: sa.Connection) -> int:
    """Queue every ticket to be classified again, and return the number of tickets."""
    everything = sa.select(sa.literal(Task.CLASSIFY.value), support_tickets.c.id)
    queued = connection.execute(sa.insert(classification_tasks).from_select(["task", "ticket_id"], everything))
    return queued.rowcount
