"""Learns what tells a desk's texts from those of other trades; docs/adr/0074 has the reasons and the figures."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.familiarity import DESK, OTHERS, belonging
from classifier_service.models.fast import FastModel
from classifier_service.training.fast_training import FastFit, fit_fast
from classifier_service.training.other_trades import OtherTrades
from classifier_service.training.text_counts import TextCounts

MAX_OWN: Final = 2_000
"""Most texts of the desk that are learnt from: this limits the time."""
_STRENGTH: Final = 1.0
_CHANCE: Final = 20_260_101

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def learn_belonging(texts: Sequence[str], others: OtherTrades) -> FastModel:
    """Return a model that tells a desk's texts from those of other trades.

    Args:
        texts: The desk's texts; if they are many, a random part of them is learnt.
        others: Texts of other trades.
    """
    some = _at(texts, _random_part(len(texts), MAX_OWN))
    counts = TextCounts.of([*some, *others.texts])
    fitted = _fitted(counts, np.arange(len(some)), np.arange(len(others.texts)) + len(some))
    return fitted.to_model((DESK, OTHERS))


def belonging_unseen(texts: Sequence[str], folds: Places, others: OtherTrades) -> tuple[Floats, Floats]:
    """Return how much texts belong to a desk, each by a model that has not seen it.

    Args:
        texts: The desk's texts.
        folds: Fold of each.
        others: Texts of other trades; a whole trade is left out at a time.

    Returns:
        Belonging of the desk's texts, and of those of the other trades.
    """
    numbers = np.unique(folds)
    trade_folds = _trade_folds(others.trades, numbers)
    some = _random_part(len(texts), MAX_OWN * len(numbers) // max(len(numbers) - 1, 1))
    counts = TextCounts.of([*_at(texts, some), *others.texts])
    own, foreign = np.zeros(len(texts)), np.zeros(len(others.texts))
    for fold in numbers.tolist():
        seen, kept = np.flatnonzero(folds[some] != fold), np.flatnonzero(trade_folds != fold)
        model = _fitted(counts, seen, kept + len(some)).to_model((DESK, OTHERS))
        own[folds == fold] = belonging(model, _at(texts, np.flatnonzero(folds == fold)))
        foreign[trade_folds == fold] = belonging(model, _at(others.texts, np.flatnonzero(trade_folds == fold)))
    return own, foreign


def _trade_folds(trades: Sequence[str], numbers: Places) -> Places:
    """Return a fold of each text, so that the texts of a trade have the same."""
    names = sorted(set(trades))
    return np.array([numbers[names.index(trade) % len(numbers)] for trade in trades])


def _random_part(count: int, most: int) -> Places:
    """Return at most so many places of so many, in order."""
    return np.sort(np.random.default_rng(_CHANCE).permutation(count)[:most])


def _fitted(counts: TextCounts, own: Places, others: Places) -> FastFit:
    places = np.concatenate([own, others])
    labels = np.repeat([0, 1], [len(own), len(others)])
    # Both sides count the same, however large the desk.
    weights = len(labels) / 2 / np.bincount(labels)[labels]
    return fit_fast(counts, places, labels, weights, _STRENGTH)


def _at(values: Sequence[str], places: Places) -> list[str]:
    return [values[place] for place in places.tolist()]
