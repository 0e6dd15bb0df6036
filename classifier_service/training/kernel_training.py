"""Fits the head on a sentence encoder's vectors."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, eigh

from classifier_service.models.kernel_head import KernelHead, likeness, projected
from classifier_service.models.temperature import Floats

MAX_POINTS: Final = 15_000
"""Most texts that a head learns from: memory while training grows with the square, to 1 GB at this number."""
_SHARPNESS: Final = 2.0
_RIDGE: Final = 0.1
_WIDTH: Final = 384
"""Most numbers of a vector that a head keeps: as many as the published encoder has."""


def fit_head(vectors: Floats, right: NDArray[np.int64], categories: int, weights: NDArray[np.float64]) -> KernelHead:
    """Return a head fitted to vectors of length one.

    Where texts are fewer than a vector's numbers, only the first of these are read, which are the published vector: so
    few texts do not show which directions of the other parts matter.

    Args:
        vectors: Vectors of shape (texts, width), at most `MAX_POINTS` texts.
        right: Place of each text's category.
        categories: Number of categories.
        weights: How much each text counts; their mean is 1.
    """
    projection = _directions(vectors) if len(vectors) > vectors.shape[1] > _WIDTH else None
    vectors = projected(vectors, projection, min(_WIDTH, vectors.shape[1]))
    targets = np.full((len(vectors), categories), -1 / categories, np.float32)
    targets[np.arange(len(vectors)), right] += 1
    kernel = likeness(vectors, vectors, _SHARPNESS)
    kernel[np.diag_indices_from(kernel)] += (_RIDGE / weights).astype(np.float32)
    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return KernelHead(
        vectors, np.ascontiguousarray(cho_solve(factor, targets), dtype=np.float32), _SHARPNESS, projection
    )


def _directions(vectors: Floats) -> Floats:
    """Return the directions along which vectors differ most from zero, of shape (width, `_WIDTH`)."""
    width = vectors.shape[1]
    spread = vectors.T @ vectors / np.float32(len(vectors))
    _, directions = eigh(spread, subset_by_index=(width - _WIDTH, width - 1), overwrite_a=True, check_finite=False)
    return np.ascontiguousarray(directions, dtype=np.float32)
