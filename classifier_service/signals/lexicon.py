"""The sentiment of a text by a lexicon of words, which needs no training.

The rules for negation, intensifiers, contrast, capitals and exclamation marks and their constants are those of Hutto
and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014. The words
and their weights are our own, English and Setswana; so are the rules for complaints, waiting, requests and thanks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from classifier_service.rules.phrases import Hit, PhraseMatcher
from classifier_service.signals.function_words import function_words
from classifier_service.signals.waiting import may_wait, waiting_time
from classifier_service.signals.written_marks import (
    is_drawn_out,
    is_oddly_spelt,
    lexicon_table,
    shouted,
    signs_of,
    spelt_out,
)
from classifier_service.words import SENTENCE_ENDS, words_and_ends, words_of

_NEGATED: Final = -0.74
_BOOST: Final = 0.293
_CAPITALS: Final = 0.733
_REACH_WORDS: Final = 3
_BEFORE_CONTRAST: Final = 0.5
_AFTER_CONTRAST: Final = 1.5
_EXCLAMATION: Final = 0.292
_MOST_EXCLAMATIONS: Final = 4
_WAIT: Final = -1.8
# A request or a plain question names what went wrong without complaining of it.
_ASKED: Final = 0.35
# Praise names what was put right.
_PRAISE_FROM: Final = 2.0
_PRAISED: Final = 0.2
# Thanks and praise beside a strong complaint are ironical or a formula.
_IRONY_FROM: Final = -2.5
_IRONY: Final = 0.3
_ASKING_THANKS: Final = 0.2
_MOCKED_FROM: Final = -0.9
_MOCKED: Final = -0.5
_MOCKING_WORDS: Final = 3
# A long letter holds a "not" or an "again" by chance, and thanks as a formula.
_SHORT_WORDS: Final = 20
_LONG_WORDS: Final = 40
_SIGNS: Final = {"pleased": 1.0, "frustrated": -1.0}
_MODIFIERS: Final = ("negations", "boosters", "dampers", "contrasts")


@dataclass(frozen=True, slots=True)
class Feeling:
    """A phrase found in a text and its valence, above 0 for pleasure; negation and emphasis are included."""

    phrase: str
    valence: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a phrase says.

    Attributes:
        kind: "feeling", "complaint", "thanks" or "" for a phrase that has no valence.
        modifier: "negations", "boosters", "dampers", "contrasts" or "".
    """

    phrase: str
    valence: float = 0.0
    kind: str = ""
    modifier: str = ""


@dataclass(slots=True)
class _Found:
    entry: _Entry
    place: int
    valence: float


