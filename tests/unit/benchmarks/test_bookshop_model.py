"""The figures that benchmarks print of probabilities."""

import numpy as np
import pytest

from benchmarks.bookshop_model import calibration_error, log_loss


def test_calibration_error_is_the_mean_gap_weighted_by_how_many_are_in_a_bin() -> None:
    """Three of four at 0.9 right and one of two at 0.3: 4/6 × 0.15 + 2/6 × 0.2."""
    confidences = np.array([0.9, 0.9, 0.9, 0.9, 0.3, 0.3])
    is_right = np.array([True, True, True, False, True, False])
    assert calibration_error(confidences, is_right) == pytest.approx(4 / 6 * 0.15 + 2 / 6 * 0.2)


def test_log_loss_is_that_of_the_truth() -> None:
    """The mean of minus the logarithm of what was given to the right class."""
    table = np.array([[0.5, 0.5], [0.25, 0.75]])
    assert log_loss(table, np.array([0, 1])) == pytest.approx(-(np.log(0.5) + np.log(0.75)) / 2)
