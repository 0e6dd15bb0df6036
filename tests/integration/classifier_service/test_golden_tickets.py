"""Sixty tickets written by hand go through everything, with a model that only ever read the demo bookshop."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bookshop_model import BookshopModel
from benchmarks.bookshop_tickets import filed_tickets
from classifier_service.classification import Classification, Ticket
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.signals.sentiment import cold_start_sentiment

GOLDEN: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("golden_tickets.toml").read_text(encoding="utf-8")
)["tickets"]


@pytest.fixture(scope="module")
def answers() -> list[Classification]:
    """What the whole classifier says of each golden ticket."""
    history = filed_tickets(5_000, 3)
    model = BookshopModel.fit([each.text for each in history], [each.category for each in history])
    classifier = TicketClassifier(model, cold_start_sentiment(), default_rules(), Versions("golden", "default"))
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
