"""Combines keywords and model into one answer. docs/adr/0016 gives the reasons and the measurements.

Every keyword found multiplies the odds of its category, as if it were evidence that the model has not seen:

    probability(c)  is proportional to  model(c) × exp(KEYWORD_WEIGHT × score(c))

A text without keywords keeps the model's probabilities unchanged. A category u that the model has never seen has no
probability to multiply. It gets a share by the keywords found, and the categories that the model knows divide the rest
by the first formula:

    probability(u) = score(u) ÷ (scores of unseen categories + KNOWN_SHARE × scores of known ones + DOUBT)

All this holds for texts like those that the model has learnt from. In a text unlike them the model knows nothing, and
only keywords that tell more than the model has read can speak, each category by its score:

    probability(c) = likeness × (the above) + (1 - likeness) × vouching(c) ÷ (sum of vouching + DOUBT)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.classification import FALLBACK_CATEGORY, Abstention, CategoryAnswer, CategoryScore, Decider
from classifier_service.models.familiarity import WITHIN
from classifier_service.rules.document import RulesDocument
from classifier_service.rules.keywords import KeywordHit, keyword_scores

KEYWORD_WEIGHT: Final = 1.0
"""Log-odds per point of a keyword's score: a plain keyword multiplies the odds of its category by e."""
DOUBT: Final = 0.25
"""Score that is left to no category: a plain keyword alone is right about four times in five."""
KNOWN_SHARE: Final = 0.5
"""Weight of known categories' keywords against those of unseen ones: the model has learnt from them already."""
_MOST_ALTERNATIVES: Final = 5
_STRONG: Final = 2.0

Floats = NDArray[np.float64]
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Strangeness:
    """How far some texts are from those that the model has learnt from.

    Attributes:
        likeness: For each text, 0..1; see `Familiarity.likeness`.
        vouching: For each text, what its keywords say by category, even if the text is unlike what was learnt.
    """

    likeness: Floats
    vouching: Sequence[Scores]


def vouching_scores(
    hits: Sequence[KeywordHit], knows: Callable[[str], bool], learnt_categories: frozenset[str]
) -> dict[str, float]:
    """Return by category what keywords say that the model cannot know.

    A keyword counts in full if the model has not learnt its words, or not its category. One that the model has learnt
    is in its answer already: "return" may be any return. So it counts only as far as its weight is above 2.
    """
    news = []
    for hit in hits:
        keyword = hit.keyword
        if keyword.category not in learnt_categories or not knows(keyword.phrase):
            news.append(hit)
        elif keyword.weight > _STRONG:
            news.append(KeywordHit(replace(keyword, weight=keyword.weight - _STRONG), hit.count))
    return keyword_scores(news)


