"""The accurate model: the quick model, plus a sentence encoder for tickets that the quick model is least sure of."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.encoder import Encoder
from classifier_service.models.fast import FastModel
from classifier_service.models.kernel_head import KernelHead
from classifier_service.models.temperature import Floats, softmax

_MOST_PARTS_ASKED: Final = 32


@dataclass(frozen=True, slots=True)
class Blend:
    """How the answers of two models are mixed into one.

    Attributes:
        threshold: Confidence of the quick model, 0..1, below which the encoder is asked.
        head_temperature: Temperature of the encoder's head alone.
        head_share: Weight, 0..1, of the head's logarithms against those of the quick model.
        temperature: Temperature of the blend.
        offsets: What is added to each category's log-odds, so that rare ones are found; empty adds nothing.
    """

    threshold: float
    head_temperature: float
    head_share: float
    temperature: float
    offsets: tuple[float, ...] = ()

    def __getstate__(self) -> list[object]:
        """Return the values in the order of the fields."""
        return [getattr(self, each.name) for each in fields(self)]

    def __setstate__(self, state: list[object]) -> None:
        """Take the values over; a model of format 1 has no offsets."""
        for each, value in zip(fields(self), [*state, ()], strict=False):
            object.__setattr__(self, each.name, value)

    def mix(self, fast: Floats, head_scores: Floats) -> Floats:
        """Return probabilities from those of the quick model and the head's scores."""
        return softmax(self.scores(fast, head_scores), self.temperature)

    def scores(self, fast: Floats, head_scores: Floats) -> Floats:
        """Return the blend in log-odds, before its temperature."""
        head = np.log(np.maximum(softmax(head_scores, self.head_temperature), np.float32(1e-12)))
        head *= np.float32(self.head_share)
        head += np.log(np.maximum(fast, np.float32(1e-12))) * np.float32(1 - self.head_share)
        if self.offsets:
            head += np.array(self.offsets, np.float32)
        return head


@dataclass(frozen=True, slots=True, eq=False)
class AccurateModel:
    """A cascade: the quick model answers first, and the encoder helps where it is not sure enough.

    Attributes:
        fast: The quick model.
        encoder: Turns a text into a vector.
        head: Gives the category of a vector.
        blend: When the encoder is asked, and how the answers are mixed.
    """

    fast: FastModel
    encoder: Encoder
    head: KernelHead
    blend: Blend

    @property
    def classes(self) -> tuple[str, ...]:
        """Slugs of the categories."""
        return self.fast.classes

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the calibrated probability of every class for every text."""
        answers = self.fast.probabilities(texts)
        places = np.flatnonzero(self._is_unsure(answers)).tolist()
        if places:
            scores = self._head_scores([texts[place] for place in places])
            answers[places] = self.blend.mix(answers[places], scores)
        return answers

    def asks_encoder(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Return for every text whether the encoder is asked."""
        return self._is_unsure(self.fast.probabilities(texts))

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the words and phrases in the text that speak for or against a category.

        Where the quick model answered alone, these are its terms, which add up. The encoder has no terms. Where it was
        asked, the weight of a word is how far the category's log-odds fall without it; in long texts only the words
        that the quick model weighs most are tried.
        """
        fast = self.fast.terms(text, category, max(most, _MOST_PARTS_ASKED))
        if not self.asks_encoder([text])[0]:
            return fast[:most]
        words = text.lower().split()
        asked = [term for term, _weight in fast if any(term in word for word in words)][:_MOST_PARTS_ASKED]
        without = [" ".join(word for word in words if term not in word) for term in asked]
        log_odds = self._blended_log_odds([" ".join(words), *without], category)
        weights = (log_odds[0] - log_odds[1:]).tolist()
        return tuple(sorted(zip(asked, weights, strict=True), key=lambda term: (-abs(term[1]), term[0]))[:most])

    def _blended_log_odds(self, texts: Sequence[str], category: str) -> Floats:
        """Return the log-odds of a category against the average category, asking the encoder for every text."""
        scores = self.blend.scores(self.fast.probabilities(texts), self._head_scores(texts)) / self.blend.temperature
        log_odds: Floats = scores[:, self.classes.index(category)] - scores.mean(axis=1)
        return log_odds

    def _head_scores(self, texts: Sequence[str]) -> Floats:
        return self.head.log_probabilities(self.encoder(texts))

    def _is_unsure(self, answers: Floats) -> NDArray[np.bool_]:
        unsure: NDArray[np.bool_] = answers.max(axis=1, initial=0) < self.blend.threshold
        return unsure
