"""The whole analysis of churn: risks of today's customers, hazards, pain points, and what is missing."""

from dataclasses import dataclass
from typing import Final

from analytics.churn.hazards import LEAST_DEPARTURES, HazardRatio, hazard_ratios
from analytics.churn.history import CustomerHistory
from analytics.churn.indicator import Indicator, risk_indicator
from analytics.churn.labelled import LEAST_LEFT, ChurnModel, churn_model
from analytics.churn.pain_points import PainPoint, pain_points
from analytics.intervals import Estimate, supported

HAZARD_DECIMALS: Final = 1
MODEL, INDICATOR, NOTHING = "model", "indicator", "nothing"


@dataclass(frozen=True, slots=True)
class ToldHazard:
    """A hazard ratio as it is shown.

    Attributes:
        hazard: The ratio before rounding.
        ratio: Rounded to one decimal, the interval outward.
        is_supported: Whether the data allow to say that customers leave more often, or less often.
    """

    hazard: HazardRatio
    ratio: Estimate
    is_supported: bool


@dataclass(frozen=True, slots=True)
class ChurnReport:
    """What is known about leaving.

    Attributes:
        kind: "model" (chances), "indicator" (points), or "nothing" (no customers).
        customer_count: Number of customers.
        churn_count: How many of them are recorded as having left.
        model: Chances and how far they can be trusted.
        indicator: Points, where there is no model.
        hazards: Hazard ratios as they are shown.
        pain_points: Those with the most excess departures first.
        notices: What is missing and why, in sentences.
    """

    kind: str
    customer_count: int
    churn_count: int
    model: ChurnModel | None
    indicator: Indicator | None
    hazards: tuple[ToldHazard, ...]
    pain_points: tuple[PainPoint, ...]
    notices: tuple[str, ...]


def churn_report(history: CustomerHistory) -> ChurnReport:
    """Return the whole analysis."""
    if not history.count or not len(history.tickets):
        return ChurnReport(NOTHING, history.count, 0, None, None, (), (), ("There are no customers with tickets yet.",))
    model = churn_model(history) if history.churn_count >= LEAST_LEFT else None
    return ChurnReport(
        kind=INDICATOR if model is None else MODEL,
        customer_count=history.count,
        churn_count=history.churn_count,
        model=model,
        indicator=risk_indicator(history) if model is None else None,
        hazards=told_hazards(history),
        pain_points=tuple(pain_points(history)) if history.churn_count >= LEAST_DEPARTURES else (),
        notices=_notices(history, model),
    )


def told_hazards(history: CustomerHistory) -> tuple[ToldHazard, ...]:
    """Return the hazard ratios as they are shown."""
    found = hazard_ratios(history)
    shown = [each.ratio.told(HAZARD_DECIMALS) for each in found]
    flags = supported([(each, 1.0) for each in shown])
    return tuple(ToldHazard(*each) for each in zip(found, shown, flags, strict=True))


def _notices(history: CustomerHistory, model: ChurnModel | None) -> tuple[str, ...]:
    notices = []
    if not history.churn_count:
        notices.append(
            "Nobody has recorded which customers left, so there are no chances,"
            " only points that say whom to call first."
        )
    elif model is None:
        notices.append(
            f"{history.churn_count:,} recorded departures, or the days they cover, are too few"
            " to learn chances from and to test them. Points are shown, which say whom to call first."
        )
    if 0 < history.churn_count < LEAST_DEPARTURES:
        notices.append(f"Pain points need at least {LEAST_DEPARTURES} recorded departures.")
    return tuple(notices)
