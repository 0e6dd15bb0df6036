"""Converts values to messages and back, on the caller's side."""

from datetime import UTC, datetime
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from classifier_service.classification import (
    Abstention,
    CategoryAnswer,
    CategoryScore,
    Classification,
    Decider,
    Explanation,
    LanguageAnswer,
    Priority,
    PriorityAnswer,
    Sentiment,
    SentimentAnswer,
    Term,
    Ticket,
    Urgency,
)
from classifier_service.limits import MAX_CONTENT_CHARACTERS, MAX_CUSTOMER_TYPE_CHARACTERS, MAX_SUBJECT_CHARACTERS
from classifier_service.served_model import ModelMetric, ServedCategory, ServedModel
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

# In the order of the enumerations' numbers, which start at 1: 0 is never sent, except for an abstention that is none.
_ABSTENTIONS: Final = (None, *Abstention)
_DECIDERS: Final = (Decider.RULES, Decider.MODEL, Decider.BOTH, Decider.NEITHER)
_PRIORITIES: Final = tuple(Priority)
_URGENCIES: Final = tuple(Urgency)
_SENTIMENTS: Final = tuple(Sentiment)
_TERM_SOURCES: Final = ("keyword", "model", "urgency", "sentiment", "priority_rule")
_FLAVOURS: Final = ("fast", "accurate")


def ticket_message(ticket: Ticket) -> pb.Ticket:
    """Return a ticket as a message, with texts cut to the service's limits; the start says what a ticket is about."""
    return pb.Ticket(
        subject=_sendable(ticket.subject[:MAX_SUBJECT_CHARACTERS]),
        content=_sendable(ticket.content[:MAX_CONTENT_CHARACTERS]),
        customer_type=_sendable((ticket.customer_type or "")[:MAX_CUSTOMER_TYPE_CHARACTERS]),
    )


def _sendable(text: str) -> str:
    """Return a text without halves of surrogate pairs, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def classification_from(message: pb.Classification) -> Classification:
    """Read an answer."""
    category = message.category
    return Classification(
        category=CategoryAnswer(
            category.category,
            category.confidence,
            _DECIDERS[category.decider - 1],
            category.is_abstention,
            tuple(CategoryScore(score.category, score.probability) for score in category.alternatives),
            _ABSTENTIONS[category.abstention],
        ),
        priority=PriorityAnswer(_PRIORITIES[message.priority.priority - 1], message.priority.reason),
        urgency=_URGENCIES[message.urgency - 1],
        sentiment=SentimentAnswer(_SENTIMENTS[message.sentiment.sentiment - 1], message.sentiment.score),
        language=LanguageAnswer(
            message.language.language, message.language.confidence, message.language.second_language
        ),
        model_version=message.model_version,
        rules_version=message.rules_version,
    )


def explanation_from(message: pb.ExplainTicketResponse) -> Explanation:
    """Read an answer and the terms that led to it."""
    terms = tuple(Term(term.text, term.weight, _TERM_SOURCES[term.source - 1]) for term in message.terms)
    return Explanation(classification_from(message.classification), terms)


def categories_from(message: pb.ListCategoriesResponse) -> tuple[ServedCategory, ...]:
    """Read the categories."""
    return tuple(
        ServedCategory(category.slug, category.name, category.description, category.is_learnt, category.is_suggested)
        for category in message.categories
    )


def model_from(message: pb.GetModelResponse) -> ServedModel:
    """Read the description of the model."""
    model = message.model
    return ServedModel(
        version=model.version,
        flavour=_FLAVOURS[model.flavour - 1],
        trained_at=_instant(model.trained_at),
        data_from=_instant(model.data_from) if model.HasField("data_from") else None,
        data_to=_instant(model.data_to) if model.HasField("data_to") else None,
        metrics=tuple(ModelMetric(metric.name, metric.value) for metric in model.metrics),
        rules_version=message.rules_version,
    )


def _instant(timestamp: Timestamp) -> datetime:
    return timestamp.ToDatetime(UTC)
