"""Categories from sentence vectors, by their similarity to vectors whose category is known."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from classifier_service.models.temperature import Floats

_LEAST_PROBABILITY: Final = 0.01
_BATCH: Final = 256


def likeness(one: Floats, other: Floats, sharpness: float) -> Floats:
    """Return exp(-sharpness x squared distance) of every pair of rows of length one; shape (rows, other rows)."""
    # The squared distance of two vectors of length one is 2 - 2 x their product.
    product: Floats = one @ other.T
    product -= 1
    product *= np.float32(2 * sharpness)
    return np.exp(product, out=product)


@dataclass(frozen=True, slots=True, eq=False)
class KernelHead:
    """Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) onto the categories, with a Gaussian kernel.

    The target is 1 for the right category and 0 for the others, so that the predictions estimate probabilities.

    Attributes:
        points: Vectors of length one that it learnt from, of shape (points, width).
        coefficients: Coefficients of shape (points, categories).
        sharpness: Sharpness of the kernel; see `likeness`.
    """

    points: Floats
    coefficients: Floats
    sharpness: float

    def log_probabilities(self, vectors: Floats) -> Floats:
        """Return the logarithms of the estimated probabilities, which are at least 0.01 and not yet calibrated."""
        batches = [
            likeness(vectors[start : start + _BATCH], self.points, self.sharpness) @ self.coefficients
            for start in range(0, len(vectors), _BATCH)
        ]
        categories = self.coefficients.shape[1]
        # The head learnt how far each category's probability differs from an equal share.
        estimates = np.concatenate([np.empty((0, categories), np.float32), *batches]) + np.float32(1 / categories)
        logarithms: Floats = np.log(np.maximum(estimates, np.float32(_LEAST_PROBABILITY)))
        return logarithms
