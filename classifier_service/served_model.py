"""A description of the model and rules that answer now, as plain values without protobuf or scikit-learn."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServedCategory:
    """A category that an answer may hold.

    Attributes:
        slug: For example "book_order".
        name: The name that people read.
        description: Which tickets belong to the category; may be empty.
        is_learnt: Whether the model knows the category; otherwise only keywords can lead to it.
        is_suggested: Whether it is from a template that nobody has taken: named among the alternatives, never answered.
    """

    slug: str
    name: str
    description: str
    is_learnt: bool
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class ModelMetric:
    """One figure of a model's evaluation; rates are 0..1, and other units are part of the name."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class ServedModel:
    """The model and the rules that answer now.

    Attributes:
        version: Version of the model in the registry.
        flavour: "fast" or "accurate".
        trained_at: When the model was trained.
        data_from: Creation of the earliest ticket it learnt from; None where tickets carried no time.
        data_to: Creation of the latest ticket it learnt from; None likewise.
        metrics: Figures on tickets that it had not seen; none of a model that has learnt from no tickets of a desk.
        rules_version: Version of the rules in the registry.
    """

    version: str
    flavour: str
    trained_at: datetime
    data_from: datetime | None
    data_to: datetime | None
    metrics: tuple[ModelMetric, ...]
    rules_version: str
