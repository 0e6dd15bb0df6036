"""Chooses, from answers to unseen tickets, how two models are blended and when the encoder is worth its cost."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.accurate import Blend
from classifier_service.models.temperature import Floats, softmax
from classifier_service.training.abstention import WRONG_COST
from classifier_service.training.calibration import Places, fit_confidence, fit_temperature, log_losses

ENCODER_COST: Final = 0.0002
"""Cost of asking the encoder for one ticket, in readings of a ticket by a person: five thousand cost one.

Asking takes 10 to 40 ms of one core, so that one to three minutes of a core cost as much as one reading.
"""
ASK_ALWAYS: Final = 2.0
"""A threshold above every confidence."""
_HEAD_SHARES: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)
_THRESHOLDS: Final = 20
_STRENGTHS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST_GAIN: Final = 0.005


def fit_blend(fast: Floats, head_scores: Floats, right: Places, learning: float) -> Blend:
    """Return the blend that suits answers to unseen tickets.

    Args:
        fast: Calibrated probabilities of the quick model, of shape (tickets, categories).
        head_scores: Scores of the encoder's head, likewise.
        right: Place of each ticket's right category.
        learning: See `fit_confidence`.
    """
    head_temperature = fit_temperature(head_scores, right)
    best = _best_blend(
        [Blend(ASK_ALWAYS, head_temperature, share, 1.0) for share in _HEAD_SHARES], fast, head_scores, right
    )
    blended = best.scores(fast, head_scores)
    threshold = cheapest_threshold(fast, blended.argmax(axis=1), right)
    asked = fast.max(axis=1) < threshold
    best = replace(best, threshold=threshold, offsets=fit_offsets(blended, right))
    return replace(
        best, temperature=fit_confidence(best.scores(fast[asked], head_scores[asked]), right[asked], learning)
    )


def _best_blend(blends: Sequence[Blend], fast: Floats, head_scores: Floats, right: Places) -> Blend:
    """Return the first blend whose log loss is not worse than the least by more than its standard error.

    The first has most of the head, which is better than the quick model where tickets are too few to tell shares apart.
    """
    losses = [fitted_losses(blend.scores(fast, head_scores), right) for blend in blends]
    least = min(losses, key=np.mean)
    within = (
        blend
        for blend, more in zip(blends, (each - least for each in losses), strict=True)
        if more.mean() <= more.std() / np.sqrt(len(more))
    )
    return next(within)


def cheapest_threshold(fast: Floats, blended: Places, right: Places, cost: float = ENCODER_COST) -> float:
    """Return the confidence of the quick model below which the encoder is asked, at the least total cost.

    A wrong answer costs `WRONG_COST`, asking costs `cost`, both in readings of a ticket. A few tickets show too little
    of what goes wrong unasked. So one wrong answer more than was seen is expected there, and answers that the blend
    alone got wrong are set off against those that the quick model alone got wrong, no further.

    Args:
        fast: Probabilities of the quick model.
        blended: Place of the category that the blend names for each ticket.
        right: Place of each ticket's right category.
        cost: Cost of asking for one ticket.
    """
    confidence = fast.max(axis=1)
    lost = (fast.argmax(axis=1) != right).astype(np.int64) - (blended != right)

    def saved(threshold: float) -> float:
        unasked = confidence >= threshold
        return float(cost * unasked.sum() - WRONG_COST * (max(int(lost[unasked].sum()), 0) + 1))

    quantiles = np.quantile(confidence, np.arange(1, _THRESHOLDS) / _THRESHOLDS).tolist()
    best = max(quantiles, key=saved)
    return best if saved(best) > 0 else ASK_ALWAYS


def fit_offsets(scores: Floats, right: Places) -> tuple[float, ...]:
    """Return what to add to each category's score so that rare categories are found; empty if that gains nothing.

    The offset is a part of the logarithm of a category's rarity (Menon et al., 2021). The part is the one with the best
    sum of macro-F1 and accuracy, so that no more accuracy is given up than macro-F1 is won.

    Args:
        scores: Log-odds of unseen tickets, of shape (tickets, categories).
        right: Place of each ticket's right category.
    """
    categories = scores.shape[1]
    counts = np.bincount(right, minlength=categories) + 1.0
    rarity = np.log(counts.mean() / counts).astype(np.float32)
    worth = {
        part: _worth((scores + np.float32(part) * rarity).argmax(axis=1), right, categories) for part in _STRENGTHS
    }
    best = max(_STRENGTHS, key=lambda part: worth[part])
    if worth[best] - worth[0.0] < _LEAST_GAIN:
        return ()
    return tuple((best * rarity).tolist())


def _worth(predicted: Places, right: Places, categories: int) -> float:
    hits = np.bincount(right[predicted == right], minlength=categories)
    both = np.bincount(right, minlength=categories) + np.bincount(predicted, minlength=categories)
    present: NDArray[np.bool_] = np.bincount(right, minlength=categories) > 0
    f1 = 2 * hits / np.maximum(both, 1)
    return float(f1[present].mean() + (predicted == right).mean())


def fitted_losses(scores: Floats, right: Places) -> Floats:
    """Return the log loss of each of some unseen tickets at the temperature that suits their scores best."""
    return log_losses(softmax(scores, fit_temperature(scores, right)), right)
