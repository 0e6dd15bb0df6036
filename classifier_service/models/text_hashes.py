"""Remembers which texts a model has learnt from without keeping them; near-duplicates count as the same text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_HASH_BYTES: Final = 8
_DIGITS: Final = re.compile(r"\d+")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """Return the same text for near-duplicates: lower case, one form of each letter, no punctuation, numbers as 0."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN_WORDS.sub(" ", _DIGITS.sub("0", folded)).strip()


@dataclass(frozen=True, slots=True)
class TextHashes:
    """A set of texts, kept as hashes only; near-duplicates count as the same text.

    Attributes:
        packed: BLAKE2b hashes of the normalised texts, eight bytes each, sorted.
    """

    packed: bytes = b""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "TextHashes":
        """Return the hashes of texts."""
        return cls(b"".join(sorted({_hash(text) for text in texts})))

    def hold(self, texts: Iterable[str]) -> NDArray[np.bool_]:
        """Return for every text whether it is in the set; wrongly true for one text in 10^14."""
        size = _HASH_BYTES
        known = {self.packed[start : start + size] for start in range(0, len(self.packed), size)}
        return np.array([_hash(text) in known for text in texts], dtype=bool)


NO_TEXTS: Final = TextHashes()


def _hash(text: str) -> bytes:
    return hashlib.blake2b(normalised(text).encode(errors="surrogatepass"), digest_size=_HASH_BYTES).digest()
