"""The quick model trained on BANKING77, in the forms that the compared servers need."""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import joblib
import numpy as np
import sklearn

from benchmarks.bench_directory import bench_directory
from benchmarks.logistic_pipeline import fast_pipeline, to_fast_model
from benchmarks.needed_data import SHARED, needed
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.registry.model_card import Metrics, ModelCard, new_version
from classifier_service.registry.registry import Registry
from classifier_service.registry.signing import SigningKey
from classifier_service.rules.defaults import default_rules
from classifier_service.signals.sentiment import cold_start_sentiment

_ABSTENTION_THRESHOLD: Final = 0.4


@dataclass(frozen=True, slots=True)
class IntentModel:
    """A trained model.

    Attributes:
        texts: BANKING77's training texts, in their order.
        pipeline_file: File of the model as a scikit-learn pipeline, written by joblib.
        data_dir: Data directory whose registry has the model in our own form.
    """

    texts: tuple[str, ...]
    pipeline_file: Path
    data_dir: Path

    @property
    def registry(self) -> Registry:
        """The registry in the data directory."""
        return Registry.open(
            str(self.data_dir / "models"), SigningKey.kept_at(self.data_dir / "classifier_signing_key")
        )


def intent_model(data_dir: Path) -> IntentModel:
    """Train once for each version of scikit-learn, keep the result, and publish it in a data directory."""
    with needed(SHARED / "intents" / "banking77_train.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    texts = tuple(text for text, _ in rows)
    kept = bench_directory("classifier") / f"banking77-sklearn-{sklearn.__version__}.joblib"
    if not kept.exists():
        print("training once (about half a minute)", flush=True)
        joblib.dump(fast_pipeline().fit(list(texts), np.array([category for _, category in rows])), kept)
    model = IntentModel(texts, kept, data_dir)
    quick = to_fast_model(joblib.load(kept))
    bundle = ModelBundle(quick, cold_start_sentiment(), Flavour.FAST, _ABSTENTION_THRESHOLD)
    publish_bundle(model.registry, bundle, len(texts))
    return model


def publish_bundle(registry: Registry, bundle: ModelBundle, rows: int) -> None:
    """Let a model serve with the default rules; its card has no figures.

    Args:
        registry: Where it is published.
        bundle: The model.
        rows: How many texts it has learnt from.
    """
    trained_at = datetime.now(UTC)
    card = ModelCard(
        version=new_version(trained_at, bundle.flavour),
        flavour=bundle.flavour,
        trained_at=trained_at,
        data_from=None,
        data_to=None,
        data_hash="",
        seed=0,
        training_rows=rows,
        held_out_rows=0,
        abstention_threshold=bundle.abstention_threshold,
        metrics=Metrics(0.0, 0.0, 0.0, 0.0, 0.0),
        categories=(),
        confusion=(),
        sklearn_version=sklearn.__version__,
    )
    registry.promote(registry.publish_model(bundle, card))
    registry.publish_rules(default_rules())
