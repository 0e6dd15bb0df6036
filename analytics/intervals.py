"""An estimate with its 95 % interval, shown no more precisely than it is known."""

import math
from dataclasses import dataclass
from typing import Final, Self

from analytics.multiple_testing import false_discovery_rates

Z_95: Final = 1.959964
"""95 % of the normal distribution lie within this many standard deviations of the mean."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was worked out from a sample.

    Attributes:
        value: The best guess.
        low: Lower end of the 95 % interval.
        high: Upper end.
        p_value: Chance of an estimate at least as far from "no effect" if there were no effect.
    """

    value: float
    low: float
    high: float
    p_value: float

    @classmethod
    def normal(cls, value: float, standard_error: float) -> Self:
        """Return an estimate whose error is normally distributed: the interval is value ± 1.96 standard errors."""
        p_value = math.erfc(abs(value) / standard_error / math.sqrt(2)) if standard_error > 0 else float(value == 0)
        return cls(value, value - Z_95 * standard_error, value + Z_95 * standard_error, p_value)

    @classmethod
    def log_normal(cls, log_value: float, standard_error: float) -> Self:
        """Return the estimate of a ratio whose logarithm has a normally distributed error."""
        logs = cls.normal(log_value, standard_error)
        return cls(math.exp(log_value), math.exp(logs.low), math.exp(logs.high), logs.p_value)

    def told(self, decimals: int) -> Self:
        """Return the estimate as it is shown: the value rounded, the interval rounded outward.

        An end rounded inward would promise more than the data do. So an end that is close to "no effect" is shown as
        reaching it.

        >>> Estimate(0.1386, 0.1141, 0.1631, 0.0).told(2)
        Estimate(value=0.14, low=0.11, high=0.17, p_value=0.0)
        """
        scale = 10**decimals
        low = self.low if math.isinf(self.low) else math.floor(self.low * scale) / scale
        high = self.high if math.isinf(self.high) else math.ceil(self.high * scale) / scale
        return type(self)(round(self.value, decimals), low, high, self.p_value)

    def excludes(self, nothing: float) -> bool:
        """Say whether the interval excludes the value that means no effect: 0 for a difference, 1 for a ratio."""
        return not self.low <= nothing <= self.high


def supported(estimates: list[tuple[Estimate, float]], false_share: float = 0.05) -> list[bool]:
    """Say which of several estimates may be shown as effects, so that few of the shown ones are due to chance.

    An estimate is shown when its interval excludes the value of no effect and its false discovery rate is small enough.

    Args:
        estimates: Each with the value that means no effect.
        false_share: Expected share of chance findings among those shown.
    """
    rates = false_discovery_rates([each.p_value for each, _ in estimates])
    return [
        rate <= false_share and each.excludes(nothing) for rate, (each, nothing) in zip(rates, estimates, strict=True)
    ]


def wilson_interval(count: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share; 0 to 1 where n is 0.

    >>> [round(each, 4) for each in wilson_interval(10, 50)]
    [0.1124, 0.3304]
    """
    if not n:
        return 0.0, 1.0
    share, square = count / n, Z_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + square / (4 * n**2)) / (1 + square / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)
