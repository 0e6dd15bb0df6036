"""What a model was made from and how well it did, kept beside it in the registry."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

import orjson

from classifier_service.errors import ArtefactRefusedError
from classifier_service.models.bundle import Flavour

_TIME: Final = "%Y%m%dT%H%M%SZ"


def new_version(trained_at: datetime, flavour: Flavour) -> str:
    """Return a unique version that sorts by time, for example `20260701T060000Z-fast-1f9a3c`."""
    return f"{trained_at.astimezone(UTC):{_TIME}}-{flavour}-{secrets.token_hex(3)}"


@dataclass(frozen=True, slots=True)
class Metrics:
    """How well a model did on tickets it had not seen.

    Attributes:
        accuracy: Share of tickets with the right category, 0..1.
        macro_f1: Mean of the categories' F1, 0..1: small categories count as much as large ones.
        expected_calibration_error: Mean distance, 0..1, between confidence and accuracy; see `training.calibration`.
        coverage_at_95_precision: Largest share of tickets, 0..1, that can be answered with 95 % of the answers right.
        ticket_milliseconds: Time for one ticket, asked alone, on the machine that trained.
    """

    accuracy: float
    macro_f1: float
    expected_calibration_error: float
    coverage_at_95_precision: float
    ticket_milliseconds: float


@dataclass(frozen=True, slots=True)
class CategoryMetrics:
    """How well a model did on one category; `tickets` is how many held-out tickets belong to it."""

    category: str
    precision: float
    recall: float
    f1: float
    tickets: int


@dataclass(frozen=True, slots=True)
class ConfusionCell:
    """How many held-out tickets of one category the model put into one category, right or wrong; never 0."""

    actual: str
    predicted: str
    tickets: int


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """What one abstention threshold would do with the held-out tickets, by the model alone, without keywords.

    Attributes:
        threshold: Confidence, 0..1, below which the model would abstain.
        tickets: How many tickets were held out.
        answered: How many of them it would answer.
        right: How many of those answers are right.
    """

    threshold: float
    tickets: int
    answered: int
    right: int

    @property
    def coverage(self) -> float:
        """Share of tickets that are answered, 0..1."""
        return self.answered / self.tickets if self.tickets else 0.0

    @property
    def precision(self) -> float | None:
        """Share of right answers among the answered tickets, 0..1; None if none is answered."""
        return self.right / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Where a model comes from and how good it is.

    Attributes:
        version: Its name in the registry.
        flavour: The kind of model.
        trained_at: When the model was trained.
        data_from: Creation of the oldest ticket learnt from; None where tickets carry no time.
        data_to: Creation of the newest ticket learnt from; None likewise.
        data_hash: SHA-256, in hex, of the data learnt from.
        seed: Seed of every random choice.
        training_rows: Tickets learnt from.
        held_out_rows: Tickets measured on.
        abstention_threshold: Confidence below which the model abstains.
        metrics: Figures on the held-out tickets.
        categories: One entry for each category of the held-out tickets or the model.
        confusion: Cells of the confusion matrix that are not 0.
        sklearn_version: Version of scikit-learn that trained the model.
        thresholds: What each abstention threshold of 0.00, 0.01, ... 1.00 would do; empty in the cards of models that
            were trained before this was kept.
        is_made_up: Whether it learnt from texts made from templates: its figures say nothing about real tickets, and
            are shown nowhere.
    """

    version: str
    flavour: Flavour
    trained_at: datetime
    data_from: datetime | None
    data_to: datetime | None
    data_hash: str
    seed: int
    training_rows: int
    held_out_rows: int
    abstention_threshold: float
    metrics: Metrics
    categories: tuple[CategoryMetrics, ...]
    confusion: tuple[ConfusionCell, ...]
    sklearn_version: str
    thresholds: tuple[ThresholdRow, ...] = ()
    is_made_up: bool = False

    def to_json(self) -> bytes:
        """Return the card as a JSON object."""
        return orjson.dumps(self, option=orjson.OPT_INDENT_2)

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read a card.

        Raises:
            ArtefactRefusedError: If the data is not a model card.
        """
        try:
            return cls._from_fields(orjson.loads(data))
        except (ValueError, TypeError, KeyError) as error:
            message = "A model card in the registry cannot be read."
            raise ArtefactRefusedError(message, "Train the model again with this version of the product.") from error

    @classmethod
    def _from_fields(cls, fields: Mapping[str, Any]) -> Self:
        return cls(
            **{
                **fields,
                "flavour": Flavour(fields["flavour"]),
                "trained_at": datetime.fromisoformat(fields["trained_at"]),
                "data_from": _instant(fields["data_from"]),
                "data_to": _instant(fields["data_to"]),
                "metrics": Metrics(**fields["metrics"]),
                "categories": tuple(CategoryMetrics(**entry) for entry in fields["categories"]),
                "confusion": tuple(ConfusionCell(**entry) for entry in fields["confusion"]),
                "thresholds": tuple(ThresholdRow(**entry) for entry in fields.get("thresholds", ())),
            }
        )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
