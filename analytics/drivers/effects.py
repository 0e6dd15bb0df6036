"""How many points of rating go with each driver, with everything else that is recorded held equal."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import statsmodels.api as sm

from analytics.drivers.design import Design, design_of
from analytics.drivers.rated_tickets import DRIVERS, RatedTickets
from analytics.intervals import Estimate

LEAST_RATINGS: Final = 100
LEAST_CUSTOMERS: Final = 30
"""Fewest customers: with fewer, errors clustered by customer are too small (Cameron and Miller, 2015)."""


@dataclass(frozen=True, slots=True)
class LinearEffects:
    """A linear regression of the rating.

    Attributes:
        estimates: Points of rating for one more of each driver, by its name.
        missing: Drivers left out because all tickets are alike in them.
        controls: What else was held equal, by the names of `CONTROLS`.
        r_squared: Share of the variance of ratings that goes with all columns together.
        n: Ratings.
    """

    estimates: dict[str, Estimate]
    missing: tuple[str, ...]
    controls: tuple[str, ...]
    r_squared: float
    n: int


def linear_effects(rated: RatedTickets) -> LinearEffects | None:
    """Return the effects on the mean rating.

    Least squares of the rating on the drivers of `RatedTickets`. Times are log2, so that an effect is for twice as
    long. Category, priority, channel, customer type and agent are held equal as far as there are enough ratings.
    Standard errors are clustered by customer (Liang and Zeger, Biometrika 73, 1986): one person's ratings are alike.
    The rating is treated as a number, as in a mean rating; the models of `odds` do without that.

    Returns:
        None with fewer than 100 ratings, fewer than 30 customers, or ratings that are all the same.
    """
    if not is_enough(rated):
        return None
    design = design_of(rated)
    fitted = sm.OLS(rated.ratings, design.matrix).fit(
        cov_type="cluster", cov_kwds={"groups": rated.customers, "use_correction": True}
    )
    estimates = {
        name: Estimate.normal(float(value), float(error))
        for name, value, error in zip(design.names, fitted.params, fitted.bse, strict=True)
        if name in DRIVERS
    }
    return LinearEffects(estimates, design.missing, controls_of(design), float(fitted.rsquared), rated.count)


def is_enough(rated: RatedTickets) -> bool:
    """Say whether there are enough ratings by enough customers, and the ratings differ."""
    return rated.count >= LEAST_RATINGS and rated.customer_count >= LEAST_CUSTOMERS and bool(np.ptp(rated.ratings) > 0)


def controls_of(design: Design) -> tuple[str, ...]:
    """Return which controls a design holds, in order."""
    return tuple(dict.fromkeys(name.partition("=")[0] for name in design.names if "=" in name))
