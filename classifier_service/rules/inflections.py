"""The forms of a keyword: endings are added to the keyword, never taken off a ticket's words.

A manager who writes `order` also means "orders", "ordered" and "ordering", but not "border" or "disorder". The forms
are worked out once, when the rules are read, so that matching a ticket takes one look-up a word.
"""

from collections.abc import Callable, Mapping
from typing import Final

_VOWELS: Final = frozenset("aeiou")
_HISSING: Final = ("s", "x", "z", "ch", "sh")
_LEAST_LETTERS: Final = 3
_MOST_INFLECTED_WORDS: Final = 2


def phrase_forms(words: tuple[str, ...], language: str) -> frozenset[tuple[str, ...]]:
    """Return a phrase's forms: with one or two words, one word at a time takes endings; longer phrases take none."""
    inflect = _INFLECTIONS.get(language)
    if inflect is None or len(words) > _MOST_INFLECTED_WORDS:
        return frozenset({words})
    return frozenset(
        {words}
        | {(*words[:place], form, *words[place + 1 :]) for place, word in enumerate(words) for form in inflect(word)}
    )


def _english(word: str) -> set[str]:
    """Return plural, possessive, past and -ing forms by the spelling rules; irregular forms need their own keywords."""
    if len(word) < _LEAST_LETTERS or not word[-1].isalpha():
        return set()
    plural = word + "es" if word.endswith(_HISSING) else word + "s"
    forms = {plural, word + "'s"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        stem = word[:-1]
        return forms - {plural} | {stem + "ies", stem + "ied", word + "ing"}
    if word.endswith("e"):
        return forms | {word + "d", word[:-1] + "ing"}
    forms |= {word + "ed", word + "ing"}
    is_short_syllable = word[-1] not in _VOWELS | set("wxy") and word[-2] in _VOWELS and word[-3] not in _VOWELS
    return forms | {word + word[-1] + ending for ending in ("ed", "ing")} if is_short_syllable else forms


def _setswana(word: str) -> set[str]:
    """Return the plural di- (classes 8 and 10), the locative ("akhaontong", "bukeng") and relative -ng, and both."""
    if len(word) < _LEAST_LETTERS or not word[-1].isalpha():
        return set()
    place = word[:-1] + "eng" if word.endswith("a") else word + "ng"
    return {"di" + word, place, "di" + place, word + "ng"}


_INFLECTIONS: Final[Mapping[str, Callable[[str], set[str]]]] = {"en": _english, "tn": _setswana}
"""Language -> function that adds endings; a keyword of another language matches only as it is written."""
