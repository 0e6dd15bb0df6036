"""How a customer sounds, from -1 (frustrated) to 1 (pleased)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from classifier_service.classification import Sentiment, SentimentAnswer
from classifier_service.signals.lexicon import sentiment_lexicon
from classifier_service.words import without_ends, words_and_ends, words_of

PLEASED_FROM: Final = 0.3
FRUSTRATED_UP_TO: Final = -0.25
_SATURATION: Final = 15.0

Tokens = Sequence[Sequence[str]]


class SentimentModel(Protocol):
    """Says how a text sounds, and which words show it. Safe to use from several threads; can be pickled."""

    def scores(self, texts: Sequence[str], tokens: Tokens | None = None) -> NDArray[np.float32]:
        """Return one score a text: -1 (frustrated) to 1 (pleased), 0 for a neutral text.

        Args:
            texts: Cleaned texts.
            tokens: The `words_and_ends` of each text, from callers who have them.
        """
        ...

    def terms(self, text: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the words behind a score and what each adds (above 0 for pleasure), the strongest first."""
        ...


@dataclass(frozen=True, slots=True)
class LexiconSentiment:
    """The lexicon alone, for a desk without rated tickets."""

    def scores(self, texts: Sequence[str], tokens: Tokens | None = None) -> NDArray[np.float32]:
        """Return one score a text."""
        return np.array([squash(lexicon_sum(*each)) for each in _paired(texts, tokens)], dtype=np.float32)

    def terms(self, text: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the phrases of the lexicon in a text."""
        return _strongest(((each.phrase, each.valence) for each in sentiment_lexicon().feelings(text)), most)


@dataclass(frozen=True, slots=True)
class LearnedSentiment:
    """The lexicon, and terms learnt from the desk's own tickets.

    Attributes:
        weights: Term (a word, or two in a row) -> inverse document frequency and coefficient in log-odds.
        intercept: Log-odds added for a text that has any of the terms.
        trust: Factor of the learnt log-odds before the lexicon's sum is added.
    """

    weights: Mapping[str, tuple[float, float]]
    intercept: float
    trust: float

    def scores(self, texts: Sequence[str], tokens: Tokens | None = None) -> NDArray[np.float32]:
        """Return one score a text."""
        return np.array([self._score(*each) for each in _paired(texts, tokens)], dtype=np.float32)

    def terms(self, text: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the phrases of the lexicon and the learnt terms in a text."""
        learnt = ((term, self.trust * log_odds) for term, log_odds in self._contributions(words_of(text)))
        return _strongest(
            (*learnt, *((each.phrase, each.valence) for each in sentiment_lexicon().feelings(text))), most
        )

    def _score(self, text: str, tokens: Sequence[str]) -> float:
        words = without_ends(tokens)
        return squash(lexicon_sum(text, tokens) + self.trust * self.learnt_log_odds(words))

    def learnt_log_odds(self, words: Sequence[str]) -> float:
        """Return the log-odds of pleased against frustrated by the learnt terms alone; 0 without a known term."""
        log_odds = [each for _term, each in self._contributions(words)]
        return sum(log_odds) + self.intercept if log_odds else 0.0

    def _contributions(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Return each known term's share of the log-odds: TF-IDF with logarithmic counts, scaled to length one."""
        found = [
            (term, known[0] * (1 + log(count)), known[1])
            for term, count in Counter(terms_of(words)).items()
            if (known := self.weights.get(term))
        ]
        length = sqrt(sum(size * size for _term, size, _coefficient in found)) or 1.0
        return [(term, size / length * coefficient) for term, size, coefficient in found]


def cold_start_sentiment() -> LexiconSentiment:
    """Return the model for a desk that has no tickets to learn from yet."""
    return LexiconSentiment()


def sentiment_answer(score: float) -> SentimentAnswer:
    """Return the sentiment that a score stands for."""
    if score >= PLEASED_FROM:
        return SentimentAnswer(Sentiment.PLEASED, score)
    return SentimentAnswer(Sentiment.FRUSTRATED if score <= FRUSTRATED_UP_TO else Sentiment.NEUTRAL, score)


def squash(total: float) -> float:
    """Return a sum of valences as a score within -1..1 (the normalisation of VADER, ICWSM 2014)."""
    return total / sqrt(total * total + _SATURATION)


def lexicon_sum(text: str, tokens: Sequence[str] | None = None) -> float:
    """Return the sum of the valences in a text; callers who have its `words_and_ends` pass them."""
    return sum([valence for _phrase, valence in sentiment_lexicon().valences(text, tokens)])


def terms_of(words: Sequence[str]) -> Iterator[str]:
    """Yield each word and each two words in a row."""
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _paired(texts: Sequence[str], tokens: Tokens | None) -> Iterator[tuple[str, Sequence[str]]]:
    return zip(texts, map(words_and_ends, texts) if tokens is None else tokens, strict=True)


def _strongest(terms: Iterable[tuple[str, float]], most: int) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(terms, key=lambda each: (-abs(each[1]), each[0]))[:most])
