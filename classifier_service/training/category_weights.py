"""How much each ticket counts in training, so that large categories do not dominate small ones."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def category_weights(labels: Sequence[str], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the tickets' weights, raised for rare categories and lowered for common ones; their mean is 1.

    The factor is the square root of a category's rarity: in a category with a quarter of the average number of tickets,
    each ticket counts twice. Full balancing would make confidence in small categories too high.
    """
    counts = Counter(labels)
    average = len(labels) / len(counts)
    balanced = weights * np.array([(average / counts[label]) ** 0.5 for label in labels])
    shares: NDArray[np.float64] = balanced / balanced.mean()
    return shares
