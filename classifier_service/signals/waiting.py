"""Waiting times in a text: "two hours on hold", "still waiting after 3 weeks"."""

import re
from collections.abc import Sequence
from typing import Final

from classifier_service.signals.written_marks import lexicon_table

_TABLE: Final[dict[str, str]] = lexicon_table()["waiting"]
_UNITS, _AMOUNTS, _WAITS, _NO_WAITS = (
    frozenset(_TABLE[name].split()) for name in ("units", "amounts", "waits", "no_waits")
)
_NUMBER: Final = re.compile(r"\d+(?:st|nd|rd|th)?")
_REACH: Final = 6


def may_wait(words: Sequence[str]) -> bool:
    """Say quickly whether there may be a waiting time among words."""
    return not _UNITS.isdisjoint(words) and not _WAITS.isdisjoint(words)


def waiting_time(words: Sequence[str]) -> str | None:
    """Return a waiting time in a sentence's words, or None: an amount of time with a word of waiting near it."""
    if _UNITS.isdisjoint(words):
        return None
    for place, word in enumerate(words):
        if word in _UNITS:
            start = place - 1
            if start < 0 or not (words[start] in _AMOUNTS or _NUMBER.fullmatch(words[start])):
                start = place + 1
                if not (word[0].isalpha() and start < len(words) and _is_setswana_amount(words, start)):
                    continue
        else:
            continue
        near = words[max(0, place - _REACH) : place + _REACH + 1]
        before = words[max(0, start - 2) : start]
        if not _WAITS.isdisjoint(near) and _NO_WAITS.isdisjoint(before):
            return " ".join(words[min(start, place) : max(start, place) + 1])
    return None


def _is_setswana_amount(words: Sequence[str], start: int) -> bool:
    """Say whether an amount follows its unit, as in "dibeke tse pedi"."""
    return words[start] in {"tse", "di", "a", "le", "e", "tsa"} and not _AMOUNTS.isdisjoint(words[start : start + 3])
