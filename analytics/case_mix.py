"""What is to be expected of a ticket by its kind alone: its category, priority, channel and the like.

The model adds up the effects of all factors, on the log scale for durations and on the logit scale for yes and no. A
ridge pulls each level towards zero, as if it had a few more tickets with no effect. So a rare level does not simply
take the value of its few tickets. The model is fitted by going through the factors in turn (backfitting; Hastie and
Tibshirani, Generalized Additive Models, 1990, chapter 4).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.quasi_poisson import Floats

Codes = npt.NDArray[np.int64]

_ROUNDS: Final = 40
_TOLERANCE: Final = 1e-6
_PULL: Final = 5.0
"""Tickets without any effect that are added to each level: the strength of the ridge."""
_LARGEST_LOGIT: Final = 12.0


class Family(StrEnum):
    """Which scale the factors add up on."""

    LOG = "log"
    """Durations: values are logs, factors multiply."""
    MEAN = "mean"
    """Ratings: values are as they are, factors add points."""
    SHARE = "share"
    """Yes or no: values are 0 or 1, factors multiply the odds."""


def expected(values: Floats, factors: Mapping[str, Codes], family: Family, apart: Floats | None = None) -> Floats:
    """Return what is expected of each ticket by its factors.

    Args:
        values: Logs of durations, ratings, or 0 and 1.
        factors: Name -> level of each ticket, numbered from 0.
        family: What the values are.
        apart: What is known to raise each ticket besides its factors, on the scale the factors add up on. It is held
            apart, so that no factor takes it in, and is no part of what is returned.

    Returns:
        Expected logs or ratings, or chances 0..1.

    >>> values, kinds = np.log([60.0, 60.0, 240.0, 240.0] * 500), np.array([0, 0, 1, 1] * 500)
    >>> np.exp(expected(values, {"kind": kinds}, Family.LOG)[:4]).round().tolist()
    [60.0, 60.0, 239.0, 239.0]
    """
    if not values.size:
        return values
    level = _link(np.array([values.mean()]), family)[0]
    known = np.zeros(values.size) if apart is None else apart
    score = level + known
    effects = {name: np.zeros(int(codes.max()) + 1) for name, codes in factors.items()}
    for _ in range(_ROUNDS):
        largest = 0.0
        for name, codes in factors.items():
            step = _step(values, score, codes, effects[name], family)
            effects[name] += step
            score += step[codes]
            largest = max(largest, float(np.abs(step).max(initial=0.0)))
        if largest < _TOLERANCE:
            break
    return chance_of(score - known) if family is Family.SHARE else score - known


def _step(values: Floats, score: Floats, codes: Codes, effect: Floats, family: Family) -> Floats:
    """Return one Newton step of a factor's effects: residuals ÷ information, with the ridge added to both."""
    if family is Family.SHARE:
        chance = chance_of(score)
        residual, information = values - chance, chance * (1 - chance)
    else:
        residual, information = values - score, np.ones(values.size)
    slope = np.bincount(codes, residual, effect.size)
    weight = np.bincount(codes, information, effect.size)
    pull = _PULL * float(information.mean())
    step: Floats = (slope - pull * effect) / (weight + pull)
    return step


def chance_of(score: Floats) -> Floats:
    """Return chances 0..1 of logits."""
    chance: Floats = 1 / (1 + np.exp(-np.clip(score, -_LARGEST_LOGIT, _LARGEST_LOGIT)))
    return chance


def logit_of(chance: Floats) -> Floats:
    """Return the logits of chances."""
    bounded = np.clip(chance, 1e-5, 1 - 1e-5)
    logit: Floats = np.log(bounded / (1 - bounded))
    return logit


def _link(mean: Floats, family: Family) -> Floats:
    return logit_of(mean) if family is Family.SHARE else mean
