"""Reads what the classifier said of one ticket, and why."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from portal import phrasing
from portal.datasets.ticket_detail import Likelihood, Prediction
from portal.queries.ticket_rows import RowReader

_REASONS_SHOWN: Final = 6
_LATEST: Final = sa.text(
    "select said.*, why.terms from marts.ticket_predictions as said"
    " left join marts.ticket_explanations as why on said.ticket_id = why.ticket_id"
    " and said.model_version = why.model_version and said.rules_version = why.rules_version"
    " where said.ticket_id = :ticket_id order by said.predicted_at desc, said.id desc limit 1"
)
_HEARD: Final = {"urgency": "how urgent it sounds", "sentiment": "how the customer sounds"}


def latest_prediction(connection: sa.Connection, ticket_id: int, reader: RowReader) -> Prediction | None:
    """Return what was said last; None when nothing was.

    Args:
        connection: In the role that reads marts.
        ticket_id: Number of the ticket.
        reader: Knows the names of categories and the reporting zone.
    """
    row = connection.execute(_LATEST, {"ticket_id": ticket_id}).one_or_none()
    if row is None:
        return None
    named = reader.categories
    reasons: dict[str, Any] = row.reasons if isinstance(row.reasons, dict) else {}
    return Prediction(
        model_version=row.model_version,
        predicted_at=row.predicted_at.astimezone(reader.zone),
        category=None if row.category is None else _name(row.category, named),
        confidence=row.confidence,
        decider=row.decider,
        needs_review=row.is_abstention,
        alternatives=tuple(
            Likelihood(_name(category, named), share) for category, share in reasons.get("alternatives", ())
        ),
        priority=row.priority,
        priority_reason=str(reasons.get("priority", "")),
        urgency=row.urgency,
        sentiment=row.sentiment,
        language=row.language,
        reasons=_reasons(row.terms or [], named),
    )


def _reasons(terms: list[list[Any]], named: Mapping[str | None, str]) -> tuple[str, ...]:
    """Return the strongest terms as lines; the rule of the priority stands beside the priority already."""
    lines = [_line(str(text), weight, source, named) for text, weight, source in terms if source != "priority_rule"]
    return tuple(lines[:_REASONS_SHOWN])


def _line(text: str, weight: float, source: str, named: Mapping[str | None, str]) -> str:
    if source == "keyword":
        phrase, _, category = text.partition(" → ")
        return f"“{phrase}” is a keyword of {_name(category, named)}"
    if source in _HEARD:
        return f"“{text}” says {_HEARD[source]}"
    return f"“{text}” speaks {'for' if weight > 0 else 'against'} it"


def _name(category: str, named: Mapping[str | None, str]) -> str:
    """Return what a manager calls a category, also one that no ticket has yet."""
    return named.get(category) or phrasing.prettified(category)
