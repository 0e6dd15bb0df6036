"""The interface of every category model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class CategoryModel(Protocol):
    """Says how likely each category is for a text, and which words speak for it.

    A model does not change once it is made, is safe to use from several threads, and can be pickled.
    """

    @property
    def classes(self) -> tuple[str, ...]:
        """Slugs of the categories, in the order of the columns of `probabilities`."""
        ...

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the calibrated probability, 0..1, of every class for every text.

        Returns:
            An array of shape (number of texts, number of classes) whose rows sum to 1. A text without any known word is
            not an error: it gets the probabilities that the model gives an empty text.
        """
        ...

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return the words and phrases in the text that speak for or against a category.

        Args:
            text: The ticket's text.
            category: One of `classes`.
            most: The largest number of terms to return.

        Returns:
            Words and phrases as they stand in the text, lower-cased, each with its contribution in log-odds against
            the average category; the strongest first, positive or negative.

        Raises:
            KeyError: If the model does not know the category.
        """
        ...
