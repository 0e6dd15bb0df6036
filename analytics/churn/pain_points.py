"""What customers who left had experienced more often than others like them."""

from dataclasses import dataclass
from typing import Final

from analytics.churn.hazards import HazardRatio, category_ratios, experience_ratios
from analytics.churn.history import CustomerHistory
from analytics.intervals import Estimate, supported

RATIO_DECIMALS: Final = 1
TOP: Final = 3


@dataclass(frozen=True, slots=True)
class PainPoint:
    """An experience or category, and how much more often customers leave after it.

    Attributes:
        kind: "experience" or "category".
        slug: One of `EXPERIENCES`, or a category.
        ratio: Departures a day in the 180 days after it ÷ departures a day at other times, among customers of the same
            type who wrote as often and had the same other experiences; rounded to one decimal, the interval outward.
        departures: Departures in the 180 days after it.
        excess: How many of those go beyond the departures expected anyway.
        customer_years: Customers' time in the 180 days after it.
        is_supported: Whether the data allow to say that customers leave more often, or less often.
    """

    kind: str
    slug: str
    ratio: Estimate
    departures: int
    excess: float
    customer_years: float
    is_supported: bool


def pain_points(history: CustomerHistory) -> list[PainPoint]:
    """Return experiences and categories, those with the most excess departures first.

    Each has all other experiences held equal, as the hazards of the page have: a low rating is not blamed for the late
    answer that brought it. Experiences and categories are two families: each is corrected for how many of its own were
    looked at. Experiences overlap, so that the excesses do not add up.
    """
    points = [
        *_points("experience", experience_ratios(history)),
        *_points("category", category_ratios(history)),
    ]
    return sorted(points, key=lambda point: (not (point.is_supported and point.ratio.low > 1), -point.excess))


def _points(kind: str, found: list[HazardRatio]) -> list[PainPoint]:
    told = [each.ratio.told(RATIO_DECIMALS) for each in found]
    flags = supported([(each, 1.0) for each in told])
    return [
        PainPoint(
            kind, each.slug, ratio, each.departures, each.departures * (1 - 1 / max(each.ratio.value, 0.01)),
            each.customer_years, is_supported,
        )
        for each, ratio, is_supported in zip(found, told, flags, strict=True)
    ]  # fmt: skip


def top_pain_points(points: list[PainPoint]) -> list[PainPoint]:
    """Return at most three pain points that are supported and after which customers leave more often."""
    return [point for point in points if point.is_supported and point.ratio.low > 1][:TOP]
