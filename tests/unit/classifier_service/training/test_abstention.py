"""Thresholds do what their cost says, against trying all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.registry.model_card import ThresholdRow
from classifier_service.training.abstention import (
    HARDLY_MORE,
    THRESHOLDS,
    abstention_threshold,
    coverage_and_precision,
    coverage_at_precision,
    recall_of_others,
)

ANSWERS = st.lists(
    st.tuples(st.sampled_from([0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 1.0]), st.booleans()), min_size=1, max_size=40
)


def cost(confidence: np.ndarray, is_right: np.ndarray, threshold: float, wrong_cost: float) -> float:
    """Return what abstaining below a threshold costs."""
    answered = confidence >= threshold
    return float((~answered).sum() + wrong_cost * (answered & ~is_right).sum())


@given(ANSWERS, st.sampled_from([1.0, 3.0, 10.0]))
def test_no_other_threshold_is_much_cheaper(answers: list[tuple[float, bool]], wrong_cost: float) -> None:
    """Compared with every threshold up to 1; a threshold of 1 answers what is certain."""
    confidence, is_right = np.array([one for one, _ in answers]), np.array([other for _, other in answers], bool)
    chosen = abstention_threshold(confidence, is_right, wrong_cost)
    cheapest = min(cost(confidence, is_right, threshold, wrong_cost) for threshold in np.linspace(0, 1, 201))
    assert cost(confidence, is_right, chosen, wrong_cost) <= cheapest + HARDLY_MORE * len(answers) + 1e-9


def test_of_nearly_equal_thresholds_the_expected_one_is_taken() -> None:
    """What is answered must not change from one training to the next because of two tickets in a thousand."""
    confidence = np.concatenate([np.full(990, 0.99), np.linspace(0.4, 0.9, 10)])
    is_right = np.concatenate([np.ones(990, bool), np.zeros(10, bool)])
    assert abstention_threshold(confidence, is_right) == pytest.approx(2 / 3)
    assert abstention_threshold(confidence, np.ones(1_000, bool)) == pytest.approx(2 / 3)


def test_where_confidence_misleads_the_tickets_decide() -> None:
    """Answers of 0.9 of which half are wrong are not given."""
    confidence = np.concatenate([np.full(100, 0.9), np.full(100, 0.97)])
    is_right = np.concatenate([np.tile([True, False], 50), np.ones(100, bool)])
    assert 0.9 < abstention_threshold(confidence, is_right) <= 0.97


def test_without_answers_the_theory_holds() -> None:
    """Answering costs (1 - confidence) x 3, abstaining 1: from two thirds on an answer is worth it."""
    assert abstention_threshold(np.empty(0), np.empty(0, bool)) == pytest.approx(2 / 3)


@given(ANSWERS, st.sampled_from([0.5, 0.95, 1.0]))
def test_coverage_is_the_largest_that_is_precise_enough(answers: list[tuple[float, bool]], precision: float) -> None:
    """Compared with every threshold there is."""
    confidence, is_right = np.array([one for one, _ in answers]), np.array([other for _, other in answers], bool)
    shares = [
        float(kept.mean())
        for kept in (confidence >= value for value in set(confidence))
        if is_right[kept].mean() >= precision
    ]
    assert coverage_at_precision(confidence, is_right, precision) == pytest.approx(max(shares, default=0.0))


def test_coverage_of_nothing_is_nothing() -> None:
    """No division by zero."""
    assert coverage_at_precision(np.empty(0), np.empty(0, bool)) == 0


def test_others_are_turned_away_by_the_threshold_that_keeps_the_known() -> None:
    """Of confidences 0.00 to 0.99 the lowest 5 go; so do the others below it."""
    known = np.arange(100) / 100
    assert recall_of_others(known, np.array([0.01, 0.04, 0.06, 0.5])) == 0.5


@given(ANSWERS)
def test_the_table_counts_what_each_threshold_answers(answers: list[tuple[float, bool]]) -> None:
    """Compared with counting; a confidence equal to the threshold is answered."""
    confidence, is_right = np.array([one for one, _ in answers]), np.array([other for _, other in answers], bool)
    for row in coverage_and_precision(confidence, is_right, (0.0, 0.25, 0.5, 0.9, 1.0)):
        kept = confidence >= row.threshold
        assert row == ThresholdRow(row.threshold, len(answers), int(kept.sum()), int((kept & is_right).sum()))
        assert row.coverage == pytest.approx(kept.mean())
        assert row.precision == (pytest.approx(is_right[kept].mean()) if kept.any() else None)


def test_the_table_has_a_row_for_each_hundredth() -> None:
    """From answering all to answering only what is certain; without tickets nothing is answered."""
    table = coverage_and_precision(np.empty(0), np.empty(0, bool))
    assert [row.threshold for row in table] == list(THRESHOLDS)
    assert (len(table), table[0].threshold, table[-1].threshold) == (101, 0.0, 1.0)
    assert {(row.coverage, row.precision) for row in table} == {(0.0, None)}
