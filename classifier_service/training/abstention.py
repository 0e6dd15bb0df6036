"""The confidence below which it is better to abstain."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.registry.model_card import ThresholdRow

WRONG_COST: Final = 3.0
"""Cost of a wrong answer, in readings of a ticket; sorting a ticket by hand costs one reading.

A ticket in the wrong queue is read there, moved, and read again.
"""
HARDLY_MORE: Final = 0.01
"""Cost of a ticket, in readings, that is no reason to prefer one threshold to another."""
THRESHOLDS: Final = tuple(step / 100 for step in range(101))
"""The thresholds of a model card's table."""


def abstention_threshold(
    confidence: NDArray[np.floating], is_right: NDArray[np.bool_], wrong_cost: float = WRONG_COST
) -> float:
    """Return the confidence below which abstaining is cheaper.

    An abstention costs 1, a wrong answer `wrong_cost`, a right one nothing. If confidence is the chance of being right,
    1 - 1 / `wrong_cost` is the cheapest threshold. It is returned if it costs hardly more for the given answers than
    the cheapest of all, else the nearest to it that does: the very cheapest changes by chance from one training to the
    next, and with it what is answered. The answers have to be to texts that the model has not seen.

    Args:
        confidence: Confidence of the likeliest class, 0..1.
        is_right: Whether that class was right; False for a text of no known category.
        wrong_cost: Cost of a wrong answer, at least 1.
    """
    expected = 1 - 1 / wrong_cost
    if not len(confidence):
        return expected
    cheapest = float(costs(confidence, is_right, expected, wrong_cost).sum())
    order = np.argsort(confidence, kind="stable")
    values, wrong = confidence[order].astype(np.float64), ~is_right[order]
    # cost[k] is the cost when the k least sure texts abstain and the others are answered.
    cost = np.arange(len(values) + 1) + wrong_cost * (wrong.sum() - np.concatenate([[0], np.cumsum(wrong)]))
    # A threshold cannot separate equal confidences.
    can_part = np.concatenate([[True], values[1:] > values[:-1], [values[-1] < 1]])
    enough = np.where(can_part, cost, np.inf).min() + HARDLY_MORE * len(values)
    if cheapest <= enough:
        return expected
    between = np.concatenate([[0.0], (values[:-1] + values[1:]) / 2, [(values[-1] + 1) / 2]])
    near = np.flatnonzero(can_part & (cost <= enough))
    return float(between[near[np.argmin(np.abs(between[near] - expected))]])


def costs(
    confidence: NDArray[np.floating], is_right: NDArray[np.bool_], threshold: float, wrong_cost: float = WRONG_COST
) -> NDArray[np.float64]:
    """Return the cost of each ticket: 0 for a right answer, 1 for none, `wrong_cost` for a wrong one.

    Args:
        confidence: Confidence of the likeliest class, 0..1.
        is_right: Whether that class was right.
        threshold: Confidence below which nothing is answered.
        wrong_cost: Cost of a wrong answer.
    """
    return np.where(confidence < threshold, 1.0, np.where(is_right, 0.0, wrong_cost))


def coverage_at_precision(
    confidence: NDArray[np.floating], is_right: NDArray[np.bool_], precision: float = 0.95
) -> float:
    """Return the largest share of texts, 0..1, surest first, of whose answers at least a share `precision` is right."""
    if not len(confidence):
        return 0.0
    order = np.argsort(-confidence, kind="stable")
    values, right = confidence[order], np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    # A threshold cannot separate equal confidences.
    can_part = np.concatenate([values[1:] < values[:-1], [True]])
    enough = np.flatnonzero((right >= precision) & can_part)
    return float(enough[-1] + 1) / len(order) if len(enough) else 0.0


def coverage_and_precision(
    confidence: NDArray[np.floating], is_right: NDArray[np.bool_], thresholds: Sequence[float] = THRESHOLDS
) -> tuple[ThresholdRow, ...]:
    """Return what each threshold would do with some tickets, in the order of the thresholds.

    Args:
        confidence: Confidence of the likeliest class for tickets that the model has not seen, 0..1.
        is_right: Whether that class was right.
        thresholds: Confidences below which it would abstain.
    """
    # Compared as the pipeline compares: in double precision.
    order = np.sort(confidence.astype(np.float64)), np.sort(confidence[is_right].astype(np.float64))
    answered, right = (len(values) - np.searchsorted(values, thresholds, side="left") for values in order)
    rows = zip(thresholds, answered.tolist(), right.tolist(), strict=True)
    return tuple(ThresholdRow(threshold, len(confidence), answers, hits) for threshold, answers, hits in rows)


def recall_of_others(known: NDArray[np.floating], others: NDArray[np.floating], coverage: float = 0.95) -> float:
    """Return the share, 0..1, of texts of no known category that the model abstains from.

    The threshold is the one at which it answers a share `coverage` of the texts of known categories.

    Args:
        known: Confidence for texts of the known categories.
        others: Confidence for texts of no known category.
        coverage: Share of `known` that is answered.
    """
    threshold = np.quantile(known, 1 - coverage)
    return float((others < threshold).mean())
