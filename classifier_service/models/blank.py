"""The model of a desk from which nothing has been learnt yet: it knows no category, so that only keywords decide."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class BlankModel:
    """Knows no category."""

    __slots__ = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """No category."""
        return ()

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array of shape (number of texts, 0)."""
        return np.zeros((len(texts), 0), dtype=np.float32)

    def terms(self, text: str, category: str, most: int) -> tuple[tuple[str, float], ...]:
        """Raise `KeyError`, as for every category that a model does not know."""
        del text, most
        raise KeyError(category)
