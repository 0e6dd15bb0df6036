"""Which languages a text's small words and spellings allow, for short texts and for texts that mix languages."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "function_words.toml"
_REMEMBERED: Final = 1 << 15
_LEAST_SPELT: Final = 4
_MOST_SPELT: Final = 40

Languages = frozenset[str]
_NONE: Final[Languages] = frozenset()
# Spellings that some of these languages have and the others have not, the most telling first.
_SPELLINGS: Final[tuple[tuple[re.Pattern[str], Languages], ...]] = tuple(
    (re.compile(pattern), frozenset(languages.split()))
    for pattern, languages in (
        (r"^ngi|^angi", "zu"),
        (r"^ndi|^andi|^kwi[^n]|rh", "xh"),
        (r"^(?:uku|oku|ama|izi|isi|imi|aba|ubu|ulu|umu?|nge|nga|ngo|kwe|lwe|nje|ezi|esi|awu|ayi|asi)\w{4}", "zu xh"),
        (r"hlw|dl[aeiou]|ntsh[oiu]|n[ck]w[ae]|^(?:ng|nj|nd)\w{4}", "zu xh"),
        (r"zw|vh|dz[aiou]|^mu\w", "ve sn"),
        (r"[àâãçèéìíîïñòóõöùúûüœßäå]", "und"),
        (r"tšh", "nso tn"),
        (r"bj|[fpt]š|š[aeou]|psh|swane|nyak|(?:ile|we|tše|na)go$", "nso"),
        (r"(?<!t)hl|phel", "nso st zu xh"),
        (r"tjh|oeo|ohle$|[aeo]h[aou]\w*(?:[ao]|ng)$|[aeo]h[ao]$|^h[ao]\w+[ao]$", "st"),
        (r"tlhw|tshw|lwang$|eedi|iwa?ng$", "tn"),
        (r"nngw|(?<![kn])g[aeo]\w*(?:[aeio]|ng)$", "nso tn"),
        (r"jw|tlh", "tn st"),
        (r"^(?:mo|ba|di|bo|le|se|me|ma)\w*(?:ing|e)$", "en nso st tn"),
        (r"kg|tsw|tl[aeo]|tsh|ts[aeo]|^(?:mo|ba|di|bo|le|se|me|ma)[bdf-hj-np-twy][a-uwy]*[ao]$|[aeo]ng$", "nso st tn"),
        (r"^(?:ge|ont|ver|aan|uit)\w{4}.*[b-df-hj-np-tv-z]$|^\w{,2}oe[kt]|aa[lnrst]|uu[rs]|ië|ê|heid$|lik$", "af"),
        (r"^(?!.*[aiou]$).*(?:ght|ck|gh|oo[kd]|ea|(?<!t)sh)|^wh\w|(?:tions?|ously|ness|ful|ould|ing)$", "en"),
        (r"[b-df-hj-lp-tv-z]$", "en af und"),
    )
)


@cache
def function_words() -> Mapping[str, Languages]:
    """Return the function words of each language, by language tag."""
    table = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}


@cache
def _languages_of() -> Mapping[str, Languages]:
    known = function_words()
    words: set[str] = set().union(*known.values())
    return {word: frozenset(each for each, listed in known.items() if word in listed) for word in words}


def languages_of(word: str) -> Languages:
    """Return the languages that a word in lower case can belong to; none where the word tells nothing.

    A function word belongs to the languages whose list has it. Of other words the spelling decides: "nngwe" is
    Setswana, "ukufika" isiZulu or isiXhosa.
    """
    known = _languages_of().get(word)
    if known is not None or not _LEAST_SPELT <= len(word) <= _MOST_SPELT:
        return known or _NONE
    return next((languages for pattern, languages in _SPELLINGS if pattern.search(word)), _NONE)


def telling_words(words: Iterable[str]) -> dict[Languages, int]:
    """Return how many words of a text can belong to which languages; words that tell nothing are left out."""
    counts = Counter(map(_MEMO.__getitem__, words))
    counts.pop(_NONE, None)
    return counts


class _Memo(dict[str, Languages]):
    """The languages of the words met lately; a dictionary takes a third of the time of `lru_cache`."""

    def __missing__(self, word: str) -> Languages:
        languages = languages_of(word)
        # A very long word hardly ever comes again, and keeping it would let callers fill the memory.
        if len(word) <= _MOST_SPELT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = languages
        return languages


_MEMO: Final = _Memo()
