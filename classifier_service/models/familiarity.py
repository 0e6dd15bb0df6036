"""How much a text is like those that a model has learnt from, and unlike those of other trades.

A model of five categories files any text under one of them, and its confidence says nothing about texts of another
trade. Here three numbers say how like what was learnt a text is. docs/adr/0068 and 0074 have the reasons and figures.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.fast import FastModel
from classifier_service.models.text_features import tokens_of

Floats = NDArray[np.float64]
_LEAST: Final = 1e-9

WITHIN: Final = 0.5
"""Likeness below which a text is called unlike what was learnt."""
SURE: Final = float(np.log(0.999 / 0.001))
"""Log-odds from which a model counts as sure: beyond, more is no sign of likeness."""
DESK: Final = "desk"
OTHERS: Final = "others"
"""The two classes of the model that tells the desk's texts from those of other trades."""
NEAREST: Final = 10
"""Number of learnt texts that a text is compared with: those nearest to it."""
_STEEPNESS: Final = 12.0
_SHARE_SCALE: Final = 0.6
_SURENESS_SCALE: Final = 14.0
_LENGTH_POWER: Final = 0.25
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = "0"


def familiar_tokens(text: str) -> list[str]:
    """Return a text's words of two or more characters in lower case; every word with a digit is the same word."""
    tokens = tokens_of(text.lower())
    return [token if token.isalpha() or not _DIGIT.search(token) else _NUMBER for token in tokens]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near texts are to what was learnt; one entry a text.

    Attributes:
        closeness: Mean cosine, 0..1, between the text's TF-IDF and the `NEAREST` learnt texts, divided by the fourth
            root of the number of its different words: a long text shares small words with any other. Words that were
            not learnt lengthen the text's vector, so they lower it.
        sureness: Log-odds of the model's likeliest category, at most `SURE`.
        belonging: How far the text is on the desk's side of the border to other trades; below 0 it is beyond it.
    """

    closeness: Floats
    sureness: Floats
    belonging: Floats


@dataclass(frozen=True, slots=True, eq=False)
class LearntWords:
    """The words of the learnt texts, and some of the texts as TF-IDF vectors of length one.

    Attributes:
        columns: Word -> its number, from 0.
        idf: Inverse document frequency of each word, and last that of a word that was not learnt.
        starts: Where the entries of each word begin in `texts` and `values`; the last is their number.
        texts: Numbers of the texts that have the word, word after word.
        values: Entry of the word in the vector of that text.
        text_count: How many texts are kept as vectors.
    """

    columns: Mapping[str, int]
    idf: NDArray[np.float32]
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    values: NDArray[np.float32]
    text_count: int

    def knows(self, phrase: str) -> bool:
        """Return whether every word of a phrase was learnt."""
        return all(token in self.columns for token in familiar_tokens(phrase))

    def measure(self, texts: Sequence[str]) -> Floats:
        """Return the `closeness` of texts; see `Nearness`."""
        return np.array([self._measure_one(text) for text in texts], dtype=np.float64)

    def _measure_one(self, text: str) -> float:
        counts = Counter(familiar_tokens(text))
        if not counts:
            return 0.0
        unknown = len(self.columns)
        ids = np.array([self.columns.get(word, unknown) for word in counts])
        values = self.idf[ids] * (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts))))
        known, weights = ids[ids < unknown], values[ids < unknown]
        return self._closeness(known, weights / np.sqrt(values @ values)) / float(len(counts) ** _LENGTH_POWER)

    def _closeness(self, known: NDArray[np.int64], weights: Floats) -> float:
        if not self.text_count:
            return 0.0
        begins = self.starts[known]
        lengths = self.starts[known + 1] - begins
        # The places of all entries of all the words, one run after another.
        places = np.repeat(begins - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        products = self.values[places] * np.repeat(weights, lengths)
        cosines = np.bincount(self.texts[places], weights=products, minlength=self.text_count)
        nearest = min(NEAREST, self.text_count)
        return float(np.partition(cosines, -nearest)[-nearest:].mean())


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the learnt texts end, by out-of-fold answers to them.

    Attributes:
        closeness: Median closeness of the learnt texts.
        sureness: Median sureness of the learnt texts.
        edge: Score below which a text is unlike them.
        belonging: Median belonging of the learnt texts.
    """

    closeness: float
    sureness: float
    edge: float
    belonging: float = 0.0

    def __getstate__(self) -> list[float]:
        """Return the values in the order of the fields."""
        return [getattr(self, each.name) for each in fields(self)]

    def __setstate__(self, state: Sequence[float]) -> None:
        """Take the values over; a model that was made before there was a belonging has three."""
        for each, value in zip(fields(self), [*state, 0.0], strict=False):
            object.__setattr__(self, each.name, value)

    def score(self, nearness: Nearness) -> Floats:
        """Return how like the learnt texts each text is: 0 for a usual one, less for others.

        Each number counts only where it is below that of the usual learnt text. The scales are those that told foreign
        texts best on public sets of customers' questions and on the demo's texts.
        """
        closeness = (nearness.closeness / max(self.closeness, _LEAST) - 1) / _SHARE_SCALE
        sure = (nearness.sureness - self.sureness) / _SURENESS_SCALE
        inside = nearness.belonging - self.belonging
        total: Floats = np.minimum(closeness, 0) + np.minimum(sure, 0) + np.minimum(inside, 0)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class Familiarity:
    """Says how like the learnt texts a text is.

    Attributes:
        words: The words of the learnt texts.
        scope: Where the learnt texts end.
        border: Tells the desk's texts from those of other trades; None in models made before there was such.
    """

    words: LearntWords
    scope: Scope
    border: FastModel | None = None

    def __getstate__(self) -> list[object]:
        """Return the values in the order of the fields."""
        return [getattr(self, each.name) for each in fields(self)]

    def __setstate__(self, state: Sequence[object]) -> None:
        """Take the values over; a model that was made before there was a border has two."""
        for each, value in zip(fields(self), [*state, None], strict=False):
            object.__setattr__(self, each.name, value)

    def knows(self, phrase: str) -> bool:
        """Return whether every word of a phrase was learnt."""
        return self.words.knows(phrase)

    def score(self, texts: Sequence[str], probabilities: NDArray[np.float32]) -> Floats:
        """Return how like the learnt texts each text is; see `Scope.score`."""
        inside = np.zeros(len(texts)) if self.border is None else belonging(self.border, texts)
        return self.scope.score(Nearness(self.words.measure(texts), sureness(probabilities), inside))

    def likeness(self, texts: Sequence[str], probabilities: NDArray[np.float32]) -> Floats:
        """Return how like the learnt texts each text is, 0..1; `WITHIN` at the edge of what was learnt.

        Args:
            texts: Texts, cleaned as the model reads them.
            probabilities: The model's probabilities for them, of shape (texts, categories).
        """
        return likeness_of(self.score(texts, probabilities), self.scope.edge)


def likeness_of(score: Floats, edge: float) -> Floats:
    """Return the likeness, 0..1, of texts with some scores, for a given edge."""
    likeness: Floats = 1 / (1 + np.exp(-_STEEPNESS * (score - edge)))
    return likeness


def belonging(border: FastModel, texts: Sequence[str]) -> Floats:
    """Return how far texts are on the desk's side of a border to other trades; below 0 they are beyond it."""
    return border.scores(texts)[:, border.classes.index(DESK)].astype(np.float64)


def sureness(probabilities: NDArray[np.float32]) -> Floats:
    """Return the log-odds of the likeliest category, at most `SURE`."""
    best = np.clip(probabilities.max(axis=1, initial=0).astype(np.float64), 1e-9, 1 - 1e-9)
    logits: Floats = np.minimum(np.log(best / (1 - best)), SURE)
    return logits
