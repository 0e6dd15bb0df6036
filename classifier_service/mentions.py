"""What a text names without meaning it: titles, quotations, topics that it says it is not about, and other senses.

"Is 'The Broken Password' in stock?" is about no password, "no refund needed" asks for none, and "on my return from
Maun" sends nothing back.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from classifier_service.rules.phrases import PhraseMatcher
from classifier_service.words import words_of

_FILE: Final = "mentions.toml"
_PHRASES: Final = "<phrases>"
_REMEMBERED: Final = 500
_LEAST_LEFT: Final = 3
_LEAST_SPOKEN: Final = 2
_MOST_CAPITALISED: Final = 0.5
_SMALL_WORD: Final = 3
_QUOTED: Final = re.compile(r"(?<!\w)(?:\"([^\"\n]{1,120})\"|'([^'\n]{1,120})'|[“„‘]([^”’\n]{1,120})[”’])(?!\w)")
_QUOTES: Final = ('"', "'", "“", "„", "‘")
_ENDS: Final = ".!?\n"
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*")
# The space before the name is part of the pattern, so that the search jumps from space to space.
_NAME: Final = re.compile(
    r" (?<=[a-z,;:(] )(?:The |A |An )?[A-Z][\w'-]+(?: (?:(?:of|the|to|and|in|for|a|at|on|ya|le|wa) ){0,2}[A-Z][\w'-]+)+"
)
_NAMELESS: Final = "  "
_CAPITALISED: Final = re.compile(r"(?<!\w)[A-Z]")


def unquoted(text: str) -> str:
    """Return a text without the titles and sentences that it quotes."""
    return _QUOTED.sub(_kept_of_quotation, text) if any(quote in text for quote in _QUOTES) else text


def names_in(text: str) -> list[tuple[int, int]]:
    """Return where the names of an unquoted text begin and end; a sentence in capitals like a headline has none."""
    places, judged, is_headline = [], 0, False
    for found in _NAME.finditer(text):
        start, end = found.span()
        if start >= judged:
            sentence = _sentence_at(text, start)
            judged = sentence.end()
            is_headline = len(_CAPITALISED.findall(sentence[0])) > _MOST_CAPITALISED * len(sentence[0].split())
        if not is_headline:
            places.append((start, end))
    return places


def without_names(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Return a text without its names: the rest is its writer's own words."""
    if not names:
        return text
    starts, ends = zip(*names, strict=True)
    return _NAMELESS.join([text[start:end] for start, end in zip((0, *ends), (*starts, None), strict=True)])


def meant(text: str, words: Sequence[str] | None = None) -> str:
    """Return a text of its writer's own words without other senses, and topics that it says it is not about.

    Where nearly nothing would be left, the text stays as it is. Callers who have the text's words pass them.
    """
    if not _may_deny(words_of(text) if words is None else words):
        return text
    left, lower = text, text.lower()
    for phrases, pattern in _patterns():
        # A pattern of the few phrases that the text has takes a fraction of the time of one of all phrases.
        if present := tuple(phrase for phrase in phrases if phrase in lower):
            left = _compiled(pattern, present).sub(" ", left)
    return left if len(words_of(left)) >= _LEAST_LEFT else text


def _kept_of_quotation(found: re.Match[str]) -> str:
    """Return a quotation if it holds the words of a machine or a single common word, and nothing otherwise."""
    quoted = next(filter(None, found.groups()), "")
    words = quoted.split()
    is_title = all(word[:1].isupper() for word in words if len(word) > _SMALL_WORD) and quoted[:1].isupper()
    if is_title and not (len(words) > 1 and not any(word[:1].isupper() for word in words[1:])):
        return " "
    is_of_machine = any(word in quoted.lower() for word in _table()["machine_words"])
    return found[0] if is_of_machine or len(words) < _LEAST_SPOKEN else " "


def _sentence_at(text: str, place: int) -> re.Match[str]:
    start = 1 + max([text.rfind(mark, 0, place) for mark in _ENDS])
    return next(_SENTENCE.finditer(text, start))


@cache
def _patterns() -> Sequence[tuple[Sequence[str], str]]:
    """Return the patterns of what is not meant, each with the phrases that stand in it for `_PHRASES`."""
    table = _table()
    within = rf"(?:(?!\b{_either(table['ends'])}\b)[^.,;:!?\n])*"
    return (
        (table["denials"], rf"\b{_PHRASES}{within}"),
        (table["not_needed"], rf"\bno (?:\w+ ){{1,3}}{_PHRASES}\b"),
        (table["in_order"], rf"(?:^|(?<=[.,;:!?\n])){within}\b{_PHRASES}\b"),
        (table["other_senses"], rf"\b{_PHRASES}\b"),
    )


@lru_cache(_REMEMBERED)
def _compiled(pattern: str, phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(pattern.replace(_PHRASES, _either(phrases)), re.IGNORECASE)


def _may_deny(words: Sequence[str]) -> bool:
    """Say quickly whether a text may deny a topic; most do not, and patterns take long."""
    matcher, starts, needless = _quick()
    return ("no" in words and not needless.isdisjoint(words)) or (
        not starts.isdisjoint(pairwise(words)) and matcher.finds(words)
    )


@cache
def _quick() -> tuple[PhraseMatcher, frozenset[tuple[str, str]], frozenset[str]]:
    """Return the phrases of which a text that denies a topic has one, their first two words, and what is not needed."""
    table = _table()
    phrases = [tuple(words_of(each)) for each in (*table["denials"], *table["in_order"], *table["other_senses"])]
    starts = frozenset((first, second) for first, second, *_ in phrases)
    return PhraseMatcher((each, 0) for each in phrases), starts, frozenset(table["not_needed"])


def _either(phrases: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
