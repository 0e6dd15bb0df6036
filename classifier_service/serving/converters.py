"""Converts messages to values and back; the only module of the server that knows both."""

from datetime import datetime
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from classifier_service.classification import (
    Abstention,
    CategoryAnswer,
    Classification,
    Decider,
    Explanation,
    Priority,
    Sentiment,
    Term,
    Ticket,
    Urgency,
)
from classifier_service.errors import InvalidTicketError
from classifier_service.limits import MAX_BATCH_TICKETS, MAX_CUSTOMER_TYPE_CHARACTERS, MAX_SUBJECT_CHARACTERS, MAX_TERMS
from classifier_service.served_model import ServedCategory, ServedModel
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

_DECIDERS: Final = {
    Decider.RULES: pb.DECIDER_RULES,
    Decider.MODEL: pb.DECIDER_MODEL,
    Decider.BOTH: pb.DECIDER_BOTH,
    Decider.NEITHER: pb.DECIDER_NEITHER,
}
_ABSTENTIONS: Final = {
    Abstention.UNSURE: pb.ABSTENTION_UNSURE,
    Abstention.UNLIKE: pb.ABSTENTION_UNLIKE,
    Abstention.NO_WORDS: pb.ABSTENTION_NO_WORDS,
}
_PRIORITIES: Final = {
    Priority.LOW: pb.PRIORITY_LOW,
    Priority.MEDIUM: pb.PRIORITY_MEDIUM,
    Priority.HIGH: pb.PRIORITY_HIGH,
    Priority.URGENT: pb.PRIORITY_URGENT,
}
_URGENCIES: Final = {
    Urgency.LOW: pb.URGENCY_LOW,
    Urgency.NORMAL: pb.URGENCY_NORMAL,
    Urgency.HIGH: pb.URGENCY_HIGH,
    Urgency.URGENT: pb.URGENCY_URGENT,
}
_SENTIMENTS: Final = {
    Sentiment.FRUSTRATED: pb.SENTIMENT_FRUSTRATED,
    Sentiment.NEUTRAL: pb.SENTIMENT_NEUTRAL,
    Sentiment.PLEASED: pb.SENTIMENT_PLEASED,
}
_TERM_SOURCES: Final = {
    "keyword": pb.TERM_SOURCE_KEYWORD,
    "model": pb.TERM_SOURCE_MODEL,
    "urgency": pb.TERM_SOURCE_URGENCY,
    "sentiment": pb.TERM_SOURCE_SENTIMENT,
    "priority_rule": pb.TERM_SOURCE_PRIORITY_RULE,
}
_FLAVOURS: Final = {"fast": pb.MODEL_FLAVOUR_FAST, "accurate": pb.MODEL_FLAVOUR_ACCURATE}


def ticket_from(message: pb.Ticket, field: str, max_content_characters: int) -> Ticket:
    """Read a ticket and check its limits.

    Args:
        message: The ticket as received.
        field: The ticket's place in the request, for example `tickets[3]`.
        max_content_characters: The longest content that the service takes.

    Raises:
        InvalidTicketError: If the ticket is outside the limits; names the field and never repeats its value.
    """
    subject, content, customer_type = message.subject, message.content, message.customer_type
    if len(subject) > MAX_SUBJECT_CHARACTERS:
        raise too_long(field, "subject", MAX_SUBJECT_CHARACTERS)
    if len(content) > max_content_characters:
        raise too_long(field, "content", max_content_characters)
    if len(customer_type) > MAX_CUSTOMER_TYPE_CHARACTERS:
        raise too_long(field, "customer_type", MAX_CUSTOMER_TYPE_CHARACTERS)
    if not (subject.strip() or content.strip()):
        sentence = "A ticket needs a subject or a content."
        raise InvalidTicketError(field, sentence)
    return Ticket(subject, content, customer_type or None)


def too_long(message: str, field: str, most: int) -> InvalidTicketError:
    """Return the error for a text that is too long.

    Args:
        message: Name of the message that holds the text; "" for the request itself.
        field: Name of the text.
        most: The most characters allowed.
    """
    return InvalidTicketError(f"{message}.{field}".lstrip("."), f"It has more than {most:,} characters.")


def too_many_tickets() -> InvalidTicketError:
    """Return the error for a batch that is empty or too large."""
    return InvalidTicketError("tickets", f"A batch has 1 to {MAX_BATCH_TICKETS:,} tickets.")


def classification_message(answer: Classification) -> pb.Classification:
    """Return an answer as a message; parts are filled in place, which takes half the time of copying them."""
    message = pb.Classification(
        urgency=_URGENCIES[answer.urgency], model_version=answer.model_version, rules_version=answer.rules_version
    )
    _fill_category(message.category, answer.category)
    message.priority.priority = _PRIORITIES[answer.priority.priority]
    message.priority.reason = answer.priority.reason
    message.sentiment.sentiment = _SENTIMENTS[answer.sentiment.sentiment]
    message.sentiment.score = answer.sentiment.score
    message.language.language = answer.language.language
    message.language.confidence = answer.language.confidence
    message.language.second_language = answer.language.second_language
    return message


def _fill_category(message: pb.CategoryAnswer, answer: CategoryAnswer) -> None:
    message.category = answer.category
    message.confidence = answer.confidence
    message.decider = _DECIDERS[answer.decider]
    message.is_abstention = answer.is_abstention
    if answer.abstention is not None:
        message.abstention = _ABSTENTIONS[answer.abstention]
    for score in answer.alternatives:
        message.alternatives.add(category=score.category, probability=score.probability)


def explanation_message(explanation: Explanation) -> pb.ExplainTicketResponse:
    """Return a classification and the strongest of its terms as a message."""
    return pb.ExplainTicketResponse(
        classification=classification_message(explanation.classification),
        terms=[_term_message(term) for term in explanation.terms[:MAX_TERMS]],
    )


def _term_message(term: Term) -> pb.Term:
    return pb.Term(text=term.text, weight=term.weight, source=_TERM_SOURCES[term.source])


def category_message(category: ServedCategory) -> pb.Category:
    """Return a category as a message."""
    return pb.Category(
        slug=category.slug,
        name=category.name,
        description=category.description,
        is_learnt=category.is_learnt,
        is_suggested=category.is_suggested,
    )


def model_message(model: ServedModel) -> pb.GetModelResponse:
    """Return the description of a model as a message."""
    return pb.GetModelResponse(
        model=pb.Model(
            version=model.version,
            flavour=_FLAVOURS[model.flavour],
            trained_at=_timestamp(model.trained_at),
            data_from=_timestamp(model.data_from),
            data_to=_timestamp(model.data_to),
            metrics=[pb.ModelMetric(name=metric.name, value=metric.value) for metric in model.metrics],
        ),
        rules_version=model.rules_version,
    )


def _timestamp(instant: datetime | None) -> Timestamp | None:
    if instant is None:
        return None
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
