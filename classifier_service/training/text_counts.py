"""The n-grams of many texts, counted once, for trainings that fit to one part of them after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from classifier_service.models.text_features import WORD_NGRAMS, character_ngrams

MAX_FEATURES: Final = 100_000
"""Most features of words and pairs, and most of characters: this limits the memory, however large the desk."""
_LEAST_CHARACTER_TEXTS: Final = 2


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term occurs in each text.

    Attributes:
        counts: Sparse array of shape (texts, terms).
        terms: The terms, sorted.
    """

    counts: Any
    terms: NDArray[np.object_]

    def useful(self, places: NDArray[np.int64], least_texts: int) -> NDArray[np.int64]:
        """Return the terms that texts at some places give a model: those of enough texts, the commonest first kept."""
        part = self.counts[places]
        texts = np.bincount(part.indices, minlength=len(self.terms))
        kept = np.flatnonzero(texts >= least_texts)
        if len(kept) > MAX_FEATURES:
            total = np.asarray(part.sum(axis=0)).ravel()[kept]
            kept = np.sort(kept[np.argsort(-total, kind="stable")[:MAX_FEATURES]])
        return kept


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Words and pairs of words, and n-grams of characters, of the same texts."""

    words: TermCounts
    characters: TermCounts

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Count. Each word is cut into its n-grams once, however often it occurs."""
        words = CountVectorizer(ngram_range=WORD_NGRAMS, dtype=np.float32)
        written = CountVectorizer(analyzer=_written_words, dtype=np.float32)
        ngrams = CountVectorizer(analyzer=character_ngrams, dtype=np.float32)
        word_counts = words.fit_transform(texts)
        written_counts = written.fit_transform(texts)
        ngrams_of_words = ngrams.fit_transform(written.get_feature_names_out())
        return cls(
            TermCounts(word_counts, words.get_feature_names_out()),
            TermCounts((written_counts @ ngrams_of_words).tocsr(), ngrams.get_feature_names_out()),
        )


@dataclass(frozen=True, slots=True)
class Weighing:
    """TF-IDF as learnt from some of the texts, for all of them.

    Attributes:
        words: Which words and pairs are features.
        characters: Which n-grams are.
        idf: Inverse document frequency of the words, then of the n-grams.
    """

    words: NDArray[np.int64]
    characters: NDArray[np.int64]
    idf: NDArray[np.float32]
    _parts: tuple[TfidfTransformer, TfidfTransformer]

    @classmethod
    def of(cls, counts: TextCounts, places: NDArray[np.int64]) -> Self:
        """Learn from the texts at some places."""
        kept = (counts.words.useful(places, 1), counts.characters.useful(places, _LEAST_CHARACTER_TEXTS))
        parts = tuple(
            TfidfTransformer(sublinear_tf=True).fit(block.counts[places][:, columns])
            for block, columns in zip((counts.words, counts.characters), kept, strict=True)
        )
        idf = np.concatenate([part.idf_ for part in parts]).astype(np.float32)
        return cls(*kept, idf, (parts[0], parts[1]))

    def rows(self, counts: TextCounts, places: NDArray[np.int64]) -> Any:  # noqa: ANN401 - scipy publishes no types
        """Return the weighed features of texts, as a sparse array of shape (places, features)."""
        words, characters = self._parts
        return scipy.sparse.hstack(
            [
                words.transform(counts.words.counts[places][:, self.words]),
                characters.transform(counts.characters.counts[places][:, self.characters]),
            ],
            format="csr",
        )


def _written_words(text: str) -> list[str]:
    return text.lower().split()
