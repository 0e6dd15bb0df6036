"""Models that do not treat the rating as a number: the odds of a 4 or 5, and of any better rating."""

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import statsmodels.api as sm
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.tools.sm_exceptions import ConvergenceWarning, HessianInversionWarning, PerfectSeparationWarning

from analytics.drivers.design import design_of
from analytics.drivers.effects import is_enough
from analytics.drivers.rated_tickets import DRIVERS, Floats, RatedTickets
from analytics.intervals import Estimate

_MOST_ORDERED: Final = 20_000
"""Most ratings for the ordinal model: its time grows with them, and more add no precision worth the wait."""
_LEAST_OF_EACH: Final = 20


@dataclass(frozen=True, slots=True)
class OddsEffects:
    """A model of the odds of a good rating.

    Attributes:
        model: "top_box" (4 or 5 against 1 to 3) or "ordinal" (any rating or better against less).
        estimates: Odds ratio for one more of each driver, by its name: 1 is no effect.
        n: Ratings.
    """

    model: str
    estimates: dict[str, Estimate]
    n: int


def top_box_effects(rated: RatedTickets) -> OddsEffects | None:
    """Return a logistic regression of a 4 or 5, with category controls and errors clustered by customer.

    Returns:
        None where there are too few ratings, or fewer than 20 good or 20 bad ones.
    """
    good = rated.is_good
    if not is_enough(rated) or min(int(good.sum()), int((~good).sum())) < _LEAST_OF_EACH:
        return None
    design = design_of(rated, DRIVERS, ("category", "priority"))
    with _quiet():
        fitted = sm.Logit(good.astype(float), design.matrix).fit(
            disp=0, cov_type="cluster", cov_kwds={"groups": rated.customers}
        )
    return OddsEffects("top_box", _ratios(design.names, fitted.params, fitted.bse), rated.count)


def ordinal_effects(rated: RatedTickets, seed: int = 0) -> OddsEffects | None:
    """Return a proportional-odds regression (McCullagh, J. R. Statist. Soc. B 42, 1980) with the same columns.

    Where there are more than 20,000 ratings, a random 20,000 are used.

    Returns:
        None where there are too few ratings, or all are 3 or lower, or all are 4 or higher.
    """
    good = rated.is_good
    if not is_enough(rated) or min(int(good.sum()), int((~good).sum())) < _LEAST_OF_EACH:
        return None
    design = design_of(rated, DRIVERS, ("category", "priority"))
    rows = np.arange(rated.count)
    if rated.count > _MOST_ORDERED:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _MOST_ORDERED, replace=False))
    columns = design.matrix[rows, 1:]
    # Columns are scaled to similar size; otherwise the optimiser may fail to find the best fit.
    means, spreads = columns.mean(axis=0), np.maximum(columns.std(axis=0), np.finfo(float).eps)
    with _quiet():
        fitted = OrderedModel(rated.ratings[rows].astype(int), (columns - means) / spreads, distr="logit").fit(
            method="bfgs", disp=0, maxiter=200, cov_type="cluster", cov_kwds={"groups": rated.customers[rows]}
        )
    count = columns.shape[1]
    errors = np.asarray(fitted.bse)[:count] / spreads
    return OddsEffects(
        "ordinal", _ratios(design.names[1:], np.asarray(fitted.params)[:count] / spreads, errors), rows.size
    )


def _ratios(names: tuple[str, ...], values: Floats, errors: Floats) -> dict[str, Estimate]:
    return {
        name: Estimate.log_normal(float(value), float(error))
        for name, value, error in zip(names, values, errors, strict=True)
        if name in DRIVERS and np.isfinite(error)
    }


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence the warning that the optimiser stopped at its limit: the wide intervals show it already."""
    with warnings.catch_warnings():
        for each in (ConvergenceWarning, HessianInversionWarning, PerfectSeparationWarning):
            warnings.simplefilter("ignore", each)
        yield