class CategoryCombiner:
    """Combines the answers of one model and one set of rules.

    Categories that the rules mark as inactive are never answered. Categories that the model knows and the rules do not
    list can be answered: a desk may serve a model before it has listed its categories. Where the likeliest category is
    a suggestion, the answer is an abstention that names it among the alternatives.
    """

    __slots__ = ("_categories", "_columns", "_kept", "_known_count", "_suggested", "_threshold")

    def __init__(self, classes: Sequence[str], rules: RulesDocument, abstention_threshold: float) -> None:
        """Match the model's classes with the rules' categories.

        Args:
            classes: The model's classes, in the order of its columns.
            rules: The rules; an abstention threshold in them replaces the one given here.
            abstention_threshold: Confidence below which no category is answered.
        """
        inactive = {each.slug for each in rules.categories if not each.is_active}
        self._kept: Final = np.array([number for number, each in enumerate(classes) if each not in inactive], dtype=int)
        known = tuple(classes[number] for number in self._kept)
        self._known_count: Final = len(known)
        self._categories: Final = (*known, *(slug for slug in rules.active_slugs if slug not in known))
        self._suggested: Final = frozenset(each.slug for each in rules.categories if each.is_suggested)
        self._columns: Final = {category: column for column, category in enumerate(self._categories)}
        stated = rules.abstention_threshold
        self._threshold: Final = abstention_threshold if stated is None else stated

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category that can be answered: the model's, then those that only the rules have."""
        return self._categories

    def combine(
        self, probabilities: NDArray[np.float32], scores: Sequence[Scores], strangeness: Strangeness | None = None
    ) -> list[CategoryAnswer]:
        """Return one answer a ticket.

        Args:
            probabilities: The model's probabilities, one row a ticket, in the order of its classes.
            scores: For each ticket, the keywords' scores above 0 by category.
            strangeness: How far the tickets are from what was learnt; None if that is not known.
        """
        model, keywords = self._spread(probabilities), self._table(scores)
        combined = self._combined(model, keywords)
        is_unlike = [False] * len(scores)
        if strangeness is not None:
            combined = self._weighed(combined, strangeness)
            is_unlike = (strangeness.likeness < WITHIN).tolist()
        order = np.argsort(-combined, axis=1, kind="stable")[:, :_MOST_ALTERNATIVES]
        likeliest = zip(order.tolist(), np.take_along_axis(combined, order, axis=1).tolist(), strict=True)
        # A model that knows nothing has no first choice.
        best = model.argmax(axis=1).tolist() if self._known_count else [-1] * len(model)
        favourites = keywords.argmax(axis=1).tolist()
        return [
            self._answer(columns, shares, best[row], favourites[row] if scores[row] else None)
            if self._is_filed(columns[0], shares[0])
            else self._abstention(columns, shares, is_unlike=is_unlike[row])
            for row, (columns, shares) in enumerate(likeliest)
        ]

    def _is_filed(self, likeliest: int, share: float) -> bool:
        return 0 < share >= self._threshold and self._categories[likeliest] not in self._suggested

    def _spread(self, probabilities: NDArray[np.float32]) -> Floats:
        """Return the model's probabilities over all categories: 0 for a category that the model does not know."""
        spread = np.zeros((len(probabilities), len(self._categories)))
        if self._known_count:
            known = probabilities[:, self._kept].astype(np.float64) + np.finfo(np.float32).tiny
            spread[:, : self._known_count] = known / known.sum(axis=1, keepdims=True)
        return spread

    def _table(self, scores: Sequence[Scores]) -> Floats:
        table = np.zeros((len(scores), len(self._categories)))
        for row, each in enumerate(scores):
            for category, score in each.items():
                table[row, self._columns[category]] = score
        return table

    def _combined(self, model: Floats, keywords: Floats) -> Floats:
        combined: Floats = model * np.exp(KEYWORD_WEIGHT * (keywords - keywords.max(axis=1, keepdims=True)))
        known, unseen = keywords[:, : self._known_count], keywords[:, self._known_count :]
        rivals = unseen.sum(axis=1, keepdims=True) + KNOWN_SHARE * known.sum(axis=1, keepdims=True)
        only_ruled = unseen / (rivals + DOUBT)
        total = combined.sum(axis=1, keepdims=True)
        combined *= np.divide(
            1 - only_ruled.sum(axis=1, keepdims=True), total, out=np.zeros_like(total), where=total > 0
        )
        combined[:, self._known_count :] = only_ruled
        return combined

    def _weighed(self, combined: Floats, strangeness: Strangeness) -> Floats:
        """Return probabilities that follow the model only as far as the texts are like what it has learnt."""
        vouching, likeness = self._table(strangeness.vouching), strangeness.likeness[:, None]
        weighed: Floats = likeness * combined
        weighed += (1 - likeness) * vouching / (vouching.sum(axis=1, keepdims=True) + DOUBT)
        return weighed

    def _answer(self, order: list[int], shares: list[float], best: int, favourite: int | None) -> CategoryAnswer:
        decider = _decider(order[0], best, favourite)
        return CategoryAnswer(
            self._categories[order[0]],
            min(shares[0], 1.0),
            decider,
            is_abstention=False,
            alternatives=self._alternatives(order, shares),
        )

    def _abstention(self, order: list[int], shares: list[float], *, is_unlike: bool) -> CategoryAnswer:
        return CategoryAnswer(
            FALLBACK_CATEGORY,
            min(shares[0], 1.0),
            Decider.NEITHER,
            is_abstention=True,
            alternatives=self._alternatives(order, shares),
            abstention=Abstention.UNLIKE if is_unlike else Abstention.UNSURE,
        )

    def _alternatives(self, order: list[int], shares: list[float]) -> tuple[CategoryScore, ...]:
        return tuple(CategoryScore(self._categories[each], share) for each, share in zip(order, shares, strict=True))


def _decider(answer: int, best: int, favourite: int | None) -> Decider:
    """Say whose first choice was answered; an answer that was neither's first choice came from both together."""
    if favourite is None or (answer == best and answer != favourite):
        return Decider.MODEL
    return Decider.RULES if answer == favourite and answer != best else Decider.BOTH
