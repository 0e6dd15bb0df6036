"""Categories from sentence vectors, by their similarity to vectors whose category is known."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from classifier_service.models.temperature import Floats

_LEAST_PROBABILITY: Final = 0.01
_LEAST_LENGTH: Final = np.float32(1e-12)
_BATCH: Final = 256


def likeness(one: Floats, other: Floats, sharpness: float) -> Floats:
    """Return exp(-sharpness x squared distance) of every pair of rows of length one; shape (rows, other rows)."""
    # The squared distance of two vectors of length one is 2 - 2 x their product.
    product: Floats = one @ other.T
    product -= 1
    product *= np.float32(2 * sharpness)
    return np.exp(product, out=product)


def projected(vectors: Floats, projection: Floats | None, width: int) -> Floats:
    """Return vectors of a width and of length one.

    Args:
        vectors: Rows of at least that width.
        projection: Directions, of shape (the rows' width, width); None takes the first numbers of each row.
        width: The width.
    """
    narrow = vectors[:, :width] if projection is None else vectors @ projection
    rows: Floats = narrow / np.maximum(np.linalg.norm(narrow, axis=1, keepdims=True), _LEAST_LENGTH)
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class KernelHead:
    """Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) onto the categories, with a Gaussian kernel.

    The target is 1 for the right category and 0 for the others, so that the predictions estimate probabilities.

    Attributes:
        points: Vectors of length one that it learnt from, of shape (points, width), projected if there is a projection.
        coefficients: Coefficients of shape (points, categories).
        sharpness: Sharpness of the kernel; see `likeness`.
        projection: Directions of shape (the encoder's width, width); None takes the first numbers of a vector.
    """

    points: Floats
    coefficients: Floats
    sharpness: float
    projection: Floats | None = None

    def __getstate__(self) -> list[object]:
        """Return the values in the order of the fields."""
        return [getattr(self, each.name) for each in fields(self)]

    def __setstate__(self, state: list[object]) -> None:
        """Take the values over; a head of format 2 has no projection."""
        for each, value in zip(fields(self), [*state, None], strict=False):
            object.__setattr__(self, each.name, value)

    def log_probabilities(self, vectors: Floats) -> Floats:
        """Return the logarithms of the estimated probabilities, which are at least 0.01 and not yet calibrated."""
        vectors = projected(vectors, self.projection, self.points.shape[1])
        batches = [
            likeness(vectors[start : start + _BATCH], self.points, self.sharpness) @ self.coefficients
            for start in range(0, len(vectors), _BATCH)
        ]
        categories = self.coefficients.shape[1]
        # The head learnt how far each category's probability differs from an equal share.
        estimates = np.concatenate([np.empty((0, categories), np.float32), *batches]) + np.float32(1 / categories)
        logarithms: Floats = np.log(np.maximum(estimates, np.float32(_LEAST_PROBABILITY)))
        return logarithms
