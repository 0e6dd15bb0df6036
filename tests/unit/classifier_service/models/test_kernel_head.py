"""A head reads vectors of the width that it learnt, and one that was published before still opens."""

import pickle

import numpy as np

from classifier_service.models.kernel_head import KernelHead, projected

CHANCE = np.random.default_rng(3)
POINTS = projected(CHANCE.normal(size=(20, 6)).astype(np.float32), None, 6)
COEFFICIENTS = CHANCE.normal(size=(20, 3)).astype(np.float32)


def test_a_head_of_the_published_vectors_reads_only_these() -> None:
    """They come first in a row, shortened by a factor, so that older models answer as they did."""
    head = KernelHead(POINTS, COEFFICIENTS, 2.0)
    longer = np.hstack([POINTS * np.float32(0.7), CHANCE.normal(size=(20, 4)).astype(np.float32)])
    np.testing.assert_allclose(head.log_probabilities(longer), head.log_probabilities(POINTS), atol=1e-4)


def test_a_head_of_format_2_opens() -> None:
    """It had three values, and no projection."""
    old = object.__new__(KernelHead)
    old.__setstate__([POINTS, COEFFICIENTS, 2.0])
    assert old.projection is None
    np.testing.assert_array_equal(
        old.log_probabilities(POINTS), KernelHead(POINTS, COEFFICIENTS, 2.0).log_probabilities(POINTS)
    )


def test_a_head_survives_its_file() -> None:
    """With its projection."""
    head = KernelHead(POINTS[:, :2], COEFFICIENTS, 2.0, np.eye(6, 2, dtype=np.float32))
    again = pickle.loads(pickle.dumps(head))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(again.log_probabilities(POINTS), head.log_probabilities(POINTS))


def test_projected_rows_have_length_one() -> None:
    """Also one that has nothing along the directions: it stays zero."""
    rows = projected(POINTS, np.eye(6, 2, dtype=np.float32), 2)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    nothing = projected(np.array([[0, 0, 1]], np.float32), np.eye(3, 2, dtype=np.float32), 2)
    np.testing.assert_array_equal(nothing, [[0, 0]])
