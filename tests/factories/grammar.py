"""What a native reader would stumble over in a sentence that a program put together."""

import re
from typing import Final

_MISTAKES: Final = {
    "a word twice": re.compile(r"\b([A-Za-z]{2,})\s+\1\b", re.IGNORECASE),
    "a before a vowel": re.compile(r"\b[Aa] (?:(?!one|onc|us[eu]|uni|u[kr]\b|eu)[aeiouAEIOU]\w*|SLA\b|hour|honest)"),
    "an before a consonant": re.compile(
        r"\b[Aa]n (?:uni|us[eu]|(?!hour|honest|[A-Z]{2,}|S3|8|11|18|[aeiouAEIO])\w)\w*"
    ),
    "two spaces": re.compile(r"[ \u00a0\u202f]{2,}"),
    "a space before a stop": re.compile(r"[ \u00a0][.,;:!?](?=[ \u00a0]|$)"),
    "stops in a row": re.compile(r"\.\.(?!\.)(?<!\.\.\.)|\. \.|[,;:]{2}|,\.|;\."),
    "a verb twice": re.compile(r"\b(?:is|was|are|were) (?:happened|came|went|fell)\b"),
    "one of many": re.compile(r"(?<![\d.,/:\u2212-])1[ \u00a0](?!(?:is|was|has|times)\b)[a-z]+(?<!s)s\b"),
    "a part left out": re.compile(r"\{\w*\}|\bNone\b(?! of)|\bnan\b|\(\)|“”"),
}


def mistakes(sentence: str) -> list[str]:
    """Return what is wrong with a sentence, each with the place."""
    found = ((name, mistake.search(sentence)) for name, mistake in _MISTAKES.items())
    return [f"{name}: “{place[0]}” in “{sentence}”" for name, place in found if place]
