"""What is published together and serves together."""

from dataclasses import dataclass
from enum import StrEnum

from classifier_service.models.category_model import CategoryModel
from classifier_service.models.text_hashes import NO_TEXTS, TextHashes
from classifier_service.signals.sentiment import SentimentModel


class Flavour(StrEnum):
    """Which kind of category model: quick and small, or better and slower."""

    FAST = "fast"
    ACCURATE = "accurate"


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """Everything learnt from the desk's tickets.

    Attributes:
        category_model: Says the category.
        sentiment_model: Says how the customer sounds.
        flavour: Which kind of category model it is.
        abstention_threshold: Confidence, 0..1, below which a category is not answered.
        learnt_texts: Which texts it has learnt from, so that it is never measured on them.
    """

    category_model: CategoryModel
    sentiment_model: SentimentModel
    flavour: Flavour
    abstention_threshold: float
    learnt_texts: TextHashes = NO_TEXTS
