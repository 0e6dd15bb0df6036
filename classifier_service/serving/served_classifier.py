"""The classifier that the service serves, its description, and the source of new classifiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from classifier_service.classification import Classification, Explanation, Ticket
from classifier_service.served_model import ServedCategory, ServedModel


class Classifies(Protocol):
    """Classifies tickets. Safe to use from several threads."""

    def classify(self, tickets: Sequence[Ticket]) -> Sequence[Classification]:
        """Return one answer for every ticket, in order."""
        ...

    def explain(self, ticket: Ticket) -> Explanation:
        """Return an answer and the terms that led to it."""
        ...


@dataclass(frozen=True, slots=True)
class ServedClassifier:
    """One version of model and rules, ready to answer.

    Attributes:
        classifier: Answers the calls.
        model: Description of the model.
        categories: Categories that an answer may hold, in the managers' order.
    """

    classifier: Classifies
    model: ServedModel
    categories: tuple[ServedCategory, ...]


class Published(NamedTuple):
    """Versions of model and rules that should serve now; None where nothing is published yet."""

    model_version: str | None
    rules_version: str | None


class ClassifierSource(Protocol):
    """Where models and rules come from."""

    def published(self) -> Published:
        """Return the versions that should serve now; cheap enough to ask every few seconds.

        Raises:
            RegistryError: If the registry cannot be read.
        """
        ...

    def load(self, published: Published) -> ServedClassifier:
        """Verify and open these versions.

        Raises:
            RegistryError: If a version is refused or missing.
        """
        ...
