"""How urgent a text is: a sum of weighted phrases, each of which can be shown as a reason."""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from classifier_service.classification import Term, Urgency
from classifier_service.rules.phrases import PhraseMatcher
from classifier_service.words import SENTENCE_ENDS, has_capitals, without_ends, words_of

_FILE: Final = "urgency.toml"
_URGENT_FROM: Final = 3.5
_HIGH_FROM: Final = 1.5
_LOW_UP_TO: Final = -1.5
_NEAR_WORDS: Final = 8
_PAST_WORDS: Final = 2
_DENIAL_WORDS: Final = 2
_DEADLINE_WEIGHT: Final = 1.0
_LOUD_WEIGHT: Final = 0.5
_LOUD_WORDS: Final = 3
_SHOUT: Final = re.compile(r"!\s*!")
_CAPITALS: Final = re.compile(r"\b[A-Z]{4,}\b")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "tonight")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATES: Final = frozenset((*_WEEKDAYS, *_MONTHS))
_DAY: Final = rf"(?:{'|'.join(_WEEKDAYS)}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{'|'.join(_MONTHS)}))"
_DEADLINE: Final = re.compile(
    rf"\b(?:by|before|no later than|not later than|until|pele ga|go fitlha ka) (?:this |next |coming |the )?{_DAY}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UrgencyAnswer:
    """An urgency and the phrases it was summed from, in the order of the text."""

    urgency: Urgency
    terms: tuple[Term, ...]


class UrgencyScorer:
    """The phrases of `urgency.toml`; all languages are used at once, because people mix them."""

    __slots__ = ("_demands", "_denials", "_matcher", "_moments", "_past", "_phrases", "_thanks")

    def __init__(self) -> None:
        """Read the phrases."""
        table = _table()
        weights, demands = table["weights"], table["demands"]
        self._phrases: Final = tuple(
            (phrase, float(weights[level]))
            for language in ("en", "tn")
            for level, phrases in table[language].items()
            for phrase in phrases
        )
        self._matcher: Final = PhraseMatcher(
            (tuple(words_of(phrase)), number) for number, (phrase, _weight) in enumerate(self._phrases)
        )
        self._demands: Final = frozenset(demands["words"])
        self._denials: Final = frozenset(demands["denials"])
        self._past: Final = frozenset(table["past"]["words"])
        self._thanks: Final = frozenset(table["past"]["thanks"])
        self._moments: Final[Mapping[str, float]] = demands["moments"]

    def answer(self, text: str, tokens: Sequence[str]) -> UrgencyAnswer:
        """Return the urgency of a cleaned text and its `words_and_ends`."""
        terms = tuple(self._terms(text, without_ends(tokens), _sentences(tokens)))
        return UrgencyAnswer(_urgency(sum(term.weight for term in terms)), terms)

    def _terms(self, text: str, words: Sequence[str], sentences: Sequence[int]) -> Iterator[Term]:
        seen = set()
        for place, length, numbers in self._matcher.find(words):
            phrase, weight = self._phrases[numbers[0]]
            if weight > 0 and self._is_past(words, place, length):
                continue
            # A phrase counts once: repeating it does not make it more urgent, and e-mails often quote themselves.
            if phrase not in seen and weight:
                seen.add(phrase)
                yield Term(phrase, weight, "urgency")
            if phrase in self._moments and (demand := self._demand_near(words, place, sentences)):
                seen.add(demand)
                yield Term(f"{demand} … {phrase}", self._moments[phrase], "urgency")
        if not _DATES.isdisjoint(words) and (deadline := _DEADLINE.search(text)):
            yield Term(deadline[0].lower(), _DEADLINE_WEIGHT, "urgency")
        if text.count("!") > 1 and _SHOUT.search(text):
            yield Term("!!", _LOUD_WEIGHT, "urgency")
        if has_capitals(text) and len(_CAPITALS.findall(text)) >= _LOUD_WORDS:
            yield Term("capitals", _LOUD_WEIGHT, "urgency")

    def _demand_near(self, words: Sequence[str], place: int, sentences: Sequence[int]) -> str | None:
        """Return the demand near a moment in the same sentence, or None."""
        begin = max(place - _NEAR_WORDS, bisect_left(sentences, sentences[place]))
        end = min(place + _NEAR_WORDS, bisect_right(sentences, sentences[place]))
        near = words[begin:end]
        return next(
            (
                word
                for number, word in enumerate(near)
                if word in self._demands and self._denials.isdisjoint(near[max(0, number - _DENIAL_WORDS) : number])
            ),
            None,
        )

    def _is_past(self, words: Sequence[str], place: int, length: int) -> bool:
        """Say whether a phrase is about the past ("today last week") or part of thanks ("thank you for the quick")."""
        near = (*words[max(0, place - _PAST_WORDS) : place], *words[place + length : place + length + _PAST_WORDS])
        before = words[max(0, place - _NEAR_WORDS) : place]
        return not self._past.isdisjoint(near) or not self._thanks.isdisjoint(before)


def _sentences(tokens: Sequence[str]) -> list[int]:
    """Return the number of the sentence of each word, rising."""
    number, numbers = 0, []
    for token in tokens:
        if token[0] in SENTENCE_ENDS:
            number += 1
        else:
            numbers.append(number)
    return numbers


def _urgency(score: float) -> Urgency:
    if score >= _URGENT_FROM:
        return Urgency.URGENT
    if score >= _HIGH_FROM:
        return Urgency.HIGH
    return Urgency.LOW if score <= _LOW_UP_TO else Urgency.NORMAL


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
