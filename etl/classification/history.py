"""Reads the desk's own tickets as training data for a model."""

import sqlalchemy as sa

from classifier_service.classification import Sentiment, Ticket
from classifier_service.signals.sentiment_training import sentiment_of_rating
from classifier_service.training.labelled_tickets import CORRECTED_WEIGHT, LabelledTickets
from etl.running.sql import read_sql


def labelled_tickets(connection: sa.Connection, most: int) -> LabelledTickets:
    """Return tickets with their categories: first those that a person set, then those that came with an import.

    A category set by a person has a larger weight. Categories set by the classifier itself are left out, because a
    model would only learn its own mistakes from them.

    Args:
        connection: In the role `etl_writer`.
        most: Largest number of tickets; of the imported ones, the newest are taken.
    """
    rows = connection.execute(sa.text(read_sql("classification/sql/labels.sql")), {"most": most}).all()
    return LabelledTickets(
        texts=tuple(Ticket(row.subject, row.content).text for row in rows),
        labels=tuple(row.category for row in rows),
        weights=tuple(CORRECTED_WEIGHT if row.is_corrected else 1.0 for row in rows),
        created_at=tuple(row.created_at for row in rows),
        is_corrected=tuple(row.is_corrected for row in rows),
    )


def rated_texts(connection: sa.Connection, most: int) -> tuple[list[str], list[Sentiment]]:
    """Return the texts of rated tickets, newest first, each with the sentiment that its rating implies."""
    rows = connection.execute(sa.text(read_sql("classification/sql/ratings.sql")), {"most": most}).all()
    return [Ticket(row.subject, row.content).text for row in rows], [sentiment_of_rating(row.rating) for row in rows]


def stored_tickets(connection: sa.Connection) -> int:
    """Return how many tickets the desk has."""
    return int(connection.execute(sa.text(read_sql("classification/sql/stored_tickets.sql"))).scalar_one())
