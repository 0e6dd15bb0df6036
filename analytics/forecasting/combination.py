"""The combination: the middle half of the members, weighted by how little each erred at earlier cutoffs.

Forecasts that err in different ways err less together (Bates and Granger, *The combination of forecasts*, 1969). A
trimmed mean is not pulled away by one forecast that goes wrong (Stock and Watson, 2004). Weights are the inverse of the
members' errors, drawn towards equal weights while there are few cutoffs. Only cutoffs whose days had passed by then
count, so that a backtest of the combination uses nothing from its future.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.backtest import Origin
from analytics.forecasting.members import MEMBERS

_CUTOFFS_OF_DOUBT: Final = 1.0
LATEST_CUTOFFS: Final = 12
_TRIMMED: Final = 0.25


def weights_at(asked: Sequence[str], earlier: Sequence[Origin]) -> dict[str, float]:
    """Return the weight of each member that takes part; the weights add up to 1.

    Args:
        asked: Members that have a forecast now.
        earlier: Cutoffs whose days had passed, oldest first.
    """
    names = [name for name in MEMBERS if name in asked]
    latest = earlier[-LATEST_CUTOFFS:]
    scores = mean_scores(names, latest)
    if len(scores) < len(names):
        return {name: 1 / len(names) for name in names}
    inverse = {name: 1 / max(scores[name], 1e-9) for name in names}
    total = sum(inverse.values())
    trust = len(latest) / (len(latest) + _CUTOFFS_OF_DOUBT)
    return {name: trust * value / total + (1 - trust) / len(names) for name, value in inverse.items()}


def mean_scores(names: Sequence[str], origins: Sequence[Origin]) -> dict[str, float]:
    """Return each member's mean MASE over the cutoffs; a member that is missing at any cutoff is left out."""
    found = {}
    for name in names:
        each = [origin.mase_of(origin.members[name]) for origin in origins if name in origin.members]
        known = [score for score in each if not np.isnan(score)]
        if known and len(each) == len(origins):
            found[name] = float(np.mean(known))
    return found


def combined(members: Mapping[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    """Return, for each day, the weighted mean of the members between the first and third weighted quartile.

    A member that a quartile cuts through counts with the part of its weight inside.

    >>> four = {str(value): np.array([float(value)]) for value in (1, 2, 4, 100)}
    >>> combined(four, dict.fromkeys(four, 0.25)).tolist()
    [3.0]
    """
    values = np.array([members[name] for name in weights])
    order = np.argsort(values, axis=0, kind="stable")
    rising = np.take_along_axis(values, order, axis=0)
    shares = np.array(list(weights.values()))[order]
    upto = np.cumsum(shares, axis=0)
    kept = np.clip(np.minimum(upto, 1 - _TRIMMED) - np.maximum(upto - shares, _TRIMMED), 0, None)
    return np.asarray((rising * kept).sum(axis=0) / kept.sum(axis=0), dtype=np.float64)


def combination_at(origin: Origin, origins: Sequence[Origin]) -> FloatArray:
    """Return the combination as it would have been made at a cutoff."""
    earlier = [other for other in origins if other.end <= origin.cutoff]
    return combined(origin.members, weights_at(tuple(origin.members), earlier))
