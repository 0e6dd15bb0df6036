"""From values to messages and back: nothing is lost, nothing is left out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from classifier_service.client.messages import (
    categories_from,
    classification_from,
    explanation_from,
    model_from,
    ticket_message,
)
from classifier_service.errors import InvalidTicketError
from classifier_service.served_model import ModelMetric, ServedCategory, ServedModel
from classifier_service.serving.converters import (
    category_message,
    classification_message,
    explanation_message,
    model_message,
    ticket_from,
)
from protos.gen.classifier.v1 import classifier_service_pb2 as pb

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
RATES = st.floats(0, 1)
SCORES = st.builds(CategoryScore, TEXTS, RATES)
CLASSIFICATIONS = st.builds(
    Classification,
    st.builds(
        CategoryAnswer,
        TEXTS,
        RATES,
        st.sampled_from(Decider),
        st.booleans(),
        st.lists(SCORES, max_size=5).map(tuple),
        st.sampled_from([None, *Abstention]),
    ),
    st.builds(PriorityAnswer, st.sampled_from(Priority), TEXTS),
    st.sampled_from(Urgency),
    st.builds(SentimentAnswer, st.sampled_from(Sentiment), st.floats(-1, 1)),
    st.builds(LanguageAnswer, TEXTS, RATES),
    TEXTS,
    TEXTS,
)
SOURCES = ("keyword", "model", "urgency", "sentiment", "priority_rule")
TERMS = st.builds(Term, TEXTS, st.floats(-50, 50), st.sampled_from(SOURCES))


def carried(message: pb.Classification) -> pb.Classification:
    """Return a message after a journey."""
    return pb.Classification.FromString(message.SerializeToString())


@given(CLASSIFICATIONS)
def test_an_answer_survives_the_journey(answer: Classification) -> None:
    """Every value that a classifier can give comes back equal."""
    assert classification_from(carried(classification_message(answer))) == answer


@given(CLASSIFICATIONS, st.lists(TERMS, max_size=120))
def test_an_explanation_survives_with_its_strongest_terms(answer: Classification, terms: list[Term]) -> None:
    """The contract promises at most a hundred."""
    message = explanation_message(Explanation(answer, tuple(terms)))
    assert explanation_from(message) == Explanation(answer, tuple(terms[:100]))


@given(st.text(max_size=1_200), st.text(max_size=200), st.none() | st.text(min_size=1, max_size=120))
def test_what_the_client_sends_the_service_takes(subject: str, content: str, customer_type: str | None) -> None:
    """Unless there is nothing in it; texts are cut to the limits, and half surrogate pairs replaced."""
    message = pb.Ticket.FromString(ticket_message(Ticket(subject, content, customer_type)).SerializeToString())
    if not (subject[:1_000].strip() or content.strip()):
        with pytest.raises(InvalidTicketError):
            ticket_from(message, "ticket", 20_000)
        return
    ticket = ticket_from(message, "ticket", 20_000)
    assert len(ticket.subject) == min(len(subject), 1_000)
    assert len(ticket.content) == len(content)


@pytest.mark.parametrize("at", [None, datetime(2026, 7, 1, 6, 0, 0, 250_000, UTC)])
def test_a_model_survives(at: datetime | None) -> None:
    """Times to the microsecond, and none where there is none."""
    trained_at = datetime(2026, 7, 1, 6, tzinfo=UTC)
    model = ServedModel("m", "accurate", trained_at, at, at, (ModelMetric("macro_f1", 0.5),), "r")
    assert model_from(pb.GetModelResponse.FromString(model_message(model).SerializeToString())) == model


def test_categories_survive() -> None:
    """In their order."""
    categories = (ServedCategory("b", "B", "", is_learnt=False), ServedCategory("a", "A", "x", is_learnt=True))
    message = pb.ListCategoriesResponse(categories=map(category_message, categories))
    assert categories_from(message) == categories
