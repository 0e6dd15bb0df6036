"""Spellings of one name that are to be taken for the same."""

import re
import unicodedata
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_ZONE: Final = re.compile(r"\s*\(((?:[A-Z][A-Za-z]+/[A-Za-z_/+\-]+)|UTC|GMT)\)\s*$")
_SIGNED: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_NUMBER_SIGN: Final = "#"


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces in place of anything but letters and digits.

    A sign alone (#, 👍, ★★★) stays, because nothing else is left of it.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    spaced = "".join(letter if letter.isalnum() else " " for letter in bare)
    return " ".join(spaced.split()) or text.strip()


def column_key(name: str) -> str:
    """Return a column's name so that its spellings compare: `createdAt`, `Created at` and `created_at` are one.

    The time zone that some systems write behind a name is left out; `#` is a number.
    """
    named = zone_of(name)[0]
    if named.strip() == _NUMBER_SIGN:
        return _NUMBER_SIGN
    parted = _CAMEL.sub(" ", named)
    return plain(parted.replace(_NUMBER_SIGN, " number "))


def word_key(value: str) -> str:
    """Return a value so that its spellings compare; a number stays as it is."""
    text = value.strip()
    return text if _SIGNED.match(text) else plain(text)


def zone_of(name: str) -> tuple[str, str]:
    """Return a column's name without the time zone behind it, and that zone; "" when there is none."""
    match = _ZONE.search(name)
    return (name[: match.start()], match[1]) if match else (name, "")
