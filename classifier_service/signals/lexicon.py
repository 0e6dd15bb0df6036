"""The sentiment of a text by a lexicon of words, which needs no training.

The rules (negation, intensifiers, contrast, capitals, exclamation marks) and their constants are those of Hutto and
Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014. The words
are our own, English and Setswana.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from classifier_service.rules.phrases import PhraseMatcher
from classifier_service.words import words_of

_FILE: Final = "sentiment_lexicon.toml"
_NEGATED: Final = -0.74
_BOOST: Final = 0.293
_REACH_WORDS: Final = 3
_BEFORE_CONTRAST: Final = 0.5
_AFTER_CONTRAST: Final = 1.5
_EXCLAMATION: Final = 0.292
_MOST_EXCLAMATIONS: Final = 4
_SIGNS: Final = {"pleased": 1.0, "frustrated": -1.0}
_SENTENCE_END: Final = re.compile(r"[.!?;\n]+")
_MODIFIERS: Final = ("negations", "boosters", "dampers", "contrasts")


@dataclass(frozen=True, slots=True)
class Feeling:
    """A phrase found in a text and its valence, above 0 for pleasure; negation and emphasis are included."""

    phrase: str
    valence: float


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: str
    valence: float
    modifier: str


class SentimentLexicon:
    """The phrases of `sentiment_lexicon.toml`; all languages are used at once, because people mix them."""

    __slots__ = ("_entries", "_matcher")

    def __init__(self) -> None:
        """Read the phrases."""
        self._entries: Final = tuple(_entries())
        self._matcher: Final = PhraseMatcher(
            (tuple(words_of(entry.phrase)), number) for number, entry in enumerate(self._entries)
        )

    def feelings(self, text: str) -> list[Feeling]:
        """Return the feelings in a cleaned text, in order; a modifier affects only its own sentence."""
        found = [each for sentence in _SENTENCE_END.split(text) for each in self._of_sentence(words_of(sentence))]
        emphasis = _EXCLAMATION * min(text.count("!"), _MOST_EXCLAMATIONS)
        return [Feeling(phrase, _emphasised(valence, emphasis / len(found))) for phrase, valence in found]

    def _of_sentence(self, words: Sequence[str]) -> list[tuple[str, float]]:
        found: list[tuple[int, str, float]] = []
        modifiers: list[tuple[int, str]] = []
        contrast = -1
        for place, length, numbers in self._matcher.find(words):
            entry = self._entries[numbers[0]]
            if entry.modifier == "contrasts":
                contrast = place
            elif entry.modifier in _MODIFIERS:
                modifiers.append((place + length - 1, entry.modifier))
            elif entry.valence:
                found.append((place, entry.phrase, _modified(entry.valence, place, modifiers)))
        return [(phrase, valence * _contrast(place, contrast)) for place, phrase, valence in found]


@cache
def sentiment_lexicon() -> SentimentLexicon:
    """Return the lexicon, which is read once a process."""
    return SentimentLexicon()


def _modified(valence: float, place: int, modifiers: Sequence[tuple[int, str]]) -> float:
    """Return a word's valence, changed by modifiers up to three words before it; a nearer modifier counts more."""
    for where, modifier in reversed(modifiers):
        distance = place - where
        if distance > _REACH_WORDS:
            break
        if modifier == "negations":
            valence *= _NEGATED
        else:
            step = _BOOST * (1 - 0.05 * (distance - 1)) * (1 if modifier == "boosters" else -1)
            valence += step if valence > 0 else -step
    return valence


def _contrast(place: int, contrast: int) -> float:
    if contrast < 0:
        return 1.0
    return _AFTER_CONTRAST if place > contrast else _BEFORE_CONTRAST


def _emphasised(valence: float, emphasis: float) -> float:
    return valence + emphasis if valence > 0 else valence - emphasis


def _entries() -> Iterator[_Entry]:
    table: dict[str, Any] = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    modifiers, formulas = table.pop("modifiers"), table.pop("formulas")
    for language in table.values():
        for mood, tiers in language.items():
            for strength, phrases in tiers.items():
                yield from (_Entry(phrase, _SIGNS[mood] * float(strength), "") for phrase in phrases)
    for phrases in formulas.values():
        yield from (_Entry(phrase, 0.0, "formulas") for phrase in phrases)
    for modifier in _MODIFIERS:
        yield from (_Entry(phrase, 0.0, modifier) for phrase in modifiers[modifier])
