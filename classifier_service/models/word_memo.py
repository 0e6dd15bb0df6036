"""A cache of a function's results by word, limited in size."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAX_WORDS: Final = 20_000
MAX_WORD_CHARACTERS: Final = 40


class WordMemo:
    """A cache of a function's results for recently used words.

    The cache has two generations. Once the young one is full it becomes the old one, and words that are used again move
    to the new young one. So the cache never holds more than twice `MAX_WORDS` words, and costs one look-up. It takes no
    lock: two threads may compute the same word at the same time, but both get the right result.
    """

    def __init__(self, work_out: Callable[[str], NDArray[np.int32]], most: int = MAX_WORDS) -> None:
        """Cache the results of `work_out` for at most twice `most` words."""
        self._work_out = work_out
        self._most = most
        self._young: dict[str, NDArray[np.int32]] = {}
        self._old: dict[str, NDArray[np.int32]] = {}

    def __len__(self) -> int:
        """Number of cached words."""
        return len(self._young) + len(self._old)

    def __call__(self, word: str) -> NDArray[np.int32]:
        """Return the function's result for a word."""
        found = self._young.get(word)
        if found is None:
            found = self._old.get(word)
            if found is None:
                found = self._work_out(word)
            self._keep(word, found)
        return found

    def _keep(self, word: str, found: NDArray[np.int32]) -> None:
        # A very long word hardly ever comes again, and caching it would let callers fill the memory.
        if len(word) > MAX_WORD_CHARACTERS:
            return
        young = self._young
        if len(young) >= self._most:
            self._old = young
            self._young = young = {}
        young[word] = found
