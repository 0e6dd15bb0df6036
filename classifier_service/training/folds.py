"""Deals tickets to folds: each fold is answered by a model of the others."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.text_hashes import normalised

_FOLDS: Final = 5
_MORE_FOLDS: Final = 10
_FEW_TICKETS: Final = 3_000


def folds_for(tickets: int) -> int:
    """Return how many folds to make: more where tickets are few, since each then takes a smaller part away."""
    return _MORE_FOLDS if tickets <= _FEW_TICKETS else _FOLDS


def deal(texts: Sequence[str], labels: NDArray[np.int64], folds: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of every ticket.

    Each category is spread evenly over the folds, at random by the seed, and so are all tickets together.
    Near-duplicates go to the same fold, whatever their label.
    """
    order = np.random.default_rng(seed).permutation(len(texts))
    order = order[np.argsort(labels[order], kind="stable")]
    keys = [normalised(text) for text in texts]
    dealt: dict[str, int] = {}
    for place in order.tolist():
        dealt.setdefault(keys[place], len(dealt) % folds)
    return np.array([dealt[key] for key in keys], dtype=np.int64)
