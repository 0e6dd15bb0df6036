"""Draws from tables of probabilities, a different row for each ticket."""

import numpy as np

from standalone.bookshop.arrivals import Codes, Flags, Floats


def draw_codes(rng: np.random.Generator, probabilities: Floats) -> Codes:
    """Return one code a row, by the row's probabilities (each row adds up to 1)."""
    cumulative = np.cumsum(probabilities, axis=1)[:, :-1]
    codes: Codes = (rng.random(len(probabilities))[:, None] >= cumulative).sum(axis=1)
    return codes


def draw_flags(rng: np.random.Generator, probabilities: Floats | float, count: int) -> Flags:
    """Return `count` flags, each set with its probability."""
    flags: Flags = rng.random(count) < probabilities
    return flags


def normalised(weights: Floats) -> Floats:
    """Return weights scaled so that the last axis adds up to 1."""
    shares: Floats = weights / weights.sum(axis=-1, keepdims=True)
    return shares
