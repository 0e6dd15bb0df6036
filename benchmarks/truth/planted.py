"""A planted effect and its power, and least squares to measure it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from benchmarks.truth.plan import DAY, Codes, Flags, Floats

ENOUGH: Final = 1.96 + 1.28
"""Planted size ÷ standard error from which on a test at 5 % finds the effect in nine of ten desks."""


class Family(StrEnum):
    """What a planted effect is about."""

    SLOWEST = "slowest category"
    TARGETS = "missed targets"
    TARGETS_CHANGE = "targets of late"
    NEED = "support need"
    SEASON = "season"
    ODD = "odd days"
    RATINGS = "ratings"
    SLOW_AGENTS = "slow agents"
    LOW_AGENTS = "low-rated agents"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Effect:
    """A planted effect.

    Attributes:
        family: What it is about.
        subject: Names of what it is, such as a category; several that are planted alike are joined by " + ".
        size: Its planted size.
        z: Planted size ÷ standard error of a regression that knows the planted form, on the days the product tells of.
        z_whole: The same on the whole history.
    """

    family: Family
    subject: str
    size: float
    z: float
    z_whole: float

    @property
    def matters(self) -> bool:
        """Whether a regression that knows the planted form finds it with a power of .9 or more."""
        return self.z >= ENOUGH


@dataclass(frozen=True, slots=True)
class Fitted:
    """A least-squares regression: coefficients and their covariance."""

    coefficients: Floats
    covariance: Floats

    def error(self, contrast: Floats) -> float:
        """Return the standard error of a weighted sum of coefficients; infinite where it cannot be told."""
        variance = float(contrast @ self.covariance @ contrast)
        return float(np.sqrt(variance)) if variance > 0 else float("inf")


def dummies(codes: Codes, count: int) -> Floats:
    """Return a 0-1 column for each code but the first."""
    return np.asarray(codes[:, None] == np.arange(1, count), dtype=np.float64)


def least_squares(values: Floats, columns: Sequence[Floats], clusters: Codes | None = None) -> Fitted:
    """Fit values to a column of ones and some columns.

    Args:
        values: A value a row.
        columns: One or more columns each.
        clusters: Rows that may be alike, for the errors; None for rows that are not.
    """
    design = np.column_stack([np.ones(values.size), *columns])
    bread = np.linalg.pinv(design.T @ design)
    coefficients = bread @ design.T @ values
    left = values - design @ coefficients
    if clusters is None:
        return Fitted(coefficients, bread * float(left @ left) / max(values.size - design.shape[1], 1))
    scores = np.zeros((clusters.max(initial=0) + 1, design.shape[1]))
    np.add.at(scores, clusters, design * left[:, None])
    return Fitted(coefficients, bread @ scores.T @ scores @ bread)


def leaders(planted: Mapping[str, float]) -> tuple[list[str], str | None]:
    """Return the names of the highest planted value, and the name of the next lower one (None: all are alike)."""
    if not planted:
        return [], None
    highest = max(planted.values())
    first = [name for name, value in planted.items() if np.isclose(value, highest, rtol=1e-9)]
    rest = {name: value for name, value in planted.items() if name not in first}
    return first, max(rest, key=lambda name: rest[name]) if rest else None


def lately(at: Floats, end: float, days: float) -> Flags:
    """Say which instants lie in the last days before the end."""
    inside: Flags = (at >= end - days * DAY) & (at < end)
    return inside


def against_others(fitted: Fitted, first: int, count: int, place: int) -> Floats:
    """Return the weights that compare one of several groups with the mean of the others.

    Args:
        fitted: A regression with `dummies` of the groups.
        first: Place of the first of their columns.
        count: Number of groups.
        place: The group to compare; 0 has no column.
    """
    contrast = np.zeros(fitted.coefficients.size)
    contrast[first : first + count - 1] = -1 / (count - 1)
    if place:
        contrast[first + place - 1] = 1.0
    return contrast
