"""Tails of distributions without SciPy, whose import would add half of its memory to each process of the portal."""

import math
from typing import Final

_STEPS: Final = 200
_TOLERANCE: Final = 1e-12
_TINY: Final = 1e-300


def two_sided_t(value: float, freedom: float) -> float:
    """Return how often Student's t lies at least so far from 0.

    It is the regularised incomplete beta function, by its continued fraction (Press et al., Numerical Recipes, 2007,
    section 6.4).

    Args:
        value: The statistic.
        freedom: Degrees of freedom, above 0; need not be whole.

    >>> round(two_sided_t(2.0, 10.0), 4)
    0.0734
    """
    share = freedom / (freedom + value * value)
    one, other = freedom / 2, 0.5
    if share >= 1:
        return 1.0
    if share < (one + 1) / (one + other + 2):
        return _front(share, one, other) * _fraction(share, one, other) / one
    return 1 - _front(share, one, other) * _fraction(1 - share, other, one) / other


def _front(share: float, one: float, other: float) -> float:
    logs = math.lgamma(one + other) - math.lgamma(one) - math.lgamma(other)
    return math.exp(logs + one * math.log(max(share, _TINY)) + other * math.log1p(-share))


def _fraction(share: float, one: float, other: float) -> float:
    """Return the continued fraction by Lentz's method."""
    above, below = 1.0, 1 / _safe(1 - (one + other) * share / (one + 1))
    result = below
    for step in range(1, _STEPS):
        twice = one + 2 * step
        even = step * (other - step) * share / ((twice - 1) * twice)
        odd = -(one + step) * (one + other + step) * share / (twice * (twice + 1))
        factor = 1.0
        for term in (even, odd):
            below = 1 / _safe(1 + term * below)
            above = _safe(1 + term / above)
            factor = below * above
            result *= factor
        if abs(factor - 1) < _TOLERANCE:
            break
    return result


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def upper_chi_square(value: float, freedom: int) -> float:
    """Return about how often chi-square is at least so large, by its cube root (Wilson and Hilferty 1931).

    >>> round(upper_chi_square(13.28, 4), 3)
    0.01
    """
    ninth = 2 / (9 * freedom)
    return math.erfc((math.cbrt(value / freedom) - (1 - ninth)) / math.sqrt(2 * ninth)) / 2
