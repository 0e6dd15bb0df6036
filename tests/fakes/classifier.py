"""A classifier that takes the category from the ticket's first word, and a source whose publications a test sets."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from classifier_service.classification import (
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
from classifier_service.errors import ClassifierError
from classifier_service.served_model import ModelMetric, ServedCategory, ServedModel
from classifier_service.serving.served_classifier import Published, ServedClassifier

TRAINED_AT = datetime(2026, 7, 1, 6, tzinfo=UTC)


@dataclass(slots=True)
class FakeClassifier:
    """Answers with the first word of a ticket; one with the word "leboga" mixes English and Setswana.

    Attributes:
        versions: It names in its answers.
        gate: Every ticket with the word "wait" is held here until the test opens it.
        seen: How many tickets of which batches it was given.
    """

    versions: Published
    gate: threading.Event = field(default_factory=threading.Event)
    seen: list[int] = field(default_factory=list)

    def classify(self, tickets: Sequence[Ticket]) -> list[Classification]:
        self.seen.append(len(tickets))
        return [self._one(ticket) for ticket in tickets]

    def explain(self, ticket: Ticket) -> Explanation:
        word = ticket.text.split()[0]
        return Explanation(self._one(ticket), (Term(word, 2.5, "keyword"), Term(ticket.text[:3], -0.5, "model")))

    def _one(self, ticket: Ticket) -> Classification:
        words = ticket.text.split()
        if "wait" in words:
            self.gate.wait(10)
        if "poison" in words:
            raise ZeroDivisionError(ticket.text)
        word = words[0]
        return Classification(
            CategoryAnswer(word, 0.9, Decider.BOTH, False, (CategoryScore(word, 0.9), CategoryScore("other", 0.1))),  # noqa: FBT003 - by position
            PriorityAnswer(Priority.HIGH, f"A {ticket.customer_type} writes."),
            Urgency.URGENT,
            SentimentAnswer(Sentiment.FRUSTRATED, -0.75),
            LanguageAnswer("en", 0.99, "tn" if "leboga" in words else ""),
            self.versions.model_version or "",
            self.versions.rules_version or "",
        )


@dataclass(slots=True)
class FakeSource:
    """Publishes what a test says.

    Attributes:
        now: What is published.
        refused: Versions whose opening fails, with the error.
        failure: Raised when it is asked at all.
        loads: How often something was opened.
        opened: The classifiers that were opened, by version of their model.
    """

    now: Published = field(default_factory=lambda: Published("m1", "r1"))
    refused: dict[str, Exception] = field(default_factory=dict)
    failure: ClassifierError | None = None
    loads: int = 0
    opened: dict[str, FakeClassifier] = field(default_factory=dict)

    def published(self) -> Published:
        if self.failure:
            raise self.failure
        return self.now

    def load(self, published: Published) -> ServedClassifier:
        self.loads += 1
        version = published.model_version or ""
        if version in self.refused:
            raise self.refused[version]
        self.opened[version] = FakeClassifier(published)
        model = ServedModel(
            version,
            "fast",
            TRAINED_AT,
            None,
            TRAINED_AT,
            (ModelMetric("accuracy", 0.9),),
            published.rules_version or "",
        )
        return ServedClassifier(
            self.opened[version], model, (ServedCategory("book_order", "Book order", "Orders.", is_learnt=True),)
        )
