"""Confidence is measured and corrected by its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.models.temperature import softmax
from classifier_service.training.calibration import expected_calibration_error, fit_temperature

SHARES = st.floats(0, 1, width=32)


def test_the_error_of_a_worked_example() -> None:
    """Two bins: 0.9 said and half right, 0.5 said and all right; four texts: (2 x 0.4 + 2 x 0.5) / 4."""
    confidence = np.array([0.9, 0.9, 0.5, 0.5])
    is_right = np.array([True, False, True, True])
    assert expected_calibration_error(confidence, is_right) == pytest.approx(0.45)


@given(st.lists(st.tuples(SHARES, st.booleans()), max_size=60))
def test_the_error_is_a_share_and_has_no_order(answers: list[tuple[float, bool]]) -> None:
    """Between 0 and 1, the same whichever way round the answers come, and at least the overall gap."""
    confidence, is_right = np.array([one for one, _ in answers]), np.array([other for _, other in answers], bool)
    error = expected_calibration_error(confidence, is_right)
    assert 0 <= error <= 1
    assert error == pytest.approx(expected_calibration_error(confidence[::-1], is_right[::-1]))
    if answers:
        assert error >= abs(confidence.mean() - is_right.mean()) - 1e-9


@pytest.mark.parametrize("temperature", [0.25, 1.0, 4.0])
def test_a_temperature_that_was_planted_is_found(temperature: float) -> None:
    """Labels are drawn from the softened scores; the fit gives the softening back, and the error goes."""
    chance = np.random.default_rng(3)
    scores = chance.normal(scale=2, size=(20_000, 4)).astype(np.float32) * np.float32(temperature)
    shares = softmax(scores, temperature)
    right = (shares.cumsum(axis=1) < chance.random((20_000, 1))).sum(axis=1).clip(0, 3)
    found = fit_temperature(scores, right)
    assert found == pytest.approx(temperature, rel=0.05)
    fitted = softmax(scores, found)
    assert expected_calibration_error(fitted.max(axis=1), fitted.argmax(axis=1) == right) < 0.01


def test_unknown_labels_teach_nothing() -> None:
    """A text whose category the model does not have is left out; without any other the scores stay as they are."""
    scores = np.array([[2, 0], [0, 1], [1, 0]], np.float32)
    assert fit_temperature(scores, np.array([0, 1, -1])) == fit_temperature(scores[:2], np.array([0, 1]))
    assert fit_temperature(scores, np.array([-1, -1, -1])) == 1.0
