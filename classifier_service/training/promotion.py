"""Publishes a new model, and lets it serve if it is better than the champion."""

from dataclasses import dataclass

from classifier_service.errors import ArtefactRefusedError
from classifier_service.registry.registry import Registry
from classifier_service.training.comparison import Comparison, compare
from classifier_service.training.evidence import gather_evidence
from classifier_service.training.train import TrainedModel


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a new model.

    Attributes:
        version: Version under which it is published, whether it serves or not.
        is_promoted: Whether it serves.
        reason: Why it serves or not, as a sentence.
        comparison: Comparison with the champion; None where there was no champion to compare with.
    """

    version: str
    is_promoted: bool
    reason: str
    comparison: Comparison | None


def publish_and_compare(registry: Registry, trained: TrainedModel) -> Outcome:
    """Publish a model; promote it if it is better than the champion.

    It is promoted as well if no champion can be opened here, or if the champion knows none of its categories.

    Raises:
        RegistryError: If the registry cannot be reached.
    """
    version = registry.publish_model(trained.bundle, trained.card)
    champion = registry.champion()
    if champion is None:
        return _promote(registry, version, "Promoted: no model has served before.", None)
    try:
        bundle, _card = registry.load_model(champion)
    except ArtefactRefusedError as error:
        return _promote(registry, version, f"Promoted: the champion cannot be opened. {error.message}", None)
    if not set(bundle.category_model.classes) & set(trained.bundle.category_model.classes):
        return _promote(registry, version, "Promoted: the model before knows none of these categories.", None)
    comparison = compare(gather_evidence(bundle, trained))
    if comparison.is_better:
        return _promote(registry, version, comparison.reason, comparison)
    return Outcome(version, is_promoted=False, reason=comparison.reason, comparison=comparison)


def _promote(registry: Registry, version: str, reason: str, comparison: Comparison | None) -> Outcome:
    registry.promote(version)
    return Outcome(version, is_promoted=True, reason=reason, comparison=comparison)
