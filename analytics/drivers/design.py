"""Columns of a regression on ratings: drivers, then as many controls as the number of ratings allows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.drivers.rated_tickets import CONTROLS, DRIVERS, Floats, RatedTickets

RATINGS_PER_COLUMN: Final = 10
"""Fewest rows a column; with fewer a regression fits noise (Harrell, Regression Modeling Strategies, 2015, 4.4)."""
_LEAST_LEVEL: Final = 20
_SMALLEST_RESIDUAL: Final = 1e-6
_POOLED: Final = "~ other"


@dataclass(frozen=True, slots=True)
class Design:
    """A regression's columns.

    Attributes:
        matrix: A row a ticket; the first column is 1.
        names: The columns' names: a driver's own name, or "control=level".
        missing: Drivers left out, because they are the same for every ticket or follow from other columns.
    """

    matrix: Floats
    names: tuple[str, ...]
    missing: tuple[str, ...]


def design_of(rated: RatedTickets, drivers: tuple[str, ...] = DRIVERS, controls: tuple[str, ...] = CONTROLS) -> Design:
    """Return the columns of drivers and controls whose effects can be separated.

    Levels of a control with fewer than 20 ratings are joined into one.
    """
    columns: list[tuple[str, Floats]] = [("1", np.ones(rated.count))]
    columns += [(name, rated.drivers[name].to_numpy(dtype=float)) for name in drivers]
    for control in controls:
        levels = _levels(rated.controls[control])
        if RATINGS_PER_COLUMN * (len(columns) + len(levels)) <= rated.count:
            columns += levels
    kept = _independent([column for _name, column in columns])
    names = tuple(columns[place][0] for place in kept)
    matrix = np.column_stack([columns[place][1] for place in kept])
    return Design(matrix, names, tuple(name for name in drivers if name not in names))


def _levels(words: "pd.Series[str]") -> list[tuple[str, Floats]]:
    """Return a 0-1 column for each level except the most frequent one, which the others are compared with."""
    counts = words.value_counts()
    rare = counts[counts < _LEAST_LEVEL].index
    pooled = words.where(~words.isin(rare), _POOLED)
    order = pooled.value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").index
    return [(f"{words.name}={level}", (pooled == level).to_numpy(dtype=float)) for level in order[1:]]


def _independent(columns: list[Floats]) -> list[int]:
    """Return the places of the columns that do not follow from the columns before them."""
    scaled = np.column_stack([column / (np.linalg.norm(column) or 1.0) for column in columns])
    basis: list[Floats] = []
    kept = []
    for place in range(scaled.shape[1]):
        rest = scaled[:, place].copy()
        for _twice in range(2):
            for each in basis:
                rest -= (each @ rest) * each
        length = float(np.linalg.norm(rest))
        if length > _SMALLEST_RESIDUAL:
            basis.append(rest / length)
            kept.append(place)
    return kept
