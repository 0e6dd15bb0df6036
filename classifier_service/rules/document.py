"""The managers' rules as one document, which is published to the registry, versioned and signed like a model.

Equal rules give equal documents with equal bytes, in whatever order they were written.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final, Self

from classifier_service.classification import FALLBACK_CATEGORY
from classifier_service.rules.document_json import read_document, write_document
from classifier_service.rules.entries import Category, Keyword, PriorityRule, require, require_language, require_unique

MAX_CATEGORIES: Final = 2_000
MAX_KEYWORDS: Final = 10_000
MAX_PRIORITY_RULES: Final = 1_000
MAX_LANGUAGES: Final = 10


@dataclass(frozen=True, slots=True)
class RulesDocument:
    """Everything that managers decide about classifying.

    Attributes:
        categories: Sorted by position, then slug. `general_inquiry` has to be among them and active, if only as a
            suggestion: it is what an abstention is called.
        keywords: Sorted by category, language and phrase.
        priority_rules: Sorted by position.
        languages: Tags of the languages that are detected.
        abstention_threshold: Confidence, 0..1, below which no category is answered; None takes the model's threshold.
    """

    categories: tuple[Category, ...]
    keywords: tuple[Keyword, ...] = ()
    priority_rules: tuple[PriorityRule, ...] = ()
    languages: tuple[str, ...] = ("en", "tn")
    abstention_threshold: float | None = None

    def __post_init__(self) -> None:
        """Sort the entries and check them against one another.

        Raises:
            InvalidRulesError: If there are too many entries, or entries contradict one another.
        """
        categories = sorted(self.categories, key=lambda each: (each.position, each.slug))
        keywords = sorted(self.keywords, key=_keyword_key)
        priority_rules = sorted(self.priority_rules, key=lambda each: each.position)
        self._keep("categories", categories, MAX_CATEGORIES)
        self._keep("keywords", keywords, MAX_KEYWORDS)
        self._keep("priority_rules", priority_rules, MAX_PRIORITY_RULES)
        self._keep("languages", sorted(self.languages), MAX_LANGUAGES)
        require_unique((each.slug for each in self.categories), "categories")
        require_unique(map(_keyword_key, self.keywords), "keywords")
        require_unique((each.position for each in self.priority_rules), "priority rules")
        require_unique(self.languages, "languages")
        self._check()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """Read a document from bytes that may be anything.

        Raises:
            InvalidRulesError: If the bytes are not a rules document; names the entry.
        """
        return cls(**read_document(content))

    def to_json(self) -> bytes:
        """Return the one sequence of bytes that stands for these rules."""
        fields = asdict(self)
        for category in fields["categories"]:
            if not category["is_suggested"]:
                del category["is_suggested"]
        return write_document(fields)

    @property
    def active_slugs(self) -> tuple[str, ...]:
        """Slugs of the categories in use, by position; suggestions are among them."""
        return tuple(each.slug for each in self.categories if each.is_active)

    @property
    def filing_slugs(self) -> frozenset[str]:
        """Slugs of the categories that can be answered: those in use that are no suggestions."""
        return frozenset(each.slug for each in self.categories if each.is_active and not each.is_suggested)

    def category(self, slug: str) -> Category | None:
        """Return the category with a slug, or None if there is none."""
        return next((each for each in self.categories if each.slug == slug), None)

    def _keep(self, name: str, items: Sequence[object], most: int) -> None:
        require(len(items) <= most, f"A rules document has more than {most:,} {name.replace('_', ' ')}")
        object.__setattr__(self, name, tuple(items))

    def _check(self) -> None:
        require(len(self.languages) > 0, "A rules document names no language")
        for language in self.languages:
            require_language(language)
        slugs = {each.slug: each.is_active for each in self.categories}
        require(slugs.get(FALLBACK_CATEGORY, False), f"The category {FALLBACK_CATEGORY!r} is missing or not active")
        for keyword in self.keywords:
            require(keyword.category in slugs, f"A keyword speaks for {keyword.category!r}, which is no category")
        if self.abstention_threshold is not None:
            require(0 <= self.abstention_threshold <= 1, "The abstention threshold is not between 0 and 1")
            object.__setattr__(self, "abstention_threshold", self.abstention_threshold + 0.0)


def _keyword_key(keyword: Keyword) -> tuple[str, str, str]:
    return keyword.category, keyword.language, keyword.phrase
