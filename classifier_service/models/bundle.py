"""The models that are published and served together."""

from dataclasses import dataclass
from enum import StrEnum

from classifier_service.models.category_model import CategoryModel
from classifier_service.models.text_hashes import NO_TEXTS, TextHashes
from classifier_service.signals.sentiment import SentimentModel


class Flavour(StrEnum):
    """The kinds of category model: quick and small, or better and slower."""

    FAST = "fast"
    ACCURATE = "accurate"


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """Everything learnt from the desk's tickets.

    Attributes:
        category_model: Gives the category.
        sentiment_model: Gives the customer's sentiment.
        flavour: The kind of category model.
        abstention_threshold: Confidence, 0..1, below which a category is not answered.
        learnt_texts: The texts that the models have learnt from, so that they are never measured on them.
    """

    category_model: CategoryModel
    sentiment_model: SentimentModel
    flavour: Flavour
    abstention_threshold: float
    learnt_texts: TextHashes = NO_TEXTS
