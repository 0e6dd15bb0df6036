"""The entries of a rules document; each checks its limits when it is made."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Final, Never

from classifier_service.classification import Priority, Urgency
from classifier_service.errors import InvalidRulesError
from classifier_service.words import words_of

MAX_PHRASE_WORDS: Final = 8
MAX_WEIGHT: Final = 10.0
MAX_POSITION: Final = 1_000_000

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Category:
    """What a ticket can be about.

    Attributes:
        slug: Its name in data, up to 100 characters; as an import wrote it, or as a manager chose it.
        name: The name that people read, up to 100 characters.
        description: Which tickets belong to the category, up to 2,000 characters; may be empty.
        position: Its place in lists, the lowest first.
        is_active: False: no more tickets get the category, whatever the model has learnt.
        is_suggested: True: the category is from a template that nobody has taken. It is named among the alternatives
            and never answered, so that the ticket waits for a person.
    """

    slug: str
    name: str
    description: str = ""
    position: int = 0
    is_active: bool = True
    is_suggested: bool = False

    def __post_init__(self) -> None:
        """Check the limits.

        Raises:
            InvalidRulesError: If a limit is broken.
        """
        require_text(self.slug, 1, 100, "The slug of a category")
        require_text(self.name, 1, 100, f"The name of the category {self.slug!r}")
        require_text(self.description, 0, 2_000, f"The description of the category {self.slug!r}")
        require_position(self.position, f"the category {self.slug!r}")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that speaks for a category.

    Attributes:
        category: Slug of the category.
        phrase: One to eight words; stored in lower case with single spaces.
        language: Tag of the language whose word endings the phrase may take, for example "en".
        weight: How much the keyword counts, above 0 and up to 10; 1 is a plain keyword.
    """

    category: str
    phrase: str
    language: str = "en"
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Normalise the phrase and check the limits.

        Raises:
            InvalidRulesError: If a limit is broken.
        """
        require_text(self.phrase, 1, 200, "A keyword")
        words = words_of(unicodedata.normalize("NFC", self.phrase))
        require(0 < len(words) <= MAX_PHRASE_WORDS, "A keyword does not have one to eight words", repr(self.phrase))
        require_language(self.language)
        require(
            isfinite(self.weight) and 0 < self.weight <= MAX_WEIGHT,
            f"The weight of the keyword {self.phrase!r} is not above 0 and up to {MAX_WEIGHT:g}",
        )
        object.__setattr__(self, "phrase", " ".join(words))
        object.__setattr__(self, "weight", float(self.weight))

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the phrase."""
        return tuple(self.phrase.split(" "))


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """Which priority a ticket gets; of the rules that match, the one with the lowest position wins.

    Attributes:
        position: Unique within a document.
        customer_type: Customer type that the rule matches; None matches any, also an unknown one.
        urgency: Urgency that the rule matches; None matches any.
        priority: The priority of matching tickets.
        reason: The sentence that is shown with the priority, up to 500 characters.
    """

    position: int
    customer_type: str | None
    urgency: Urgency | None
    priority: Priority
    reason: str

    def __post_init__(self) -> None:
        """Check the limits.

        Raises:
            InvalidRulesError: If a limit is broken.
        """
        require_position(self.position, "a priority rule")
        require_text(self.reason, 1, 500, f"The reason of priority rule {self.position}")
        if self.customer_type is not None:
            require_text(self.customer_type, 1, 50, f"The customer type of priority rule {self.position}")
            object.__setattr__(self, "customer_type", self.customer_type.strip().lower())


def require(is_right: bool, message: str, hint: str = "") -> None:  # noqa: FBT001 - the condition that is checked
    """Raise `InvalidRulesError` unless a condition holds."""
    if not is_right:
        refuse(message, hint)


def refuse(message: str, hint: str = "") -> Never:
    """Raise `InvalidRulesError` with a message."""
    raise InvalidRulesError(message + ".", hint)


def require_text(text: str, least: int, most: int, what: str) -> None:
    """Raise `InvalidRulesError` unless a text has `least` to `most` characters and no control characters."""
    is_clean = all(ch.isprintable() or ch == "\n" for ch in text)
    require(least <= len(text.strip()) and len(text) <= most, f"{what} does not have {least} to {most:,} characters")
    require(is_clean, f"{what} holds control characters")


def require_position(position: int, what: str) -> None:
    """Raise `InvalidRulesError` unless a position is small enough for every store."""
    require(-MAX_POSITION <= position <= MAX_POSITION, f"The position of {what} is too large")


def require_language(language: str) -> None:
    """Raise `InvalidRulesError` unless a language is a BCP 47 tag without region or script."""
    require(_LANGUAGE.fullmatch(language) is not None, "A language is not a tag of two or three letters")


def require_unique(keys: Iterable[Hashable], what: str) -> None:
    """Raise `InvalidRulesError` if a key occurs twice."""
    seen = set()
    for key in keys:
        require(key not in seen, f"The {what} hold {key!r} twice")
        seen.add(key)
