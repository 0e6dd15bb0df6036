"""Publishes the model that a desk starts with: one that has learnt nothing."""

from datetime import datetime

import sklearn

from classifier_service.models.blank import BlankModel
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.registry.model_card import Metrics, ModelCard, new_version
from classifier_service.registry.registry import Registry
from classifier_service.signals.sentiment import cold_start_sentiment
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import DEFAULT_SEED, LEAST_THRESHOLD


def publish_blank(registry: Registry, now: datetime) -> str | None:
    """Publish a model that knows no category and let it serve; return its version, or None if a model serves already.

    Until the desk's own tickets are learnt, only keywords decide. Sentiment, urgency and language are told as by every
    other model.

    Args:
        registry: Where it is published.
        now: Present time.

    Raises:
        RegistryError: If the registry cannot be reached.
    """
    if registry.champion() is not None:
        return None
    bundle = ModelBundle(BlankModel(), cold_start_sentiment(), Flavour.FAST, LEAST_THRESHOLD)
    version = registry.publish_model(bundle, _card(now))
    registry.promote(version)
    return version


def _card(now: datetime) -> ModelCard:
    return ModelCard(
        version=new_version(now, Flavour.FAST),
        flavour=Flavour.FAST,
        trained_at=now,
        data_from=None,
        data_to=None,
        data_hash=LabelledTickets((), ()).data_hash(),
        seed=DEFAULT_SEED,
        training_rows=0,
        held_out_rows=0,
        abstention_threshold=LEAST_THRESHOLD,
        metrics=Metrics(0.0, 0.0, 0.0, 0.0, 0.0),
        categories=(),
        confusion=(),
        sklearn_version=sklearn.__version__,
    )
