"""What the service has to serve: a classifier with a description of it, and where the next one comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from classifier_service.classification import Classification, Explanation, Ticket
from classifier_service.served_model import ServedCategory, ServedModel


class Classifies(Protocol):
    """Says everything about tickets. Safe to use from several threads."""

    def classify(self, tickets: Sequence[Ticket]) -> Sequence[Classification]:
        """Return one answer for every ticket, in their order."""
        ...

    def explain(self, ticket: Ticket) -> Explanation:
        """Return an answer and what led there."""
        ...


@dataclass(frozen=True, slots=True)
class ServedClassifier:
    """One version of model and rules, ready to answer.

    Attributes:
        classifier: Answers.
        model: What is known of the model.
        categories: That an answer may hold, in the managers' order.
    """

    classifier: Classifies
    model: ServedModel
    categories: tuple[ServedCategory, ...]


class Published(NamedTuple):
    """Versions of what should serve now; None where nothing is published yet."""

    model_version: str | None
    rules_version: str | None


class ClassifierSource(Protocol):
    """Where models and rules come from."""

    def published(self) -> Published:
        """Say what should serve now; cheap enough to ask every few seconds.

        Raises:
            RegistryError: If it cannot be told.
        """
        ...

    def load(self, published: Published) -> ServedClassifier:
        """Open these versions, once they are verified.

        Raises:
            RegistryError: If they are refused or missing.
        """
        ...
