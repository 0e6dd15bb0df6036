"""A ticket to classify and the answers about it, as plain values without protobuf or scikit-learn."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FALLBACK_CATEGORY: Final = "general_inquiry"
UNDETERMINED: Final = "und"
"""Language tag (BCP 47) of a text whose language is undetermined: it is too short or mixes languages too much."""


class Urgency(StrEnum):
    """How soon a ticket has to be answered, judging by its text; from least to most urgent."""

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
    """What decided a category."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"
    NEITHER = "neither"
    """An abstention: no category was sure enough."""


class Abstention(StrEnum):
    """Why no category was answered."""

    UNSURE = "unsure"
    """The text is of the kind that was learnt, but no category was likely enough."""
    UNLIKE = "unlike"
    """The text is unlike those that were learnt, and no keyword speaks for a category."""
    NO_WORDS = "no_words"
    """The text has not a single word."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a caller knows of a ticket.

    Attributes:
        subject: May be empty if there is a content.
        content: May be empty if there is a subject.
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
        decider: What decided the category.
        is_abstention: Whether no category was sure enough, so that a person should look at the ticket.
        alternatives: The likeliest categories, the likeliest first. What is missing from 1 belongs to none of them.
        abstention: Why no category is answered; None where one is, and where the service is too old to say.
    """

    category: str
    confidence: float
    decider: Decider
    is_abstention: bool
    alternatives: tuple[CategoryScore, ...]
    abstention: Abstention | None = None


NO_PRIORITY_RULE: Final = "No priority rule matches."
"""The reason of a priority that no rule gave. The contract has a sentence there, so callers may show it."""


@dataclass(frozen=True, slots=True)
class PriorityAnswer:
    """A priority and the sentence of the rule that gave it; `NO_PRIORITY_RULE` where none matches."""

    priority: Priority
    reason: str


@dataclass(frozen=True, slots=True)
class SentimentAnswer:
    """A sentiment and its score, -1 (frustrated) to 1 (pleased)."""

    sentiment: Sentiment
    score: float


@dataclass(frozen=True, slots=True)
class LanguageAnswer:
    """The language of a text.

    Attributes:
        language: Tag, for example "en", "tn", "zu" or "und".
        confidence: 0..1; of a text in two languages the share of words that are in the first.
        second_language: Tag of the language that a text mixes in; empty for a text in one language.
    """

    language: str
    confidence: float
    second_language: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """All answers about one ticket, and the versions of model and rules that gave them."""

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
        weight: How far it moved the answer; above 0 speaks for it. Log-odds for the model, keyword weight for rules.
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
