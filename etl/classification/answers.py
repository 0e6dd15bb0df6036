"""Writes the classifier service's answers into the database."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson
import sqlalchemy as sa

from classifier_service.classification import NO_PRIORITY_RULE, Classification, Explanation, PriorityAnswer
from etl.classification.tasks import QueuedTicket
from etl.running.sql import read_sql

_STEPS: Final = (
    "classification/sql/record_predictions.sql",
    "classification/sql/fill_categories.sql",
    "classification/sql/fill_priorities.sql",
    "classification/sql/queue_explanations.sql",
)
_TERMS_KEPT: Final = 20


def record_answers(
    connection: sa.Connection, tickets: Sequence[QueuedTicket], answers: Iterable[Classification]
) -> None:
    """Store the answers, and set category and priority where neither a person nor an import has set them.

    Args:
        connection: In the transaction that took the tickets off the queue.
        tickets: The tickets, as the service read them.
        answers: One answer for each ticket.
    """
    rows = [_answer_row(queued, answer) for queued, answer in zip(tickets, answers, strict=True)]
    _fill(connection, "answers", "classification/sql/answers.sql", rows)
    for step in _STEPS:
        connection.execute(sa.text(read_sql(step)))


def record_explanations(
    connection: sa.Connection, tickets: Sequence[QueuedTicket], explanations: Iterable[Explanation]
) -> None:
    """Store the strongest words and rules behind each ticket's answer.

    Args:
        connection: In the transaction that took the tickets off the queue.
        tickets: The tickets, as the service read them.
        explanations: One explanation for each ticket.
    """
    rows = [_explanation_row(queued, each) for queued, each in zip(tickets, explanations, strict=True)]
    _fill(connection, "explanations", "classification/sql/explanations.sql", rows)
    connection.execute(sa.text(read_sql("classification/sql/record_explanations.sql")))


def _fill(connection: sa.Connection, table: str, path: str, rows: list[dict[str, Any]]) -> None:
    """Put rows into a new temporary table; a table left by an earlier batch of this transaction is dropped first."""
    connection.exec_driver_sql(f"drop table if exists pg_temp.{table}")
    connection.execute(sa.text(read_sql(path)))
    statement = (
        f"insert into {table} select * from jsonb_populate_recordset(cast(null as {table}), cast(:rows as jsonb))"
    )
    connection.execute(sa.text(statement), {"rows": orjson.dumps(rows).decode()})


def _answer_row(queued: QueuedTicket, answer: Classification) -> dict[str, Any]:
    likely = [
        [each.category, round(each.probability, 4)] for each in answer.category.alternatives if each.probability > 0
    ]
    return {
        "ticket_id": queued.ticket_id,
        "model_version": answer.model_version,
        "rules_version": answer.rules_version,
        "content_hash": queued.content_hash,
        "category": answer.category.category,
        "confidence": answer.category.confidence,
        "decider": answer.category.decider,
        "is_abstention": answer.category.is_abstention,
        "priority": answer.priority.priority,
        "urgency": answer.urgency,
        "sentiment": answer.sentiment.sentiment,
        "sentiment_score": answer.sentiment.score,
        "language": answer.language.language,
        "second_language": answer.language.second_language or None,
        "reasons": {"priority": _rule_of(answer.priority), "alternatives": likely},
    }


def _rule_of(answer: PriorityAnswer) -> str:
    """Return the desk's own sentence of the rule; "" where no rule matched, for which the page has its words."""
    return "" if answer.reason == NO_PRIORITY_RULE else answer.reason


def _explanation_row(queued: QueuedTicket, explanation: Explanation) -> dict[str, Any]:
    return {
        "ticket_id": queued.ticket_id,
        "model_version": explanation.classification.model_version,
        "rules_version": explanation.classification.rules_version,
        "terms": [[term.text, round(term.weight, 4), term.source] for term in explanation.terms[:_TERMS_KEPT]],
    }
