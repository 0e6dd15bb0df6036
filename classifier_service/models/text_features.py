"""TF-IDF of words, pairs of words and character n-grams, as scikit-learn's vectorizers count them, but quicker.

scikit-learn's `TfidfVectorizer` spends its time on slicing n-grams out of every word again and on checking its inputs.
Here the n-grams of a word are remembered, and the counting of many texts is one sort.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.word_memo import WordMemo

WORD_NGRAMS: Final = (1, 2)
CHARACTER_NGRAMS: Final = (2, 5)

_NONE: Final = np.empty(0, dtype=np.int32)
_TOKEN: Final = re.compile(r"(?u)\b\w\w+\b")


@dataclass(frozen=True, slots=True)
class SparseRows:
    """The features of texts.

    Attributes:
        ids: Of features, row after row, rising within a row.
        counts: How often each occurs in its text.
        values: Of the same features; those of words have length one in a row, and so have those of characters.
        starts: Where each row starts in `ids`, and at the end their number.
    """

    ids: NDArray[np.int64]
    counts: NDArray[np.int64]
    values: NDArray[np.float32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that are known.

    Attributes:
        words: Word, or two words with a space between, -> id, from 0.
        characters: Character n-gram, spaces standing for the ends of a word, -> id, from the number of words.
        idf: Inverse document frequency by id.
    """

    words: Mapping[str, int]
    characters: Mapping[str, int]
    idf: NDArray[np.float32]


def tokens_of(text: str) -> list[str]:
    """Return the words of a lower-case text that count as words: of two characters and more."""
    return _TOKEN.findall(text)


def character_ngrams(word: str) -> list[str]:
    """Return the n-grams of a word with a space at both ends; a short word's whole is counted once."""
    padded = f" {word} "
    length = len(padded)
    ngrams = []
    for size in range(CHARACTER_NGRAMS[0], CHARACTER_NGRAMS[1] + 1):
        ngrams += [padded[start : start + size] for start in range(max(length - size, 0) + 1)]
        if length <= size:
            break
    return ngrams


class TextFeatures:
    """Counts a text's features. Safe to use from several threads; can be pickled."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Count the features of one vocabulary."""
        self.vocabulary = vocabulary
        self._memo = WordMemo(self._character_ids)

    def __reduce__(self) -> tuple[type[Self], tuple[Vocabulary]]:
        """Leave out what is remembered, so that equal features are equal bytes."""
        return type(self), (self.vocabulary,)

    @property
    def count(self) -> int:
        """How many features are known."""
        return len(self.vocabulary.idf)

    def rows(self, texts: Sequence[str]) -> SparseRows:
        """Return the features of texts."""
        keys, counts = np.unique(self._keys(texts), return_counts=True)
        rows, ids = np.divmod(keys, self.count)
        return self._weigh(rows, ids, counts, len(texts))

    def _keys(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return a key for each feature met in each text, a text's number and a feature: one sort counts them all."""
        known, memo = self.vocabulary.words, self._memo
        words: list[int] = []
        characters: list[NDArray[np.int32]] = [_NONE]
        word_counts, character_counts = [], []
        for text in map(str.lower, texts):
            met = len(words)
            tokens = tokens_of(text)
            words += [known[token] for token in tokens if token in known]
            words += [known[pair] for pair in map(" ".join, pairwise(tokens)) if pair in known]
            found = [memo(word) for word in text.split()]
            characters += found
            word_counts.append(len(words) - met)
            character_counts.append(sum(map(len, found)))
        first_keys = np.arange(len(texts), dtype=np.int64) * self.count
        keys = np.repeat(np.concatenate([first_keys, first_keys]), word_counts + character_counts)
        keys += np.concatenate([np.array(words, dtype=np.int32), *characters])
        return keys

    def character_ids(self, word: str) -> NDArray[np.int32]:
        """Return the ids of a lower-case word's known character n-grams, each as often as it occurs."""
        return self._memo(word)

    def _character_ids(self, word: str) -> NDArray[np.int32]:
        known = self.vocabulary.characters
        return np.array([known[ngram] for ngram in character_ngrams(word) if ngram in known], dtype=np.int32)

    def _weigh(
        self, rows: NDArray[np.int64], ids: NDArray[np.int64], counts: NDArray[np.int64], texts: int
    ) -> SparseRows:
        """Return (1 + ln count) x idf, words and characters brought to length one each."""
        values = (np.log(counts, dtype=np.float32) + np.float32(1)) * self.vocabulary.idf[ids]
        # Two blocks a row, words before characters.
        blocks = rows * 2 + (ids >= len(self.vocabulary.words))
        lengths = np.sqrt(np.bincount(blocks, weights=values * values, minlength=2 * texts))
        values /= lengths[blocks].astype(np.float32)
        return SparseRows(ids, counts, values, np.searchsorted(rows, np.arange(texts + 1)))
