"""Remembering what was worked out for a word, within bounds."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAX_WORDS: Final = 20_000
MAX_WORD_CHARACTERS: Final = 40


class WordMemo:
    """What a function says of each word, kept for the words that were asked for of late.

    There are two generations: once the young one is full it becomes the old one, and what is asked for again moves on.
    So it never holds more than twice `MAX_WORDS`, costs one lookup, and takes no lock: threads at the same time may
    work the same word out twice, never wrongly.
    """

    def __init__(self, work_out: Callable[[str], NDArray[np.int32]], most: int = MAX_WORDS) -> None:
        """Remember at most twice `most` words of what `work_out` says."""
        self._work_out = work_out
        self._most = most
        self._young: dict[str, NDArray[np.int32]] = {}
        self._old: dict[str, NDArray[np.int32]] = {}

    def __len__(self) -> int:
        """How many words are remembered."""
        return len(self._young) + len(self._old)

    def __call__(self, word: str) -> NDArray[np.int32]:
        """Return what is said of a word."""
        found = self._young.get(word)
        if found is None:
            found = self._old.get(word)
            if found is None:
                found = self._work_out(word)
            self._keep(word, found)
        return found

    def _keep(self, word: str, found: NDArray[np.int32]) -> None:
        # A word that long is hardly met again, and would let memory grow with what callers send.
        if len(word) > MAX_WORD_CHARACTERS:
            return
        young = self._young
        if len(young) >= self._most:
            self._old = young
            self._young = young = {}
        young[word] = found
