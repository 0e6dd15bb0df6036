"""The whole analysis of satisfaction: what is found, what is missing, and the sentences that say so."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.drivers.correlation import Correlation, correlation_matrix, correlation_variables
from analytics.drivers.effects import LEAST_CUSTOMERS, LEAST_RATINGS, LinearEffects, linear_effects
from analytics.drivers.odds import OddsEffects, ordinal_effects, top_box_effects
from analytics.drivers.rated_tickets import DRIVERS, RatedTickets
from analytics.drivers.response import ResponseRate, response_rates, response_sentence
from analytics.drivers.same_agent import LEAST_TICKETS, SameAgentEffect, same_agent_effect
from analytics.drivers.sentences import LABELS, SAME_AGENT, effect_sentence, same_agent_sentence
from analytics.drivers.shares import Share, shapley_shares
from analytics.intervals import Estimate, supported

POINTS, RATIO = "points", "ratio"
_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A driver and its effect on ratings, or that its effect cannot be told from chance.

    Attributes:
        slug: A driver, or "same_agent".
        unit: "points" (of rating, 0 is no effect) or "ratio" (of mean ratings, 1 is no effect).
        estimate: As shown: rounded to two decimals, the interval outward.
        top_box: Odds ratio of a rating of 4 or 5; None where that model could not be fitted.
        ordinal: Odds ratio of a better rating; None where that model could not be fitted.
        n: Ratings.
        is_supported: Whether the effect can be told from chance.
        sentence: The finding in a sentence for the reader.
    """

    slug: str
    unit: str
    estimate: Estimate
    top_box: Estimate | None
    ordinal: Estimate | None
    n: int
    is_supported: bool
    sentence: str


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
        shares: Each driver's share of the differences between ratings, largest first.
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
    response: str
    notices: tuple[str, ...]


def driver_report(tickets: pd.DataFrame) -> DriverReport:
    """Return the whole analysis.

    Args:
        tickets: As `RatedTickets.of` and `response_rates` take them.
    """
    rated = RatedTickets.of(tickets)
    linear, same = linear_effects(rated), same_agent_effect(tickets)
    rates = response_rates(tickets)
    return DriverReport(
        ticket_count=len(tickets),
        rated_count=rated.count,
        controls=linear.controls if linear else (),
        r_squared=linear.r_squared if linear else None,
        findings=_findings(linear, same, (top_box_effects(rated), ordinal_effects(rated))),
        correlations=tuple(correlation_matrix(correlation_variables(tickets))),
        shares=tuple(shapley_shares(rated)),
        rates=tuple(rates),
        response=response_sentence(rates),
        notices=_notices(rated, linear, same),
    )


def driver_findings(tickets: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what goes with ratings, without the slower parts of the analysis."""
    return _findings(linear_effects(RatedTickets.of(tickets)), same_agent_effect(tickets), (None, None))


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
        sentence = effect_sentence(name, estimate, n, is_supported=is_supported)
        top_box, ordinal = (None if model is None else model.estimates.get(name) for model in odds)
        found.append(Finding(name, POINTS, estimate, top_box, ordinal, n, is_supported, sentence))
    if same is not None:
        ratio, is_supported = tested[-1][0], flags[-1]
        sentence = same_agent_sentence(same, ratio, is_supported=is_supported)
        n = same.same_n + same.several_n
        found.append(Finding(SAME_AGENT, RATIO, ratio, None, None, n, is_supported, sentence))
    return tuple(sorted(found, key=lambda each: (not each.is_supported, each.estimate.p_value)))


def _notices(rated: RatedTickets, linear: LinearEffects | None, same: SameAgentEffect | None) -> tuple[str, ...]:
    if not rated.count:
        return ("No ticket with a reply and a resolution has a rating, so nothing can be said about satisfaction.",)
    if linear is None and len(set(rated.ratings.tolist())) == 1:
        return (f"Every rating is a {rated.ratings[0]:.0f}, so nothing can go with better or worse ones.",)
    notices = []
    if linear is None:
        notices.append(
            f"{rated.count:,} ratings by {rated.customer_count:,} customers are too few to tell what goes with them:"
            f" at least {LEAST_RATINGS} by {LEAST_CUSTOMERS} are needed."
        )
    else:
        notices += [
            f"{LABELS[name]}: rated tickets do not differ in it, so nothing can be said about it."
            for name in linear.missing
        ]
    if same is None:
        notices.append(
            f"One agent or several: fewer than {LEAST_TICKETS} rated tickets of either kind, so they are not compared."
        )
    return tuple(notices)
