"""Models and their cards, small, to publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray

from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.registry.model_card import CategoryMetrics, ConfusionCell, Metrics, ModelCard, ThresholdRow
from classifier_service.signals.sentiment import cold_start_sentiment


@dataclass(frozen=True, slots=True)
class ConstantModel:
    """Says the same of every text."""

    classes: tuple[str, ...] = ("book_order", "return_refund")
    answer: tuple[float, ...] = (0.75, 0.25)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.asarray(self.answer, np.float32), (len(texts), 1))

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        return ((text.lower(), self.answer[self.classes.index(category)]),)[:most]


def make_bundle(**overrides: Any) -> ModelBundle:
    """Return a bundle around a model that always says the same."""
    fields: dict[str, Any] = {
        "category_model": ConstantModel(),
        "sentiment_model": cold_start_sentiment(),
        "flavour": Flavour.FAST,
        "abstention_threshold": 0.5,
    }
    return ModelBundle(**fields | overrides)


def make_card(version: str = "20260701T060000Z-fast-1f9a3c", **overrides: Any) -> ModelCard:
    """Return a card of a model that got three of four held-out tickets right."""
    fields: dict[str, Any] = {
        "flavour": Flavour.FAST,
        "trained_at": datetime(2026, 7, 1, 6, tzinfo=UTC),
        "data_from": datetime(2025, 7, 1, tzinfo=UTC),
        "data_to": None,
        "data_hash": "ab" * 32,
        "seed": 7,
        "training_rows": 16,
        "held_out_rows": 4,
        "abstention_threshold": 0.5,
        "metrics": Metrics(0.75, 0.7, 0.02, 0.5, 0.4),
        "categories": (CategoryMetrics("book_order", 1.0, 0.5, 2 / 3, 2),),
        "confusion": (ConfusionCell("book_order", "return_refund", 1), ConfusionCell("book_order", "book_order", 3)),
        "sklearn_version": sklearn.__version__,
        "thresholds": (ThresholdRow(0.0, 4, 4, 3), ThresholdRow(0.5, 4, 2, 2), ThresholdRow(1.0, 4, 0, 0)),
    }
    return ModelCard(version=version, **fields | overrides)
