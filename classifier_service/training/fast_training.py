"""Fits the quick model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

from classifier_service.models.fast import FastModel
from classifier_service.models.temperature import Floats
from classifier_service.models.text_features import TextFeatures, Vocabulary
from classifier_service.training.text_counts import TextCounts, Weighing

STRENGTHS: Final = (1.0, 0.2)
"""How closely a model may follow its tickets (the C of its support vector machine); unseen tickets choose."""
_MOST_STEPS: Final = 1_000
_TOLERANCE: Final = 0.01
_SEED: Final = 0


@dataclass(frozen=True, slots=True)
class FastFit:
    """A quick model in the form in which it was fitted: it answers texts that are counted already.

    Attributes:
        counts: The counted texts.
        weighing: TF-IDF as learnt.
        classes: The labels it knows, rising.
        weights: Score of each feature and class, of shape (features, classes).
        bias: Score of each class.
    """

    counts: TextCounts
    weighing: Weighing
    classes: NDArray[np.int64]
    weights: Floats
    bias: Floats

    def scores(self, places: NDArray[np.int64]) -> Floats:
        """Return the scores of the texts at some places, of shape (places, classes)."""
        scores: Floats = self.weighing.rows(self.counts, places) @ self.weights + self.bias
        return scores

    def to_model(self, names: Sequence[str]) -> FastModel:
        """Return the model that serves, with temperature 1; `names` has the slug of each label."""
        weighing = self.weighing
        words = self.counts.words.terms[weighing.words]
        characters = self.counts.characters.terms[weighing.characters]
        vocabulary = Vocabulary(
            words={str(term): place for place, term in enumerate(words)},
            characters={str(term): len(words) + place for place, term in enumerate(characters)},
            idf=weighing.idf,
        )
        classes = tuple(names[label] for label in self.classes.tolist())
        return FastModel(classes, TextFeatures(vocabulary), self.weights, self.bias)


def fit_fast(
    counts: TextCounts,
    places: NDArray[np.int64],
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    strength: float,
) -> FastFit:
    """Return a linear support vector machine (Fan et al., 2008) fitted to some of the texts, one class against all.

    Args:
        counts: The counted texts.
        places: Which texts to fit to: at least one of each of two labels.
        labels: Label of each of those texts.
        weights: How much each of them counts; their mean is about 1.
        strength: One of `STRENGTHS`.
    """
    weighing = Weighing.of(counts, places)
    machine = LinearSVC(C=strength, tol=_TOLERANCE, max_iter=_MOST_STEPS, random_state=_SEED)
    machine.fit(weighing.rows(counts, places), labels, sample_weight=weights)
    coefficients, bias = machine.coef_, machine.intercept_
    if len(coefficients) == 1:
        # For two classes scikit-learn keeps one row: the score of the second class against the first.
        coefficients, bias = np.concatenate([-coefficients, coefficients]), np.concatenate([-bias, bias])
    return FastFit(
        counts,
        weighing,
        machine.classes_,
        np.ascontiguousarray(coefficients.T, dtype=np.float32),
        bias.astype(np.float32),
    )
