"""The whole analysis of satisfaction: what is found, and what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from analytics.drivers.correlation import Correlation, correlation_matrix, correlation_variables
from analytics.drivers.effects import LEAST_CUSTOMERS, LEAST_RATINGS, LinearEffects, linear_effects
from analytics.drivers.odds import OddsEffects, ordinal_effects, top_box_effects
from analytics.drivers.rated_tickets import DRIVERS, SEVERAL_AGENTS, RatedTickets
from analytics.drivers.response import ResponseRate, response_rates
from analytics.drivers.same_agent import LEAST_TICKETS, SameAgentEffect, same_agent_effect
from analytics.drivers.shares import Share, shapley_shares
from analytics.intervals import Estimate, supported
from analytics.notices import Notice

POINTS, RATIO = "points", "ratio"
SAME_AGENT: Final = "same_agent"
_DECIMALS: Final = 2


class MissingRatings(StrEnum):
    """Why something cannot be told."""

    NO_RATINGS = "no_ratings"
    NO_TIMES = "no_times"
    ALL_ALIKE = "all_alike"
    TOO_FEW = "too_few"
    DAYS_ONLY = "days_only"
    NO_DIFFERENCE = "no_difference"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Finding:
    """A driver and its effect on ratings, or that its effect cannot be told from chance.

    Attributes:
        slug: A driver, or `SAME_AGENT`.
        unit: "points" (of rating, 0 is no effect) or "ratio" (of mean ratings, 1 is no effect).
        estimate: As shown: rounded to two decimals, the interval outward.
        top_box: Odds ratio of a rating of 4 or 5; None where that model could not be fitted.
        ordinal: Odds ratio of a better rating; None where that model could not be fitted.
        n: Ratings.
        is_supported: Whether the effect can be told from chance.
        means: Of ratings: of one agent's tickets and of several agents'; None for what is in points.
    """

    slug: str
    unit: str
    estimate: Estimate
    top_box: Estimate | None
    ordinal: Estimate | None
    n: int
    is_supported: bool
    means: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class DriverReport:
    """What goes with good and bad ratings.

    Attributes:
        ticket_count: Tickets looked at.
        rated_count: Ratings with both times.
        controls: What was held equal.
        r_squared: Share of the differences between ratings that goes with everything looked at; None if unknown.
        findings: Supported ones first, the surest first.
        correlations: Correlations of every pair of variables.
        shares: Share of the differences between ratings of whatever can be told from chance, largest first.
        rates: Response rates: who answers surveys.
        response: The response rates in a sentence.
        notices: What is missing and why, in sentences.
    """

    ticket_count: int
    rated_count: int
    controls: tuple[str, ...]
    r_squared: float | None
    findings: tuple[Finding, ...]
    correlations: tuple[Correlation, ...]
    shares: tuple[Share, ...]
    rates: tuple[ResponseRate, ...]
    notices: tuple[Notice, ...]


def driver_report(tickets: pd.DataFrame) -> DriverReport:
    """Return the whole analysis.

    Args:
        tickets: As `RatedTickets.of` and `response_rates` take them.
    """
    rated = RatedTickets.of(tickets)
    linear = linear_effects(rated)
    same = _same_agent(tickets, linear)
    rates = response_rates(tickets)
    findings = _findings(linear, same, (top_box_effects(rated), ordinal_effects(rated)))
    return DriverReport(
        ticket_count=len(tickets),
        rated_count=rated.count,
        controls=linear.controls if linear else (),
        r_squared=linear.r_squared if linear else None,
        findings=findings,
        correlations=tuple(correlation_matrix(correlation_variables(tickets))),
        shares=_told_shares(shapley_shares(rated), findings),
        rates=tuple(rates),
        notices=_untold(tickets, rated, linear) or _notices(rated, linear, same),
    )


def _same_agent(tickets: pd.DataFrame, linear: LinearEffects | None) -> SameAgentEffect | None:
    return same_agent_effect(tickets, None if linear is None else linear.estimates.get(SEVERAL_AGENTS))


def _told_shares(shares: list[Share], findings: tuple[Finding, ...]) -> tuple[Share, ...]:
    """Return the shares that can be told from chance, and of drivers those whose effect is told too."""
    untold = {each.slug for each in findings if not each.is_supported}
    return tuple(each for each in shares if each.is_told and each.driver not in untold)


def _is_days_only(tickets: pd.DataFrame) -> bool:
    """Say whether most rated tickets have dates without a time of day."""
    is_rated = tickets["rating"].notna()
    is_dated = tickets["is_date_only"].astype(bool) if "is_date_only" in tickets else ~is_rated
    return int((is_rated & is_dated).sum()) > int((is_rated & ~is_dated).sum())


def driver_findings(tickets: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what goes with ratings, without the slower parts of the analysis."""
    linear = linear_effects(RatedTickets.of(tickets))
    return _findings(linear, _same_agent(tickets, linear), (None, None))


def _findings(
    linear: LinearEffects | None, same: SameAgentEffect | None, odds: tuple[OddsEffects | None, OddsEffects | None]
) -> tuple[Finding, ...]:
    estimates = (
        {}
        if linear is None
        else {name: linear.estimates[name].told(_DECIMALS) for name in DRIVERS if name in linear.estimates}
    )
    tested = [(each, 0.0) for each in estimates.values()]
    if same is not None:
        tested.append((same.ratio.told(_DECIMALS), 1.0))
    flags = supported(tested)
    found = []
    for (name, estimate), is_supported in zip(estimates.items(), flags, strict=False):
        n = linear.n if linear else 0
        top_box, ordinal = (None if model is None else model.estimates.get(name) for model in odds)
        found.append(Finding(name, POINTS, estimate, top_box, ordinal, n, is_supported))
    if same is not None:
        ratio, is_supported = tested[-1][0], flags[-1]
        n = same.same_n + same.several_n
        means = (same.same_mean, same.several_mean)
        found.append(Finding(SAME_AGENT, RATIO, ratio, None, None, n, is_supported, means))
    return tuple(sorted(found, key=lambda each: (not each.is_supported, each.estimate.p_value)))


def _untold(tickets: pd.DataFrame, rated: RatedTickets, linear: LinearEffects | None) -> tuple[Notice, ...]:
    """Return why nothing at all can be told, where the ratings or the times of rated tickets are missing."""
    if linear is None and _is_days_only(tickets):
        return (Notice(MissingRatings.DAYS_ONLY),)
    if rated.count:
        return ()
    rating_count = int(tickets["rating"].notna().sum())
    return (
        Notice(MissingRatings.NO_TIMES, {"rating_count": rating_count})
        if rating_count
        else Notice(MissingRatings.NO_RATINGS),
    )


def _notices(rated: RatedTickets, linear: LinearEffects | None, same: SameAgentEffect | None) -> tuple[Notice, ...]:
    if linear is None and len(set(rated.ratings.tolist())) == 1:
        return (Notice(MissingRatings.ALL_ALIKE, {"rating": round(float(rated.ratings[0]))}),)
    notices = []
    if linear is None:
        counts = {"rated_count": rated.count, "customer_count": rated.customer_count}
        least = {"least_ratings": LEAST_RATINGS, "least_customers": LEAST_CUSTOMERS}
        notices.append(Notice(MissingRatings.TOO_FEW, counts | least))
    else:
        notices += [Notice(MissingRatings.NO_DIFFERENCE, {"driver": name}) for name in linear.missing]
    if same is None:
        notices.append(Notice(MissingRatings.NOT_COMPARED, {"least_tickets": LEAST_TICKETS}))
    return tuple(notices)
