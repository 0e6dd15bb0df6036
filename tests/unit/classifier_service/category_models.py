"""A model of categories that says what a test told it to."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

BOOKSHOP: Final = ("book_order", "account_issue", "technical_support", "return_refund", "general_inquiry")


class SaidCategoryModel:
    """Gives the probabilities of the first of its words that a text holds, and even ones where it holds none."""

    def __init__(self, said: Mapping[str, Sequence[float]] | None = None, classes: tuple[str, ...] = BOOKSHOP) -> None:
        self.classes = classes
        self._said = dict(said or {})

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        even = np.full(len(self.classes), 1 / len(self.classes))
        rows = [next((row for word, row in self._said.items() if word in text), even) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(self.classes))

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        column = self.classes.index(category)
        return tuple((word, float(row[column])) for word, row in self._said.items() if word in text)[:most]
