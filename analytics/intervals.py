"""An estimate with its 95 % interval, told no more precisely than it is known."""

import math
from dataclasses import dataclass
from typing import Final, Self

from analytics.multiple_testing import false_discovery_rates

Z_95: Final = 1.959964
"""Of the normal distribution, 95 % lie within so many standard deviations of the mean."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was worked out from a sample.

    Attributes:
        value: The best guess.
        low: Lower end of the 95 % interval.
        high: Upper end.
        p_value: How often chance alone would put as much between the estimate and no effect.
    """

    value: float
    low: float
    high: float
    p_value: float

    @classmethod
    def normal(cls, value: float, standard_error: float) -> Self:
        """Return an estimate whose error is normal around 0: value ± 1.96 standard errors."""
        p_value = math.erfc(abs(value) / standard_error / math.sqrt(2)) if standard_error > 0 else float(value == 0)
        return cls(value, value - Z_95 * standard_error, value + Z_95 * standard_error, p_value)

    @classmethod
    def log_normal(cls, log_value: float, standard_error: float) -> Self:
        """Return the estimate of a ratio whose logarithm has a normal error."""
        logs = cls.normal(log_value, standard_error)
        return cls(math.exp(log_value), math.exp(logs.low), math.exp(logs.high), logs.p_value)

    def told(self, decimals: int) -> Self:
        """Return what is shown: the value rounded, the interval rounded outward.

        Rounding an end inward would promise more than the data do, so an end that is nearly "no effect" is shown as
        reaching it.

        >>> Estimate(0.1386, 0.1141, 0.1631, 0.0).told(2)
        Estimate(value=0.14, low=0.11, high=0.17, p_value=0.0)
        """
        scale = 10**decimals
        low = self.low if math.isinf(self.low) else math.floor(self.low * scale) / scale
        high = self.high if math.isinf(self.high) else math.ceil(self.high * scale) / scale
        return type(self)(round(self.value, decimals), low, high, self.p_value)

    def excludes(self, nothing: float) -> bool:
        """Say whether the interval leaves out the value of no effect: 0 for a difference, 1 for a ratio."""
        return not self.low <= nothing <= self.high


def supported(estimates: list[tuple[Estimate, float]], false_share: float = 0.05) -> list[bool]:
    """Say which of several findings may be told, such that few of those told are chance.

    An estimate is told when its interval leaves out no effect and its false discovery rate is small enough.

    Args:
        estimates: Each with its value of no effect.
        false_share: Expected share of chance among what is told.
    """
    rates = false_discovery_rates([each.p_value for each, _ in estimates])
    return [
        rate <= false_share and each.excludes(nothing) for rate, (each, nothing) in zip(rates, estimates, strict=True)
    ]
