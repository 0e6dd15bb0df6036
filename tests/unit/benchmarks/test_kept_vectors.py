"""A benchmark encodes each text once, and the next run none."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.kept_vectors import KeptVectors


class Counting:
    """An encoder that says which texts it was given."""

    def __init__(self) -> None:
        """Begin with none."""
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the length of each text."""
        self.asked += texts
        return np.array([[len(text)] for text in texts], np.float32)


def test_what_is_kept_is_not_encoded_again(tmp_path: Path) -> None:
    """Neither in the same run nor in the next; the rows stand in the order of the texts."""
    first, second = Counting(), Counting()
    vectors = KeptVectors(first, tmp_path / "kept.npz")
    np.testing.assert_array_equal(vectors(["a", "bb", "a"]), [[1], [2], [1]])
    np.testing.assert_array_equal(vectors(["bb", "ccc"]), [[2], [3]])
    assert first.asked == ["a", "bb", "ccc"]
    np.testing.assert_array_equal(KeptVectors(second, tmp_path / "kept.npz")(["dddd", "ccc", "a"]), [[4], [3], [1]])
    assert second.asked == ["dddd"]
