"""The categories' own names, which are learnt like one more ticket of each: they help most where tickets are few."""

import re
from collections.abc import Sequence
from typing import Final

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def name_text(slug: str) -> str:
    """Return a category's slug as a text, for example `card arrival`; empty if it has no word of two letters."""
    words = _BETWEEN_WORDS.sub(" ", slug).strip()
    return words if any(len(word) > 1 and word.isalpha() for word in words.split()) else ""


def named(classes: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the texts of the categories that have a name, and the places of those categories."""
    found = [(name_text(slug), place) for place, slug in enumerate(classes)]
    return tuple(text for text, _ in found if text), tuple(place for text, place in found if text)
