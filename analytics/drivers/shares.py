"""How much of the differences between ratings goes with each driver."""

import itertools
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import statsmodels.api as sm

from analytics.drivers.design import design_of
from analytics.drivers.effects import is_enough
from analytics.drivers.rated_tickets import DRIVERS, Floats, RatedTickets
from analytics.multiple_testing import false_discovery_rates
from analytics.vocabulary import MIDDLE_95, SIGNIFICANCE

GROUPS: Final = (*DRIVERS, "category", "customer_type")
_RESAMPLES: Final = 200
_RIDGE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """The share of the differences between ratings that one driver explains.

    Attributes:
        driver: One of `GROUPS`.
        value: Share of the variance of ratings, 0..1; all shares add up to R².
        low: Lower end of the bootstrap's 95 % interval.
        high: Upper end.
        is_told: Whether it can be told from the share that chance alone gives to anything.
    """

    driver: str
    value: float
    low: float
    high: float
    is_told: bool


def shapley_shares(rated: RatedTickets, seed: int = 0) -> list[Share]:
    """Divide R² of the linear regression among the drivers, the largest share first.

    A driver's share depends on the order in which drivers are added. So the gain of each is averaged over all orders
    (Lindeman, Merenda and Gold, 1980; the Shapley value). For the intervals, customers are drawn again 200 times with
    all their ratings; the interval is the middle 95 % of the results. Drawing again makes
    shares larger on average, so the interval is moved back by that much. A share is never negative, and
    so none is told from nothing by its interval: a joint test of its columns tells it (Wald, errors by customer),
    corrected for how many were looked at.

    Args:
        rated: The ratings.
        seed: The same seed gives the same intervals.

    Returns:
        [] where there are too few ratings (`is_enough`).
    """
    if not is_enough(rated):
        return []
    design = design_of(rated, DRIVERS, ("category", "customer_type"))
    names = [name.partition("=")[0] for name in design.names]
    groups = [name for name in GROUPS if name in names]
    places = [[place for place, name in enumerate(names) if name == group] for group in groups]
    table = np.column_stack([design.matrix, rated.ratings])
    value = _shapley(table.T @ table, places)
    rng = np.random.default_rng(seed)
    people = rated.customer_count
    codes = np.unique(rated.customers, return_inverse=True)[1]
    drawn = []
    for _again in range(_RESAMPLES):
        weight = rng.multinomial(people, np.full(people, 1 / people))[codes].astype(float)
        drawn.append(_shapley(table.T @ (table * weight[:, None]), places))
    moved = np.array(drawn) - np.mean(drawn, axis=0) + value
    low, high = np.percentile(moved, MIDDLE_95, axis=0)
    ends = (np.clip(np.minimum(low, value), 0.0, None), np.maximum(high, value))
    rows = zip(groups, value.tolist(), *(each.tolist() for each in ends), _are_told(rated, table, places), strict=True)
    return sorted((Share(*each) for each in rows), key=lambda share: -share.value)


def _are_told(rated: RatedTickets, table: Floats, places: list[list[int]]) -> list[bool]:
    errors = {"groups": rated.customers, "use_correction": True}
    fitted = sm.OLS(rated.ratings, table[:, :-1]).fit(cov_type="cluster", cov_kwds=errors, use_t=True)
    every = np.eye(table.shape[1] - 1)
    p_values = [float(fitted.wald_test(every[columns], scalar=True).pvalue) for columns in places]
    return [rate <= SIGNIFICANCE for rate in false_discovery_rates(p_values)]


def _shapley(products: Floats, places: list[list[int]]) -> Floats:
    """Return each group's share of R² from the products X'X of the columns, ones first and the rating last."""
    count = len(places)
    centred = products - np.outer(products[:, 0], products[0]) / products[0, 0]
    explained = {
        subset: _r_squared(centred, [place for group in subset for place in places[group]])
        for size in range(count + 1)
        for subset in itertools.combinations(range(count), size)
    }
    shares = np.zeros(count)
    for subset, before in explained.items():
        weight = math.factorial(len(subset)) * math.factorial(count - len(subset) - 1) if len(subset) < count else 0
        for group in set(range(count)) - set(subset):
            after = explained[tuple(sorted((*subset, group)))]
            shares[group] += weight / math.factorial(count) * (after - before)
    return shares


def _r_squared(centred: Floats, places: list[int]) -> float:
    if not places or centred[-1, -1] <= 0:
        return 0.0
    inner = centred[np.ix_(places, places)]
    # A level that nobody in a resample has would leave the matrix without an inverse.
    inner = inner + np.diag(_RIDGE * np.diag(inner) + np.finfo(float).tiny + _RIDGE)
    outer = centred[places, -1]
    return float(outer @ np.linalg.solve(inner, outer) / centred[-1, -1])