class SentimentLexicon:
    """The phrases of `sentiment_lexicon.toml`; all languages are used at once, because people mix them."""

    __slots__ = ("_entries", "_matcher", "_mocking", "_reproaches", "_requests", "_vocabulary")

    def __init__(self) -> None:
        """Read the phrases."""
        table = lexicon_table()
        self._entries: Final = tuple(_entries(table))
        self._matcher: Final = PhraseMatcher(
            (tuple(words_of(entry.phrase)), number) for number, entry in enumerate(self._entries)
        )
        self._requests: Final = _matcher(table["requests"]["phrases"])
        self._reproaches: Final = _matcher(table["reproaches"]["phrases"])
        praise = (entry.phrase.split() for entry in self._entries if entry.valence > 0 and entry.kind == "feeling")
        self._mocking: Final = frozenset(table["mockery"]["words"]).union(*praise)
        phrases = (entry.phrase for entry in self._entries)
        self._vocabulary: Final = frozenset(word for phrase in phrases for word in phrase.split()).union(
            *function_words().values(), table["hashtag_words"]["words"]
        )

    def feelings(self, text: str, tokens: Sequence[str] | None = None) -> list[Feeling]:
        """Return the feelings in a cleaned text, in order; a modifier affects only its own sentence.

        Args:
            text: The text.
            tokens: Its `words_and_ends`, from callers who have them.
        """
        return [Feeling(*each) for each in self.valences(text, tokens)]

    def valences(self, text: str, tokens: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Return the phrases and valences of the `feelings` alone, for a quick sum."""
        if tokens is None:
            tokens = words_and_ends(text)
        is_drawn = False
        if is_oddly_spelt(text, tokens):
            is_drawn = is_drawn_out(text)
            text = spelt_out(text, self._vocabulary, is_drawn=is_drawn)
            tokens = words_and_ends(text)
        if tokens and text[0] in SENTENCE_ENDS:
            tokens = tokens[1:]
        felt = [(each.entry.phrase, each.valence) for each in self._settled(text, tokens) if each.valence]
        if felt and (emphasis := _EXCLAMATION * (min(text.count("!"), _MOST_EXCLAMATIONS) + is_drawn)):
            felt = [(phrase, _emphasised(valence, emphasis / len(felt))) for phrase, valence in felt]
        felt += signs_of(text)
        return felt

    def _settled(self, text: str, tokens: Sequence[str]) -> list[_Found]:
        """Return what all sentences say, weighed by what else the sentence and the text say."""
        # No phrase holds the end of a sentence, so none goes from one sentence into the next.
        hits, is_waiting = self._matcher.find(tokens), may_wait(tokens)
        if not hits and not is_waiting:
            return []
        ends = [place for place, token in enumerate(tokens) if token[0] in SENTENCE_ENDS]
        everything: list[_Found] = []
        short: list[_Found] = []
        loud, first = shouted(text), 0
        for start, after, end in _cut(tokens, ends):
            last = first
            while last < len(hits) and hits[last][0] < after:
                last += 1
            if is_waiting or last > first:
                words = tokens[start:after]
                found = self._found(start, words, hits[first:last], loud, is_waiting=is_waiting)
                if any(each.entry.kind == "complaint" for each in found):
                    _weigh_complaints(found, is_request=self._is_request(words, end))
                everything += found
                if after - start <= _MOCKING_WORDS and self._is_bare_praise(words, found):
                    short += found
                first = last
        is_formula = any(each.entry.kind == "thanks" for each in everything) and (
            len(tokens) - len(ends) > _LONG_WORDS
            or any(self._is_request(tokens[start:after], end) for start, after, end in _cut(tokens, ends))
        )
        if short:
            _mock(everything, short)
        _settle(everything, len(tokens) - len(ends), is_formula=is_formula)
        return everything

    def _found(
        self, start: int, words: Sequence[str], hits: Sequence[Hit], loud: frozenset[str], *, is_waiting: bool
    ) -> list[_Found]:
        """Return what a sentence says, of which the first word stands at `start`."""
        found: list[_Found] = []
        if is_waiting and (wait := waiting_time(words)) is not None:
            found.append(_Found(_Entry(wait, kind="complaint"), start + len(words), _WAIT))
        modifiers: list[tuple[int, _Entry]] = []
        contrast, attached = -1, set[int]()
        for place, length, numbers in hits:
            for number in numbers:
                entry = self._entries[number]
                if entry.modifier == "contrasts":
                    contrast = place
                elif entry.modifier:
                    modifiers.append((place + length - 1, entry))
                elif entry.kind == "complaint":
                    found.append(_Found(entry, place, entry.valence))
                elif entry.valence:
                    valence = _loud(entry.valence) if loud and words[place - start] in loud else entry.valence
                    if modifiers:
                        valence, used = _modified(valence, place, modifiers)
                        attached |= used
                    found.append(_Found(entry, place, valence))
        # A negation that turns a feeling round is no complaint of its own.
        found = [each for each in found if each.entry.kind != "complaint" or each.place not in attached]
        if contrast >= 0:
            _contrast(found, contrast)
        return found

    def _is_bare_praise(self, words: Sequence[str], found: Sequence[_Found]) -> bool:
        return all(each.valence > 0 for each in found) and self._mocking.issuperset(words)

    def _is_request(self, words: Sequence[str], end: str) -> bool:
        """Say whether a sentence asks for something without a reproach."""
        asks = "?" in end or self._requests.finds(words)
        return asks and not self._reproaches.finds(words)


@cache
def sentiment_lexicon() -> SentimentLexicon:
    """Return the lexicon, which is read once a process."""
    return SentimentLexicon()


def _cut(tokens: Sequence[str], ends: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the place of the first word, the place after the last, and the end of each sentence."""
    start = 0
    for place in ends:
        yield start, place, tokens[place]
        start = place + 1
    yield start, len(tokens), ""


def _contrast(found: Sequence[_Found], place: int) -> None:
    """Weigh what stands after a "but" more, and what stands before it less."""
    for each in found:
        each.valence *= _AFTER_CONTRAST if each.place > place else _BEFORE_CONTRAST


def _weigh_complaints(found: Sequence[_Found], *, is_request: bool) -> None:
    """Weigh the complaints of a sentence less if it asks or praises."""
    factor = _ASKED if is_request else 1.0
    pleased = sum(each.valence for each in found if each.valence > 0)
    displeased = any(each.valence < 0 and each.entry.kind == "feeling" for each in found)
    if pleased >= _PRAISE_FROM and not displeased:
        factor = min(factor, _PRAISED)
    for each in found:
        if each.entry.kind == "complaint":
            each.valence *= factor


def _mock(found: Sequence[_Found], short: Sequence[_Found]) -> None:
    """Turn round praise that is all a short sentence says, where the rest of the text does nothing but complain."""
    praise = [each for each in short if each.valence > 0 and each.entry.kind == "feeling"]
    others = [each.valence for each in found if each not in praise]
    if praise and max(others, default=0.0) <= 0 and sum(others) <= _MOCKED_FROM:
        for each in praise:
            each.valence *= _MOCKED


def _settle(found: Sequence[_Found], count: int, *, is_formula: bool) -> None:
    """Weigh complaints, thanks and praise by the number of words and by what else the text says."""
    for each in found:
        if each.entry.kind == "complaint":
            each.valence *= min(1.0, _SHORT_WORDS / count)
    against = sum(each.valence for each in found if each.valence < 0)
    for each in found:
        if is_formula and each.entry.kind == "thanks":
            each.valence *= _ASKING_THANKS
        if each.valence > 0 and against <= _IRONY_FROM:
            each.valence *= _IRONY


def _modified(valence: float, place: int, modifiers: Sequence[tuple[int, _Entry]]) -> tuple[float, set[int]]:
    """Return a word's valence, changed by modifiers up to three words before it, and the places of those that deny it.

    A nearer modifier counts more.
    """
    denying = set()
    for where, modifier in reversed(modifiers):
        distance = place - where
        if distance > _REACH_WORDS:
            break
        if modifier.modifier == "negations":
            valence *= _NEGATED
            denying.add(where)
        else:
            step = _BOOST * (1 - 0.05 * (distance - 1)) * (1 if modifier.modifier == "boosters" else -1)
            valence += step if valence > 0 else -step
    return valence, denying


def _loud(valence: float) -> float:
    return _emphasised(valence, _CAPITALS)


def _emphasised(valence: float, emphasis: float) -> float:
    return valence + emphasis if valence > 0 else valence - emphasis


def _matcher(phrases: Sequence[str]) -> PhraseMatcher:
    return PhraseMatcher((tuple(words_of(phrase)), number) for number, phrase in enumerate(phrases))


def _entries(table: dict[str, Any]) -> Iterator[_Entry]:
    for language in ("en", "tn"):
        for mood, tiers in table[language].items():
            for strength, phrases in tiers.items():
                yield from (_Entry(phrase, _SIGNS[mood] * float(strength), "feeling") for phrase in phrases)
    for strength, phrases in table["complaints"].items():
        yield from (_Entry(phrase, -float(strength), "complaint") for phrase in phrases)
    for strength, phrases in table["thanks"].items():
        yield from (_Entry(phrase, float(strength), "thanks") for phrase in phrases)
    for phrases in table["formulas"].values():
        yield from map(_Entry, phrases)
    for modifier in _MODIFIERS:
        yield from (_Entry(phrase, modifier=modifier) for phrase in table["modifiers"][modifier])
