"""Tickets go in, whole answers come out, whatever the tickets are."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier_service.classification import (
    FALLBACK_CATEGORY,
    Abstention,
    Decider,
    Priority,
    Sentiment,
    Ticket,
    Urgency,
)
from classifier_service.models.familiarity import Familiarity, Scope
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Category, Keyword
from classifier_service.signals.sentiment import cold_start_sentiment
from classifier_service.training.familiarity import learn_words
from classifier_service.training.labelled_tickets import LabelledTickets
from tests.conftest import examples
from tests.unit.classifier_service.category_models import SaidCategoryModel

PIECES = (
    "<p>", "</style>", "<style>", "<!--", "&#x110000;", "order", "ga ke", "not", "URGENT", "!", "😀",
    "\u202e", "\u0000", "\ud800", "On x wrote:\n", "\n> ", "-----Original Message-----\n",
)  # fmt: skip
MODEL = SaidCategoryModel({"parcel": [0.9, 0.02, 0.02, 0.03, 0.03]})


@pytest.fixture(scope="module")
def classifier() -> TicketClassifier:
    """The default rules with a model that knows one word."""
    return TicketClassifier(MODEL, cold_start_sentiment(), default_rules(), Versions("m-1", "r-1"))


def test_an_answer_holds_every_part_and_its_versions(classifier: TicketClassifier) -> None:
    """One frustrated, urgent English ticket of a school gets each of its answers."""
    (answer,) = classifier.classify(
        [Ticket("Refund", "This is unacceptable and urgent: cancel it and give me a refund.", "school")]
    )
    assert (answer.category.category, answer.category.decider) == ("return_refund", Decider.RULES)
    assert (answer.urgency, answer.priority.priority) == (Urgency.URGENT, Priority.URGENT)
    assert (answer.sentiment.sentiment, answer.language.language) == (Sentiment.FRUSTRATED, "en")
    assert (answer.model_version, answer.rules_version) == ("m-1", "r-1")


def test_answers_come_in_the_order_of_the_tickets(classifier: TicketClassifier) -> None:
    """A batch gives each ticket the answer that it gets alone."""
    tickets = [
        Ticket("", "parcel"),
        Ticket("", ""),
        Ticket("Potso", "Ke kopa tshedimosetso"),
        Ticket("", "password", "business"),
    ]
    assert classifier.classify(tickets) == [classifier.classify([ticket])[0] for ticket in tickets]
    assert classifier.classify([]) == []


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00\x07", "<p></p>", "👍"])
def test_a_text_without_words_is_an_abstention(classifier: TicketClassifier, text: str) -> None:
    """Where nothing is said, nothing is answered, however likely a category is beforehand."""
    (answer,) = classifier.classify([Ticket("", text)])
    assert (answer.category.category, answer.category.is_abstention) == (FALLBACK_CATEGORY, True)
    assert (answer.category.decider, answer.language.language) == (Decider.NEITHER, "und")
    assert answer.category.abstention is Abstention.NO_WORDS


def strange_to(rules: RulesDocument) -> TicketClassifier:
    """Return a classifier that has learnt from a few texts of parcels and returns."""
    texts = ("where is my parcel", "my parcel is late", "return my parcel", "how do I return it")
    learnt = learn_words(LabelledTickets(texts, ("book_order", "book_order", "return_refund", "return_refund")))
    familiarity = Familiarity(learnt, Scope(0.4, 2.0, -1.7))
    return TicketClassifier(MODEL, cold_start_sentiment(), rules, Versions("m-1", "r-1"), 0.4, familiarity)


def test_a_ticket_of_another_trade_is_left_to_a_person_unless_a_manager_has_a_word_for_it() -> None:
    """A shop's word that the model has learnt, "return", is not enough; the manager's own "geyser" is."""
    ticket = Ticket("Return the geyser", "The geyser on our roof burst last night, please take the thing away")
    (answer,) = strange_to(default_rules()).classify([ticket])
    assert (answer.category.is_abstention, answer.category.abstention) == (True, Abstention.UNLIKE)
    rules = default_rules()
    taught = replace(rules, keywords=(*rules.keywords, Keyword("technical_support", "geyser")))
    (answer,) = strange_to(taught).classify([ticket])
    assert answer.category.category == "technical_support"
    (usual,) = strange_to(default_rules()).classify([Ticket("", "where is my parcel")])
    assert usual.category.category == "book_order"


def test_an_explanation_names_what_each_answer_was_made_of(classifier: TicketClassifier) -> None:
    """Keyword, model, urgency, sentiment and priority rule each stand with their weight, the strongest first."""
    explanation = classifier.explain(Ticket("", "My parcel with the orders is urgent, I am furious"))
    assert {term.source for term in explanation.terms} == {"keyword", "model", "urgency", "sentiment", "priority_rule"}
    weights = [abs(term.weight) for term in explanation.terms]
    assert weights == sorted(weights, reverse=True)
    assert (
        explanation.classification
        == classifier.classify([Ticket("", "My parcel with the orders is urgent, I am furious")])[0]
    )


@settings(max_examples=examples(1_000))
@given(
    st.text(max_size=300)
    | st.text(alphabet="<>/! apbr\n\r-&;#x0", max_size=300)
    | st.text(alphabet=st.characters(), max_size=50)
    | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.none() | st.text(max_size=20),
)  # fmt: skip
def test_no_text_makes_it_fail(classifier: TicketClassifier, text: str, customer_type: str | None) -> None:
    """Ten thousand texts, many of them hostile: every one gets an answer within its stated ranges."""
    (answer,) = classifier.classify([Ticket(text[:7], text, customer_type)])
    assert 0 <= answer.category.confidence <= 1
    assert -1 <= answer.sentiment.score <= 1
    assert 0 <= answer.language.confidence <= 1
    assert answer.category.category in classifier.categories


def test_a_new_category_is_answered_as_soon_as_it_is_saved() -> None:
    """A manager adds a category with a keyword; the model has never heard of it."""
    rules = default_rules()
    changed = replace(
        rules,
        categories=(*rules.categories, Category("stationery", "Stationery", position=6)),
        keywords=(*rules.keywords, Keyword("stationery", "pencil case")),
    )
    classifier = TicketClassifier(MODEL, cold_start_sentiment(), changed, Versions("m-1", "r-2"))
    (answer,) = classifier.classify([Ticket("", "Which pencil cases came with it?")])
    assert (answer.category.category, answer.category.decider) == ("stationery", Decider.RULES)
    assert "stationery" in classifier.categories
