"""Reads what the classifier said of one ticket, and why."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa

from portal.numbers import phrasing
from portal.topics.tickets.detail_dataset import Likelihood, Prediction
from portal.topics.tickets.rows_query import RowReader

_WORDS_SHOWN: Final = 6
_HEARD: Final = {"urgency": "Urgency", "sentiment": "How it sounds"}
_KINDS: Final = ("Keywords", "For it", "Against it", *_HEARD.values())
_OWN: Final = sa.text("select slug, name from marts.category_names")
_LATEST: Final = sa.text(
    "select said.*, why.terms from marts.ticket_predictions as said"
    " left join marts.ticket_explanations as why on said.ticket_id = why.ticket_id"
    " and said.model_version = why.model_version and said.rules_version = why.rules_version"
    " where said.ticket_id = :ticket_id order by said.predicted_at desc, said.id desc limit 1"
)


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
    own = {each.slug: each.name for each in connection.execute(_OWN)}
    named = {**own, **reader.categories}
    reasons: dict[str, Any] = row.reasons if isinstance(row.reasons, dict) else {}
    return Prediction(
        model_version=row.model_version,
        predicted_at=row.predicted_at.astimezone(reader.zone),
        category=None if row.category is None else _name(row.category, named),
        confidence=row.confidence,
        decider=row.decider,
        needs_review=row.is_abstention,
        alternatives=tuple(
            Likelihood(_name(category, named), share, is_own=category in own)
            for category, share in reasons.get("alternatives", ())
        ),
        priority=row.priority,
        priority_reason=reasons.get("priority"),
        urgency=row.urgency,
        sentiment=row.sentiment,
        language=row.language,
        second_language=row.second_language,
        reasons=_reasons(row.terms or [], named),
    )


def _reasons(terms: list[list[Any]], named: Mapping[str | None, str]) -> tuple[str, ...]:
    """Return a line for each kind of reason; the rule of the priority stands beside the priority already."""
    words: dict[str, dict[str, None]] = {}
    for text, weight, source in terms:
        for kind, line in _lines(str(text), weight, source, named):
            words.setdefault(kind, {})[line] = None
    shown = ((kind, list(words[kind])[:_WORDS_SHOWN]) for kind in _KINDS if kind in words)
    return tuple(f"{kind}: {', '.join(lines)}" for kind, lines in shown)


def _lines(text: str, weight: float, source: str, named: Mapping[str | None, str]) -> Iterator[tuple[str, str]]:
    """Yield the kind of a reason and its words. Kinds that the page shows elsewhere are left out."""
    if source == "keyword":
        phrase, _, category = text.partition(" → ")
        yield "Keywords", f"“{phrase}” ({_name(category, named)})"
    elif source == "model":
        yield "For it" if weight > 0 else "Against it", f"“{text}”"
    elif source in _HEARD:
        yield _HEARD[source], f"“{text}”"


def _name(category: str, named: Mapping[str | None, str]) -> str:
    """Return what a manager calls a category, also one that no ticket has yet."""
    return named.get(category) or phrasing.prettified(category)
