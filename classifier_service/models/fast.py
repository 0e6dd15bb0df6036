"""The quick model: TF-IDF of words and characters, and logistic regression."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import scipy.sparse

from classifier_service.models.temperature import Floats, softmax
from classifier_service.models.text_features import SparseRows, TextFeatures, tokens_of

_BATCH: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class FastModel:
    """A linear model of a text's features.

    Attributes:
        classes: Slugs of the categories.
        features: Counts a text's features.
        weights: Log-odds of each feature and class, of shape (features, classes).
        bias: Log-odds of each class.
        temperature: See `models.temperature`.
    """

    classes: tuple[str, ...]
    features: TextFeatures
    weights: Floats
    bias: Floats
    temperature: float = 1.0

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return log-odds up to a constant in each row, before the temperature."""
        if len(texts) == 1:
            row = self.features.rows(texts)
            return (row.values @ self.weights[row.ids] + self.bias)[None, :]
        batches = [self._batch_scores(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate([np.empty((0, len(self.classes)), np.float32), *batches])

    def _batch_scores(self, texts: Sequence[str]) -> Floats:
        rows = self.features.rows(texts)
        matrix = scipy.sparse.csr_array((rows.values, rows.ids, rows.starts), (len(texts), self.features.count))
        scores: Floats = matrix @ self.weights + self.bias
        return scores

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the calibrated probability of every class for every text."""
        return softmax(self.scores(texts), self.temperature)

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the words and phrases in the text that speak for or against a category, with exact weights.

        All terms of a text and the category's bias add up to the logarithm of (the category's probability ÷ the
        geometric mean of all probabilities). A character n-gram counts towards the words it occurs in, once for each
        occurrence.
        """
        text = text.lower()
        total: defaultdict[str, float] = defaultdict(float)
        contributions = self._contributions(self.features.rows([text]), category)
        for word in text.split():
            for feature in self.features.character_ids(word).tolist():
                total[_as_read(word)] += contributions[feature]
        known = self.features.vocabulary.words
        tokens = tokens_of(text)
        for phrase in (*tokens, *map(" ".join, pairwise(tokens))):
            if (feature := known.get(phrase)) is not None:
                total[phrase] += contributions[feature]
        return tuple(sorted(total.items(), key=lambda term: (-abs(term[1]), term[0]))[:most])

    def _contributions(self, rows: SparseRows, category: str) -> Mapping[int, float]:
        """Return what each occurrence of a feature adds to the log-odds against the average category."""
        weights = self.weights[rows.ids].astype(np.float64)
        against_average = (weights[:, self._place(category)] - weights.mean(axis=1)) / self.temperature
        added = rows.values * against_average / rows.counts
        return dict(zip(rows.ids.tolist(), added.tolist(), strict=True))

    def _place(self, category: str) -> int:
        try:
            return self.classes.index(category)
        except ValueError:
            raise KeyError(category) from None


def _as_read(word: str) -> str:
    """Return a word without the punctuation around it, unless it is punctuation only."""
    return word.strip(".,;:!?'\"()[]{}<>") or word
