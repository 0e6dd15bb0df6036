"""The head learns vectors, and keeps many wide ones narrow."""

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier_service.training.kernel_training import fit_head

WIDTH = 500
CATEGORIES = 4


def vectors(count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return vectors of length one around a middle for each category, and their categories."""
    chance = np.random.default_rng(1)
    middles = chance.normal(size=(CATEGORIES, WIDTH))
    right = chance.integers(0, CATEGORIES, count)
    rows = middles[right] + 2 * chance.normal(size=(count, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), right


@pytest.mark.parametrize(("count", "is_projected"), [(300, False), (1_200, True)])
def test_wide_vectors_are_kept_narrow(count: int, is_projected: bool) -> None:
    """Many along the directions that tell most, few by their first numbers; the other half is answered rightly."""
    rows, right = vectors(2 * count)
    head = fit_head(rows[:count], right[:count], CATEGORIES, np.ones(count))
    assert head.points.shape == (count, 384)
    assert (head.projection is not None) == is_projected
    assert (head.log_probabilities(rows[count:]).argmax(axis=1) == right[count:]).mean() > 0.95


def test_an_encoder_as_narrow_as_that_is_not_projected() -> None:
    """There is nothing to save."""
    rows, right = vectors(1_200)
    head = fit_head(rows[:, :300], right, CATEGORIES, np.ones(len(rows)))
    assert head.projection is None
