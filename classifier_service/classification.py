"""A ticket to classify and what is said about it, as values that know neither protobuf nor scikit-learn."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FALLBACK_CATEGORY: Final = "general_inquiry"
UNDETERMINED: Final = "und"
"""Language tag (BCP 47) of a text too short or too mixed to tell."""


class Urgency(StrEnum):
    """How long a text says that it can wait; ordered from least to most."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Priority(StrEnum):
    """The desk's priorities, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


class Sentiment(StrEnum):
    """How the customer sounds."""

    FRUSTRATED = "frustrated"
    NEUTRAL = "neutral"
    PLEASED = "pleased"


class Decider(StrEnum):
    """What settled a category."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"
    NEITHER = "neither"
    """An abstention: nothing was sure enough."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a caller knows of a ticket.

    Attributes:
        subject: May be empty.
        content: May be empty, not both.
        customer_type: For example "school"; None when unknown.
    """

    subject: str
    content: str
    customer_type: str | None = None

    @property
    def text(self) -> str:
        """Subject and content as one text."""
        return f"{self.subject}\n{self.content}".strip()


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """A category's slug and the calibrated probability, 0..1, that it is the right one."""

    category: str
    probability: float


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """The category of a ticket.

    Attributes:
        category: Slug; `general_inquiry` for an abstention.
        confidence: Calibrated probability, 0..1, that the likeliest category is right.
        decider: What settled it.
        is_abstention: Whether nothing was sure enough, so that a person should look.
        alternatives: The likeliest categories, the likeliest first.
    """

    category: str
    confidence: float
    decider: Decider
    is_abstention: bool
    alternatives: tuple[CategoryScore, ...]


@dataclass(frozen=True, slots=True)
class PriorityAnswer:
    """A priority and the sentence of the rule that gave it."""

    priority: Priority
    reason: str


@dataclass(frozen=True, slots=True)
class SentimentAnswer:
    """A sentiment and its score, -1 (frustrated) to 1 (pleased)."""

    sentiment: Sentiment
    score: float


@dataclass(frozen=True, slots=True)
class LanguageAnswer:
    """A language tag ("en", "tn", "und") and how sure, 0..1."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Classification:
    """Everything said about one ticket, and by which versions."""

    category: CategoryAnswer
    priority: PriorityAnswer
    urgency: Urgency
    sentiment: SentimentAnswer
    language: LanguageAnswer
    model_version: str
    rules_version: str


@dataclass(frozen=True, slots=True)
class Term:
    """One reason behind an answer.

    Attributes:
        text: A word, phrase or rule as it stands in the ticket or the rules.
        weight: How far it moved the answer; positive speaks for it. Log-odds for the model, keyword weight for rules.
        source: "keyword", "model", "urgency", "sentiment" or "priority_rule".
    """

    text: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A classification and the terms and rules behind it, the strongest first."""

    classification: Classification
    terms: tuple[Term, ...]
