"""Classifiers made from what the registry publishes."""

from classifier_service.errors import NothingPublishedError
from classifier_service.models.bundle import ModelBundle
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.registry.model_card import Metrics, ModelCard
from classifier_service.registry.registry import Registry
from classifier_service.rules.document import RulesDocument
from classifier_service.served_model import ModelMetric, ServedCategory, ServedModel
from classifier_service.serving.served_classifier import Published, ServedClassifier


class RegistrySource:
    """Reads one registry."""

    def __init__(self, registry: Registry) -> None:
        """Read this registry."""
        self._registry = registry

    def published(self) -> Published:
        """Return the versions that should serve now."""
        champion, rules = self._registry.pointers()
        return Published(champion, rules)

    def load(self, published: Published) -> ServedClassifier:
        """Open a model and rules, and put them together."""
        model_version, rules_version = published
        if model_version is None or rules_version is None:
            message = "The registry has no model or no rules yet."
            raise NothingPublishedError(message)
        bundle, card = self._registry.load_model(model_version)
        rules = self._registry.load_rules(rules_version)
        versions = Versions(model_version, rules_version)
        return ServedClassifier(
            TicketClassifier(
                bundle.category_model,
                bundle.sentiment_model,
                rules,
                versions,
                bundle.abstention_threshold,
                bundle.familiarity,
            ),
            _served_model(card, versions),
            _served_categories(bundle, rules),
        )


def _served_model(card: ModelCard, versions: Versions) -> ServedModel:
    return ServedModel(
        version=versions.model,
        flavour=card.flavour.value,
        trained_at=card.trained_at,
        data_from=card.data_from,
        data_to=card.data_to,
        metrics=_metrics(card.metrics) if card.has_figures else (),
        rules_version=versions.rules,
    )


def _metrics(figures: Metrics) -> tuple[ModelMetric, ...]:
    return (
        ModelMetric("accuracy", figures.accuracy),
        ModelMetric("macro_f1", figures.macro_f1),
        ModelMetric("expected_calibration_error", figures.expected_calibration_error),
        ModelMetric("coverage_at_95_precision", figures.coverage_at_95_precision),
        ModelMetric("ticket_milliseconds", figures.ticket_milliseconds),
    )


def _served_categories(bundle: ModelBundle, rules: RulesDocument) -> tuple[ServedCategory, ...]:
    learnt = frozenset(bundle.category_model.classes)
    return tuple(
        ServedCategory(
            category.slug,
            category.name,
            category.description,
            is_learnt=category.slug in learnt,
            is_suggested=category.is_suggested,
        )
        for category in rules.categories
        if category.is_active
    )
