"""The models that are published and served together."""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum

from classifier_service.models.category_model import CategoryModel
from classifier_service.models.familiarity import Familiarity
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
        familiarity: Says how like the learnt texts a text is; None in models that were made before there was such.
        learnt_answers: The texts together with the category that was learnt for each; see `told`.
    """

    category_model: CategoryModel
    sentiment_model: SentimentModel
    flavour: Flavour
    abstention_threshold: float
    learnt_texts: TextHashes = NO_TEXTS
    familiarity: Familiarity | None = None
    learnt_answers: TextHashes = NO_TEXTS

    def __setstate__(self, state: Sequence[object]) -> None:
        """Open a pickle, which may be older than the last fields: those get their defaults."""
        for place, field in enumerate(fields(self)):
            value = state[place] if place < len(state) else field.default
            if value is MISSING:
                message = f"A model without {field.name}."
                raise AttributeError(message)
            object.__setattr__(self, field.name, value)


def told(text: str, category: str) -> str:
    """Return a text and its category as one text, for `ModelBundle.learnt_answers`."""
    return f"{text}\n{category}"
