"""Sixty tickets written by hand go through everything, with a model that only ever read the demo bookshop."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bookshop_tickets import filed_tickets
from classifier_service.classification import Classification, Ticket
from classifier_service.client import ClassifierClient
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from classifier_service.serving.registry_source import RegistrySource
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainedModel, TrainingPlan, train
from tests.integration.classifier_service.serving.published import registry_in
from tests.integration.classifier_service.serving.serving_server import make_settings, serving

GOLDEN: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("golden_tickets.toml").read_text(encoding="utf-8")
)["tickets"]
TICKETS = [Ticket(each["subject"], each["content"], each["customer_type"]) for each in GOLDEN]


@pytest.fixture(scope="module")
def trained() -> TrainedModel:
    """What is learnt from three thousand tickets of the demo's bookshop; more only take longer."""
    history = filed_tickets(3_000, 1)
    tickets = LabelledTickets(tuple(each.text for each in history), tuple(each.category for each in history))
    return train(tickets, TrainingPlan(Flavour.FAST, datetime(2026, 7, 1, tzinfo=UTC)))


@pytest.fixture(scope="module")
def bundle(trained: TrainedModel) -> ModelBundle:
    """The model itself."""
    return trained.bundle


@pytest.fixture(scope="module")
def answers(bundle: ModelBundle) -> list[Classification]:
    """What it says of each golden ticket where managers abstain little and no text counts as unlike the others."""
    return _answers(replace(bundle, familiarity=None), replace(default_rules(), abstention_threshold=0.3))


@pytest.fixture(scope="module")
def whole(bundle: ModelBundle) -> list[Classification]:
    """What the whole classifier says of each golden ticket, by the rules that the service serves."""
    return _answers(bundle, replace(default_rules(), abstention_threshold=0.3))


def _answers(bundle: ModelBundle, rules: RulesDocument) -> list[Classification]:
    classifier = TicketClassifier(
        bundle.category_model,
        bundle.sentiment_model,
        rules,
        Versions("golden", "default"),
        bundle.abstention_threshold,
        bundle.familiarity,
    )
    return classifier.classify(TICKETS)


def test_there_are_sixty_a_dozen_a_category() -> None:
    """English, Setswana and mixed ones; every category has as many."""
    counts = dict.fromkeys((each["category"] for each in GOLDEN), 0)
    for each in GOLDEN:
        counts[each["category"]] += 1
    assert counts == dict.fromkeys(default_rules().active_slugs, 12)


@pytest.mark.parametrize("number", range(len(GOLDEN)), ids=[each["subject"] for each in GOLDEN])
def test_category_priority_and_language(answers: list[Classification], number: int) -> None:
    """Each is what the person who wrote the ticket meant."""
    answer, meant = answers[number], GOLDEN[number]
    given: dict[str, Any] = {
        "category": answer.category.category,
        "priority": answer.priority.priority.value,
        "language": answer.language.language,
    }
    assert given == {name: meant[name] for name in given}


def test_at_the_models_own_threshold_nothing_is_wrong(bundle: ModelBundle) -> None:
    """What is not answered right goes to a person, and that is little."""
    answered = [
        (answer.category.category, meant["category"])
        for answer, meant in zip(_answers(replace(bundle, familiarity=None), default_rules()), GOLDEN, strict=True)
        if not answer.category.is_abstention
    ]
    assert [each for each in answered if each[0] != each[1]] == []
    assert len(answered) >= 50


@pytest.fixture(scope="module")
def client(trained: TrainedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassifierClient]:
    """A client of a real service that serves the trained model from a signed registry."""
    directory = tmp_path_factory.mktemp("golden")
    registry = registry_in(directory)
    registry.promote(registry.publish_model(trained.bundle, trained.card))
    registry.publish_rules(replace(default_rules(), abstention_threshold=0.3))
    with (
        serving(make_settings(directory), RegistrySource(registry)) as served,
        ClassifierClient([served.address]) as made,
    ):
        yield made


def said(answer: Classification) -> dict[str, object]:
    """Return what an answer says; the last digits of a probability depend on the company a ticket is in."""
    return {
        "category": (answer.category.category, round(answer.category.confidence, 4), answer.category.decider),
        "alternatives": [each.category for each in answer.category.alternatives if each.probability > 0.001],
        "priority": answer.priority,
        "urgency": answer.urgency,
        "sentiment": (answer.sentiment.sentiment, round(answer.sentiment.score, 4)),
        "language": (answer.language.language, round(answer.language.confidence, 4)),
    }


def test_the_service_answers_as_the_classifier_does(client: ClassifierClient, whole: list[Classification]) -> None:
    """One by one and all together, the trained model's answers come over the wire unchanged, with its version."""
    expected = [said(answer) for answer in whole]
    one_by_one, together = [client.classify(ticket) for ticket in TICKETS], list(client.classify_many(TICKETS))
    assert [said(answer) for answer in one_by_one] == expected
    assert [said(answer) for answer in together] == expected
    assert {answer.model_version for answer in (*one_by_one, *together)} == {client.model().version}


def test_a_stream_answers_as_the_classifier_does(client: ClassifierClient, whole: list[Classification]) -> None:
    """In order, each ticket its own answer."""
    streamed = [answer for _, answer in client.stream((str(number), each) for number, each in enumerate(TICKETS))]
    assert [said(answer) for answer in streamed if isinstance(answer, Classification)] == [*map(said, whole)]


def test_the_service_explains_each_answer(client: ClassifierClient, whole: list[Classification]) -> None:
    """Every explanation repeats the answer and has reasons, the model's own words among them."""
    explained = [client.explain(ticket) for ticket in TICKETS]
    assert [said(each.classification) for each in explained] == [*map(said, whole)]
    assert all(each.terms for each in explained)
    assert {term.source for each in explained for term in each.terms} >= {"keyword", "model", "priority_rule"}
