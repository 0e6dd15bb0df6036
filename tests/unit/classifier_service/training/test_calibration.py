"""Confidence is measured and corrected by its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from classifier_service.models.temperature import softmax
from classifier_service.training.calibration import expected_calibration_error, fit_confidence, fit_temperature

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


def scores_of(seed: int, texts: int = 2_000) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return scores of five classes, and right classes drawn as the scores say at temperature 2."""
    chance = np.random.default_rng(seed)
    scores = (4 * chance.normal(size=(texts, 5))).astype(np.float32)
    right = np.array([chance.choice(5, p=row / row.sum()) for row in softmax(scores, 2.0).astype(np.float64)])
    return scores, right


def test_confidence_comes_to_agree_with_how_often_it_is_right() -> None:
    """At the temperature found, mean confidence and share of right answers are within a point and a half."""
    scores, right = scores_of(1)
    confidence = softmax(scores, fit_confidence(scores, right)).max(axis=1)
    assert confidence.mean() == pytest.approx((scores.argmax(axis=1) == right).mean(), abs=0.015)


def test_models_that_did_without_tickets_make_the_confidence_higher() -> None:
    """The model that serves has learnt from more tickets, so it is right more often than they were."""
    scores, right = scores_of(2)
    assert fit_confidence(scores, right, 0.2) < fit_confidence(scores, right)


def test_no_answers_change_no_confidence() -> None:
    """There is nothing to learn from them."""
    assert fit_confidence(np.empty((0, 3), np.float32), np.empty(0, np.int64)) == 1.0
