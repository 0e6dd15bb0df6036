"""The whole analysis of churn: risks of today's customers, hazards, pain points, and what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.churn.hazards import LEAST_DEPARTURES
from analytics.churn.history import LATE, LOW, STUCK, CustomerHistory
from analytics.churn.indicator import Indicator, risk_indicator
from analytics.churn.labelled import LEAST_LEFT, ChurnModel, churn_model
from analytics.churn.pain_points import PainPoint, pain_points
from analytics.notices import Notice

HAZARDS: Final = (LATE, LOW, STUCK)
"""The pain points that are told on a card of their own."""
MODEL, INDICATOR, NOTHING = "model", "indicator", "nothing"


class MissingDepartures(StrEnum):
    """Why something about leaving cannot be told."""

    NO_CUSTOMERS = "no_customers"
    NOBODY_LEFT = "nobody_left"
    TOO_FEW_TO_LEARN = "too_few_to_learn"
    TOO_FEW_FOR_PAIN_POINTS = "too_few_for_pain_points"


@dataclass(frozen=True, slots=True)
class ChurnReport:
    """What is known about leaving.

    Attributes:
        kind: "model" (chances), "indicator" (points), or "nothing" (no customers).
        customer_count: Number of customers.
        churn_count: How many of them are recorded as having left.
        model: Chances and how far they can be trusted.
        indicator: Points, where there is no model.
        pain_points: Those that go with most departures first.
        notices: What is missing and why.
    """

    kind: str
    customer_count: int
    churn_count: int
    model: ChurnModel | None
    indicator: Indicator | None
    pain_points: tuple[PainPoint, ...]
    notices: tuple[Notice, ...]

    @property
    def hazards(self) -> tuple[PainPoint, ...]:
        """The three experiences of `HAZARDS`, as the pain points have them."""
        return tuple(each for each in self.pain_points if each.kind == "experience" and each.slug in HAZARDS)


def churn_report(history: CustomerHistory) -> ChurnReport:
    """Return the whole analysis."""
    if not history.count or not len(history.tickets):
        missing = Notice(MissingDepartures.NO_CUSTOMERS)
        return ChurnReport(NOTHING, history.count, 0, None, None, (), (missing,))
    model = churn_model(history) if history.churn_count >= LEAST_LEFT else None
    return ChurnReport(
        kind=INDICATOR if model is None else MODEL,
        customer_count=history.count,
        churn_count=history.churn_count,
        model=model,
        indicator=risk_indicator(history) if model is None else None,
        pain_points=tuple(pain_points(history)) if history.churn_count >= LEAST_DEPARTURES else (),
        notices=_notices(history, model),
    )


def _notices(history: CustomerHistory, model: ChurnModel | None) -> tuple[Notice, ...]:
    notices = []
    if not history.churn_count:
        notices.append(Notice(MissingDepartures.NOBODY_LEFT))
    elif model is None:
        notices.append(Notice(MissingDepartures.TOO_FEW_TO_LEARN, {"departure_count": history.churn_count}))
    if 0 < history.churn_count < LEAST_DEPARTURES:
        notices.append(Notice(MissingDepartures.TOO_FEW_FOR_PAIN_POINTS, {"least_departures": LEAST_DEPARTURES}))
    return tuple(notices)
