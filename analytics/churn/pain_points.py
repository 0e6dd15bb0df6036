"""What customers who left had experienced more often than others like them."""

from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import pandas as pd

from analytics.churn.history import EXPERIENCES, CustomerHistory, Happenings
from analytics.churn.person_time import ACTIVITY, person_time
from analytics.intervals import Estimate, supported

LEAST_EXPOSED: Final = 5
"""Fewest departures expected among customers with an experience; below it nothing is said of that experience."""
TOP: Final = 3


@dataclass(frozen=True, slots=True)
class PainPoint:
    """An experience or category, and how much more often customers leave after it.

    Attributes:
        kind: "experience" or "category".
        slug: One of `EXPERIENCES`, or a category.
        ratio: Departures a day in the 180 days after it ÷ departures a day at other times, among customers of the same
            type who wrote as often.
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

    Only the time of customers who wrote in the last 180 days counts, so that nobody is compared with people who need
    no support at all. Rates are compared within strata of customer type and number of tickets. They are combined after
    Mantel and Haenszel, with the variance of Greenland and Robins (Biometrics 41, 1985). Experiences overlap: a ticket
    may be both late and badly rated, so that the excesses do not add up.
    """
    things: dict[tuple[str, str], Happenings] = {
        ("experience", name): each for name, each in history.experiences().items() if name in EXPERIENCES
    }
    categories = sorted(str(each) for each in history.tickets["category"].dropna().unique())
    things |= {("category", each): history.created(each) for each in categories}
    found = []
    for (kind, slug), happenings in things.items():
        table = person_time(history, {"exposed": happenings})
        compared = _compared(table[table[ACTIVITY] > 0])
        if compared is not None:
            found.append((kind, slug, *compared))
    flags = supported([(each[2], 1.0) for each in found])
    points = [PainPoint(*each, is_supported) for each, is_supported in zip(found, flags, strict=True)]
    return sorted(points, key=lambda point: (not (point.is_supported and point.ratio.low > 1), -point.excess))


def top_pain_points(points: list[PainPoint]) -> list[PainPoint]:
    """Return at most three pain points that are supported and after which customers leave more often."""
    return [point for point in points if point.is_supported and point.ratio.low > 1][:TOP]


def _compared(table: pd.DataFrame) -> tuple[Estimate, int, float, float] | None:
    """Return ratio of rates, departures, excess and years of customers with an experience; None for too few cases."""
    cells = table.pivot_table(
        index=["customer_type", ACTIVITY], columns="exposed", values=["departures", "days"], aggfunc="sum", fill_value=0
    )
    if not {0, 1} <= set(table["exposed"]):
        return None
    with_it, without = cells["departures"][1].to_numpy(float), cells["departures"][0].to_numpy(float)
    days, other_days = cells["days"][1].to_numpy(float), cells["days"][0].to_numpy(float)
    whole = days + other_days
    above, below = float((with_it * other_days / whole).sum()), float((without * days / whole).sum())
    expected = float(((with_it + without) * days / whole).sum())
    if above <= 0 or below <= 0 or expected < LEAST_EXPOSED:
        return None
    variance = float(((with_it + without) * days * other_days / whole**2).sum()) / (above * below)
    ratio = Estimate.log_normal(log(above / below), sqrt(variance))
    departures = int(with_it.sum())
    return ratio, departures, departures * (1 - 1 / ratio.value), float(days.sum() / 365.25)
