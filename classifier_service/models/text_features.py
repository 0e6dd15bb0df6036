"""TF-IDF of words, pairs of words and character n-grams: the same as scikit-learn's vectorizers, but quicker.

scikit-learn's `TfidfVectorizer` cuts every word into n-grams each time it occurs, and checks its inputs. Here the
n-grams of a word are remembered, and many texts are counted with one sort.
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
        ids: Ids of the features, row after row, rising within a row.
        counts: How often each feature occurs in its text.
        values: TF-IDF value of each feature; in each row the words have length one, and so do the characters.
        starts: Where each row starts in `ids`; the last entry is the number of ids.
    """

    ids: NDArray[np.int64]
    counts: NDArray[np.int64]
    values: NDArray[np.float32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that are known.

    Attributes:
        words: Word, or two words with a space between -> id, from 0.
        characters: Character n-gram, with a space for the end of a word -> id, from the number of words.
        idf: Inverse document frequency by id.
    """

    words: Mapping[str, int]
    characters: Mapping[str, int]
    idf: NDArray[np.float32]


def tokens_of(text: str) -> list[str]:
    """Return the words of a lower-case text that count: those of two or more characters."""
    return _TOKEN.findall(text)


def character_ngrams(word: str) -> list[str]:
    """Return the n-grams of a word with a space at both ends; a word shorter than an n-gram is counted whole, once."""
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
        """Pickle only the vocabulary, not the remembered words, so that equal features are equal bytes."""
        return type(self), (self.vocabulary,)

    @property
    def count(self) -> int:
        """Number of known features."""
        return len(self.vocabulary.idf)

    def rows(self, texts: Sequence[str]) -> SparseRows:
        """Return the features of texts."""
        keys, counts = np.unique(self._keys(texts), return_counts=True)
        rows, ids = np.divmod(keys, self.count)
        return self._weigh(rows, ids, counts, len(texts))

    def _keys(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return a key for each occurrence, made of text number and feature id, so that one sort counts them all."""
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
        """Return the ids of a lower-case word's known character n-grams, repeated as often as they occur."""
        return self._memo(word)

    def _character_ids(self, word: str) -> NDArray[np.int32]:
        known = self.vocabulary.characters
        return np.array([known[ngram] for ngram in character_ngrams(word) if ngram in known], dtype=np.int32)

    def _weigh(
        self, rows: NDArray[np.int64], ids: NDArray[np.int64], counts: NDArray[np.int64], texts: int
    ) -> SparseRows:
        """Return (1 + ln count) x idf; the words are scaled to length one, and so are the characters."""
        values = (np.log(counts, dtype=np.float32) + np.float32(1)) * self.vocabulary.idf[ids]
        # Each row has two blocks: words, then characters.
        blocks = rows * 2 + (ids >= len(self.vocabulary.words))
        lengths = np.sqrt(np.bincount(blocks, weights=values * values, minlength=2 * texts))
        values /= lengths[blocks].astype(np.float32)
        return SparseRows(ids, counts, values, np.searchsorted(rows, np.arange(texts + 1)))
