"""Sixty tickets written by hand go through everything, with a model that only ever read the demo bookshop."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bookshop_tickets import filed_tickets
from classifier_service.classification import Classification, Ticket
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.rules.document import RulesDocument
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainingPlan, train

GOLDEN: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("golden_tickets.toml").read_text(encoding="utf-8")
)["tickets"]


@pytest.fixture(scope="module")
def bundle() -> ModelBundle:
    """What is learnt from ten thousand tickets of the demo's bookshop."""
    history = filed_tickets(10_000, 1)
    tickets = LabelledTickets(tuple(each.text for each in history), tuple(each.category for each in history))
    return train(tickets, TrainingPlan(Flavour.FAST, datetime(2026, 7, 1, tzinfo=UTC))).bundle


@pytest.fixture(scope="module")
def answers(bundle: ModelBundle) -> list[Classification]:
    """What the whole classifier says of each golden ticket where managers abstain little."""
    return _answers(bundle, replace(default_rules(), abstention_threshold=0.3))


def _answers(bundle: ModelBundle, rules: RulesDocument) -> list[Classification]:
    classifier = TicketClassifier(
        bundle.category_model,
        bundle.sentiment_model,
        rules,
        Versions("golden", "default"),
        bundle.abstention_threshold,
    )
    return classifier.classify([Ticket(each["subject"], each["content"], each["customer_type"]) for each in GOLDEN])


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
        for answer, meant in zip(_answers(bundle, default_rules()), GOLDEN, strict=True)
        if not answer.category.is_abstention
    ]
    assert [each for each in answered if each[0] != each[1]] == []
    assert len(answered) >= 50
