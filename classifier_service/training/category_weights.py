"""How much each ticket counts, so that large categories do not drown small ones."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def category_weights(labels: Sequence[str], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the tickets' weights with each category's raised or lowered by the root of its rarity; their mean is 1.

    A category with a quarter of the average number of tickets counts twice for each of them. Full balancing would make
    confidence in small categories too high: this goes half the way, on a logarithmic scale.
    """
    counts = Counter(labels)
    average = len(labels) / len(counts)
    balanced = weights * np.array([(average / counts[label]) ** 0.5 for label in labels])
    shares: NDArray[np.float64] = balanced / balanced.mean()
    return shares
