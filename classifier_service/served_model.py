"""What answers now, as values that know neither protobuf nor scikit-learn."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServedCategory:
    """A category that an answer may hold.

    Attributes:
        slug: For example "book_order".
        name: For people.
        description: What belongs there; may be empty.
        is_learnt: Whether the model knows it; otherwise keywords alone can give it.
    """

    slug: str
    name: str
    description: str
    is_learnt: bool


@dataclass(frozen=True, slots=True)
class ModelMetric:
    """One figure of a model's evaluation; rates are 0..1, other units are in the name."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class ServedModel:
    """The model and the rules that answer now.

    Attributes:
        version: As in the registry.
        flavour: "fast" or "accurate".
        trained_at: When.
        data_from: Creation of the earliest ticket it learnt from; None where tickets carried no time.
        data_to: Creation of the latest.
        metrics: Of its evaluation on tickets it had not seen.
        rules_version: As in the registry.
    """

    version: str
    flavour: str
    trained_at: datetime
    data_from: datetime | None
    data_to: datetime | None
    metrics: tuple[ModelMetric, ...]
    rules_version: str
