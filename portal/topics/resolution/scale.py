"""The unit a run of durations is drawn in, so that an axis reads 1, 2, 3 h and not 60, 120, 180."""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.time_units import DAY_MINUTES, HOUR_MINUTES
from portal.numbers.phrasing import SPACE


@dataclass(frozen=True, slots=True)
class DurationScale:
    """How durations are put on an axis.

    Attributes:
        divisor: What a value is divided by.
        suffix: Unit behind each number of the axis.
    """

    divisor: float
    suffix: str

    def scaled(self, values: Iterable[float | None]) -> tuple[float | None, ...]:
        """Return values in the axis' unit."""
        return tuple(None if value is None else value / self.divisor for value in values)


def duration_scale(longest: float, unit: str) -> DurationScale:
    """Return the scale for durations up to the longest.

    Args:
        longest: In the unit.
        unit: "minutes" or "days".
    """
    if unit == "days":
        return DurationScale(1, f"{SPACE}d")
    if longest < 2 * HOUR_MINUTES:
        return DurationScale(1, f"{SPACE}min")
    if longest < 3 * DAY_MINUTES:
        return DurationScale(HOUR_MINUTES, f"{SPACE}h")
    return DurationScale(DAY_MINUTES, f"{SPACE}d")
