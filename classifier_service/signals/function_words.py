"""How much of a text is in which language, by the small words of every sentence; for texts that mix languages."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "function_words.toml"


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """Return the function words of English and Setswana, by language tag."""
    table = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}


def function_word_counts(words: Sequence[str]) -> dict[str, int]:
    """Return how many of a text's words are function words of each language."""
    return {language: len(list(filter(known.__contains__, words))) for language, known in function_words().items()}
