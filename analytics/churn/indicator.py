"""Whom to call first where nobody has recorded who left: points and what they consist of, not a probability."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.churn.features import active_customers, features_at
from analytics.churn.history import CustomerHistory, Floats


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the indicator.

    Attributes:
        feature: One of `features.FEATURES`.
        points: Points for each event.
        most: The most points the part can give.
    """

    feature: str
    points: float
    most: float


PARTS: Final = (
    Part("unresolved_recently", 20, 20),
    Part("low_ratings_recently", 10, 20),
    Part("late_recently", 5, 15),
    Part("open_now", 5, 10),
    Part("reopened_recently", 5, 10),
    Part("frustrated_recently", 5, 10),
)
_SILENCE, _FALL = "silence_ratio", "trend"
_MOST_SILENCE, _MOST_FALL = 10.0, 5.0
_LOUD_TICKETS: Final = 3


@dataclass(frozen=True, slots=True)
class Indicator:
    """Points of today's customers, 0 to 100.

    Attributes:
        customers: Place of each customer who wrote in the last year.
        points: Sum of the parts.
        parts: Points by feature, a row a customer.
    """

    customers: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    points: Floats
    parts: pd.DataFrame


def risk_indicator(history: CustomerHistory) -> Indicator:
    """Add up points for what usually comes before a customer leaves.

    Each part gives points for each event, up to a limit (`PARTS`). A silence longer than usual adds up to 10 points,
    for customers with three or more tickets in the last year; a silence of four usual gaps gives all 10. Writing less
    than usual adds up to 5. The weights are chosen, not learnt: they order customers for a call, and 40 points do not
    mean twice the risk of 20.
    """
    features = features_at(history, history.end)
    who = np.flatnonzero(active_customers(history, history.end) & (features["tickets_in_year"].to_numpy() > 0))
    table = features.iloc[who]
    parts = {each.feature: np.minimum(table[each.feature].to_numpy() * each.points, each.most) for each in PARTS}
    is_known = table["tickets_in_year"].to_numpy() >= _LOUD_TICKETS
    silence = np.clip((table[_SILENCE].to_numpy() - 1) / 3, 0, 1) * _MOST_SILENCE
    fall = np.clip(-table[_FALL].to_numpy() / 2, 0, 1) * _MOST_FALL
    parts |= {_SILENCE: np.where(is_known, silence, 0.0), _FALL: np.where(is_known, fall, 0.0)}
    frame = pd.DataFrame(parts)
    return Indicator(who, frame.sum(axis=1).to_numpy(dtype=float), frame)


def strongest_parts(parts: Mapping[str, float], most: int = 3) -> tuple[str, ...]:
    """Return the features that give the most points, the largest first; those below one point are left out.

    >>> strongest_parts({"open_now": 5.0, "trend": 0.2, "late_recently": 10.0})
    ('late_recently', 'open_now')
    """
    ordered = sorted(parts, key=lambda name: -parts[name])
    return tuple(name for name in ordered[:most] if parts[name] >= 1)
