"""The demo's first model, which is trained on the bookshop's made-up texts on this machine."""

from datetime import date, datetime
from typing import Final

from classifier_service.models.bundle import Flavour
from classifier_service.registry.registry import Registry
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.promotion import publish_and_compare
from classifier_service.training.train import TrainingPlan, train
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.labelled_texts import labelled_texts, written_texts

TEXTS: Final = 800
"""Number of generated texts, spam included, to which the written ones are added."""
_SEED: Final = 20_260_101
"""This seed differs from the demo's, so that the model has not learnt from the tickets that the demo shows."""


def first_tickets(until: date) -> LabelledTickets:
    """Return what the first model learns from: generated texts and written ones.

    Args:
        until: First day after the history that the generated texts belong to.
    """
    return labelled_texts(TEXTS, _SEED, read_effects(None), until).and_also(written_texts())


def make_first_model(registry: Registry, now: datetime) -> str | None:
    """Train and promote a model if none serves that has learnt anything; return its version, or None.

    Args:
        registry: Registry in which the model is published.
        now: Time of training.

    Raises:
        RegistryError: If the registry cannot be reached.
    """
    champion = registry.champion()
    if champion is not None and registry.model_card(champion).training_rows:
        return None
    tickets = first_tickets(now.date())
    # A new demo has all its tickets to classify at once, which takes a `fast` model seconds, an `accurate` one minutes.
    plan = TrainingPlan(Flavour.FAST, now, is_of_template=True)
    return publish_and_compare(registry, train(tickets, plan)).version
