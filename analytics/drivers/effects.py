"""How many points of rating go with each driver, with everything else that is recorded held equal."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analytics.drivers.design import RATINGS_PER_COLUMN, Design, design_of
from analytics.drivers.rated_tickets import CONTACTS, DRIVERS, EXPERIENCE, REPLY, RESOLUTION, Floats, RatedTickets
from analytics.intervals import Estimate

LEAST_RATINGS: Final = 100
_BENT: Final = (REPLY, RESOLUTION, CONTACTS)
"""Drivers whose effect need not be a straight line while another is looked at."""
_KNOTS: Final = (0.05, 0.275, 0.5, 0.725, 0.95)
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
    """Return the effects on the mean rating, each with all others held equal.

    Least squares of the rating on the drivers of `RatedTickets`. Times are log2, so that an effect is for twice as
    long. Category, priority, channel, customer type and agent are held equal as far as there are enough ratings. While
    one driver is looked at, the other times and the messages may have effects of any smooth shape: a bend in the effect
    of the resolution would else be read as an effect of the reply, which is a part of it. Standard errors are clustered
    by customer (Liang and Zeger, Biometrika 73, 1986): one person's ratings are alike. They are never smaller than
    those of ratings that are not alike, and Student's t allows for few customers who decide. The rating is treated as a
    number, as in a mean rating; the models of `odds` do without that.

    Returns:
        None with fewer than 100 ratings, fewer than 30 customers, or ratings that are all the same.
    """
    if not is_enough(rated):
        return None
    design = design_of(rated)
    controls = controls_of(design)
    orthogonal, _ = np.linalg.qr(design.matrix)
    centred = rated.ratings - rated.ratings.mean()
    r_squared = float(((orthogonal.T @ centred) ** 2).sum() / (centred**2).sum())
    estimates = {
        name: _estimate(rated, design, name, is_by_agent=name == EXPERIENCE and "agent" not in controls)
        for name in design.names
        if name in DRIVERS
    }
    return LinearEffects(estimates, design.missing, controls, r_squared, rated.count)


def _estimate(rated: RatedTickets, design: Design, name: str, *, is_by_agent: bool) -> Estimate:
    """Return one driver's effect; experience belongs to the agent, so that without agents held equal they are few."""
    others = [each for each in _BENT if each != name and each in design.names]
    bends = [bend for each in others for bend in _bends(rated.drivers[each].to_numpy(dtype=float))]
    whole = np.column_stack([design.matrix, *bends])
    matrix = whole if RATINGS_PER_COLUMN * whole.shape[1] <= rated.count else design.matrix
    orthogonal, triangular = np.linalg.qr(matrix)
    residual = rated.ratings - orthogonal @ (orthogonal.T @ rated.ratings)
    # How much each rating counts for this coefficient.
    chosen = np.zeros(matrix.shape[1])
    chosen[design.names.index(name)] = 1.0
    influence: Floats = orthogonal @ np.linalg.solve(triangular.T, chosen)
    value, columns = float(influence @ rated.ratings), matrix.shape[1]
    # One person's ratings cannot differ more than two people's; where they seem to, that is chance and counts nothing.
    plain = float(np.sqrt((residual @ residual) / (rated.count - columns) * (influence @ influence)))
    error = max(_clustered(influence * residual, rated.customers, columns), plain)
    freedom = _freedom(influence, rated.customers)
    agents = np.unique(rated.controls["agent"].to_numpy(dtype=str), return_inverse=True)[1]
    if is_by_agent and agents.any():
        error = max(error, _clustered(influence * residual, agents, columns))
        freedom = min(freedom, float(agents.max()))
    margin = float(stats.t.ppf(0.975, freedom)) * error
    return Estimate(value, value - margin, value + margin, 2 * float(stats.t.sf(abs(value) / error, freedom)))


def _freedom(influence: Floats, clusters: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float:
    """Return the degrees of freedom of a clustered error: so many clusters of equal weight say as much.

    Satterthwaite's approximation (Bell and McCaffrey, Survey Methodology 28, 2002): a few customers may decide.
    """
    weights = np.bincount(np.unique(clusters, return_inverse=True)[1], influence**2)
    return max(float(weights.sum() ** 2 / (weights**2).sum()), 1.0)


def _clustered(parts: Floats, clusters: "np.ndarray[tuple[int], np.dtype[np.int64]]", columns: int) -> float:
    """Return the standard error of a sum whose parts may be alike within clusters."""
    sums = np.bincount(np.unique(clusters, return_inverse=True)[1], parts)
    correction = sums.size / (sums.size - 1) * (parts.size - 1) / (parts.size - columns)
    return float(np.sqrt((sums**2).sum() * correction))


def _bends(values: Floats) -> list[Floats]:
    """Return the columns that let an effect bend: a restricted cubic spline without its straight part.

    Harrell, Regression Modeling Strategies, 2015, 2.4.5; five knots, or fewer where values are often equal.
    """
    knots = np.unique(np.quantile(values, _KNOTS))
    if knots.size < 3:  # noqa: PLR2004 - with two knots the spline is the straight line
        return []
    last, before = knots[-1], knots[-2]

    def above(knot: float) -> Floats:
        cubes: Floats = np.maximum(values - knot, 0.0) ** 3 / (last - knots[0]) ** 2
        return cubes

    ends = above(before), above(last)
    return [
        above(knot) - ends[0] * (last - knot) / (last - before) + ends[1] * (before - knot) / (last - before)
        for knot in knots[:-2]
    ]


def is_enough(rated: RatedTickets) -> bool:
    """Say whether there are enough ratings by enough customers, and the ratings differ."""
    return rated.count >= LEAST_RATINGS and rated.customer_count >= LEAST_CUSTOMERS and bool(np.ptp(rated.ratings) > 0)


def controls_of(design: Design) -> tuple[str, ...]:
    """Return which controls a design holds, in order."""
    return tuple(dict.fromkeys(name.partition("=")[0] for name in design.names if "=" in name))
