"""Feelings that are not words: emoji, emoticons, hashtags, letters drawn out, capitals."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from classifier_service.words import has_capitals

_FILE: Final = "sentiment_lexicon.toml"
_MOST_REPEATS: Final = 4
_EACH_REPEAT: Final = 0.25
_MOST_HASHTAG: Final = 60
_LONGEST_WORD: Final = 20
_REMEMBERED: Final = 1 << 15
_HASHTAG: Final = re.compile(r"#(\w+)")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
_DRAWN_OUT: Final = re.compile(r"([a-zA-Z])\1\1+")
_WITH_RUN: Final = re.compile(r"\w*([a-zA-Z])\1\1\w*")
_JOINED_TIME: Final = re.compile(r"(\d)(h|hrs?|hours?|mins?|minutes?|days?|wks?|weeks?)\b")
_CAPITALS: Final = re.compile(r"\b[A-Z]{3,}\b")
_SMALL: Final = re.compile(r"[a-z]")


@cache
def lexicon_table() -> dict[str, Any]:
    """Return the tables of `sentiment_lexicon.toml`."""
    return tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))


@cache
def _signs() -> Mapping[str, float]:
    table = lexicon_table()
    emoji = {sign: float(strength) for strength, signs in table["emoji"].items() for sign in signs if sign > "\u2000"}
    for joiner in ("\u200d", "\ufe0f"):
        emoji.pop(joiner, None)
    return emoji | {sign: float(strength) for strength, signs in table["emoticons"].items() for sign in signs}


@cache
def _sign_pattern() -> re.Pattern[str]:
    by_length = sorted(_signs(), key=lambda sign: (-len(sign), sign))
    emoji = "".join(sign for sign in by_length if sign > "\u2000")
    emoticons = "|".join(re.escape(sign) for sign in by_length if sign < "\u2000")
    # An emoticon stands alone: the colon of "10:30" or of an address is none.
    return re.compile(rf"[{emoji}]|(?<![\w:/.])(?:{emoticons})(?![\w/])")


def signs_of(text: str) -> Iterable[tuple[str, float]]:
    """Return each emoji and emoticon of a text once, with its valence; repeating it makes it stronger."""
    if text.isascii() and not _may_hold_emoticons(text):
        return ()
    counts = Counter(_sign_pattern().findall(text))
    known = _signs()
    return [
        (sign, known[sign] * (1 + _EACH_REPEAT * (min(count, _MOST_REPEATS) - 1))) for sign, count in counts.items()
    ]


def _may_hold_emoticons(text: str) -> bool:
    """Say quickly whether one of the marks is there of which every emoticon has one."""
    return (
        (":" in text or "=" in text or ";" in text or "<" in text or "^" in text)
        or ("xD" in text or "XD" in text)
        or ("-_-" in text or "\\o/" in text)
    )


def is_oddly_spelt(text: str, words: Iterable[str]) -> bool:
    """Say quickly whether `spelt_out` may change a text, of which the words in lower case are known."""
    return "#" in text or any(map(_ODD.__getitem__, words))


class _Odd(dict[str, bool]):
    """Which of the words met lately have a letter drawn out or a unit of time joined to a number."""

    def __missing__(self, word: str) -> bool:
        is_odd = is_drawn_out(word) or _JOINED_TIME.search(word) is not None
        # A very long word hardly ever comes again, and keeping it would let callers fill the memory.
        if len(word) <= _MOST_HASHTAG:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = is_odd
        return is_odd


_ODD: Final = _Odd()


def spelt_out(text: str, vocabulary: Collection[str], *, is_drawn: bool = True) -> str:
    """Return a text with its hashtags cut into words, and "sooo" and "2hrs" as they are usually spelt.

    Args:
        text: As it was written: "#worstairline sooo late".
        vocabulary: Known words in lower case.
        is_drawn: Whether it `is_drawn_out`, from callers who know.
    """
    if "#" in text:
        text = _HASHTAG.sub(lambda found: " " + " ".join(_parts(found[1], vocabulary)) + " ", text)
    if _JOINED_TIME.search(text):
        text = _JOINED_TIME.sub(r"\1 \2", text)
    if is_drawn:
        text = _WITH_RUN.sub(lambda found: _usual(found[0], vocabulary), text)
    return text


def is_drawn_out(text: str) -> bool:
    """Say whether a letter stands three times or more in a row, as in "sooo"."""
    return _DRAWN_OUT.search(text) is not None


def shouted(text: str) -> frozenset[str]:
    """Return the words in capitals, in lower case; none where everything is in capitals."""
    found = _CAPITALS.findall(text) if has_capitals(text) else ()
    return frozenset(map(str.lower, found)) if found and _SMALL.search(text) else frozenset()


def _usual(word: str, vocabulary: Collection[str]) -> str:
    twice, once = (_DRAWN_OUT.sub(kept, word) for kept in (r"\1\1", r"\1"))
    return once if once.lower() in vocabulary and twice.lower() not in vocabulary else twice


def _parts(tag: str, vocabulary: Collection[str]) -> list[str]:
    """Return the words of a hashtag, by its capitals, or the fewest known words that make it up."""
    parts = _PART.findall(tag[:_MOST_HASHTAG])
    return [word for part in parts for word in _known_words(part.lower(), vocabulary)]


def _known_words(part: str, vocabulary: Collection[str]) -> list[str]:
    best: list[list[str] | None] = [[]]
    for end in range(1, len(part) + 1):
        ways = [
            [*before, part[start:end]]
            for start in range(max(0, end - _LONGEST_WORD), end)
            if (before := best[start]) is not None and part[start:end] in vocabulary
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or [part]
