"""What every model of categories can do."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class CategoryModel(Protocol):
    """Says how likely each category is for a text, and which words say so.

    Models are read only once they are made, safe to use from several threads, and can be pickled.
    """

    @property
    def classes(self) -> tuple[str, ...]:
        """Slugs of the categories, in the order of the columns of `probabilities`."""
        ...

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the calibrated probability, 0..1, of every class for every text.

        Returns:
            An array of shape (number of texts, number of classes) whose rows sum to 1. A text with nothing that the
            model knows gets the model's own expectation, not an error.
        """
        ...

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Return what in the text speaks for or against a category.

        Args:
            text: The ticket's text.
            category: One of `classes`.
            most: How many terms at most.

        Returns:
            Words and phrases as they stand in the text, lower-cased, each with its contribution in log-odds against
            the average category; the strongest first, whatever its sign.

        Raises:
            KeyError: If the model does not know the category.
        """
        ...
