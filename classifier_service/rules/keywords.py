"""How strongly a text speaks for each category, by the managers' keywords."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from classifier_service.rules.document import RulesDocument
from classifier_service.rules.entries import Keyword
from classifier_service.rules.inflections import phrase_forms
from classifier_service.rules.phrases import PhraseMatcher


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A keyword found in a text.

    Attributes:
        keyword: The keyword as it stands in the rules.
        count: How often it was found.
    """

    keyword: Keyword
    count: int

    @property
    def score(self) -> float:
        """Weight × (1 + ln count): a word said twice counts more than once, but a hundred times is not much more."""
        return self.keyword.weight * (1 + log(self.count))


class KeywordRules:
    """The keywords of a rules document's active categories, prepared for matching."""

    __slots__ = ("_keywords", "_matcher")

    def __init__(self, rules: RulesDocument) -> None:
        """Work out every form of every keyword."""
        active = set(rules.active_slugs)
        self._keywords: Final = tuple(each for each in rules.keywords if each.category in active)
        self._matcher: Final = PhraseMatcher(
            (form, number)
            for number, keyword in enumerate(self._keywords)
            for form in phrase_forms(keyword.words, keyword.language)
        )

    def hits(self, words: Sequence[str]) -> tuple[KeywordHit, ...]:
        """Return the keywords found among the words of a text, whatever its language, the strongest first."""
        counts = Counter[int]()
        for _place, _length, numbers in self._matcher.find(words):
            counts.update(numbers)
        found = (KeywordHit(self._keywords[number], count) for number, count in counts.items())
        return tuple(sorted(found, key=lambda hit: (-hit.score, hit.keyword.category, hit.keyword.phrase)))


def keyword_scores(hits: Sequence[KeywordHit]) -> dict[str, float]:
    """Return the sum of the scores by category; a phrase that is a keyword in two languages counts once."""
    best: dict[tuple[str, str], float] = {}
    for hit in hits:
        key = hit.keyword.category, hit.keyword.phrase
        best[key] = max(best.get(key, 0.0), hit.score)
    scores: dict[str, float] = {}
    for (category, _phrase), score in best.items():
        scores[category] = scores.get(category, 0.0) + score
    return scores
