"""How likely each language is by the sequences of three letters in a text, with a table of those met before.

The detector looks every sequence up in every language for every text, which takes longer than all else that is said
about a ticket. What a sequence adds to the log-odds is the same in every text, so it is asked for once.
"""

import re
from collections.abc import Mapping
from math import exp, inf, log
from typing import Final

import numpy as np
from lingua import Language, LanguageDetectorBuilder

_LENGTH: Final = 3
_LETTERS: Final = 26
_WORD: Final = re.compile(rf"[a-z]{{{_LENGTH},}}")
# A sequence that each language with Latin letters has. Alone, a sequence that a language lacks would leave it out.
_COMMON: Final = "ala"


class LetterSequences:
    """The detector of languages, and what it said about each sequence of three letters. Safe to use from threads."""

    __slots__ = ("_detector", "_languages", "_rows", "_table")

    def __init__(self, languages: tuple[Language, ...]) -> None:
        """Prepare for some languages; their models are loaded when they are first needed."""
        self._detector: Final = LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
        self._languages: Final = languages
        self._table: Final = np.empty((_LETTERS**_LENGTH, len(languages)))
        self._rows: Final = _Rows(self)

    def log_shares(self, text: str) -> list[float]:
        """Return the logarithm of each language's share, in the order of the languages; minus infinity for none."""
        sequences = _sequences(text) if text.isascii() else None
        if not sequences:
            return self._asked(text)
        odds = self._table[[*map(self._rows.__getitem__, sequences)]].sum(axis=0).tolist()
        most = max(odds)
        whole = most + log(sum([exp(each - most) for each in odds]))
        return [each - whole for each in odds]

    def learn(self, sequence: str, row: int) -> None:
        """Ask the detector what a sequence adds to the log-odds of each language, and write it into a row."""
        common = self._asked(_COMMON)
        both = (
            common
            if sequence == _COMMON
            else [
                each - other if other > -inf else -inf
                for each, other in zip(self._asked(f"{sequence} {_COMMON}"), common, strict=True)
            ]
        )
        self._table[row] = both

    def _asked(self, text: str) -> list[float]:
        shares: Mapping[Language, float] = {
            each.language: each.value for each in self._detector.compute_language_confidence_values(text)
        }
        return [log(share) if (share := shares[language]) else -inf for language in self._languages]


class _Rows(dict[str, int]):
    """The row of each sequence that was met; a sequence that was not is learnt first."""

    def __init__(self, table: LetterSequences) -> None:
        super().__init__()
        self._owner = table

    def __missing__(self, sequence: str) -> int:
        row = 0
        for letter in sequence:
            row = row * _LETTERS + ord(letter) - ord("a")
        self._owner.learn(sequence, row)
        # Only now is the row complete for other threads. Two threads may learn the same, which is the same twice.
        self[sequence] = row
        return row


def _sequences(text: str) -> set[str]:
    return {word[start : start + _LENGTH] for word in _WORD.findall(text.lower()) for start in range(len(word) - 2)}
