"""Agents compared fairly: what was observed on their tickets ÷ what is expected of tickets of that kind.

The expectation comes from the kind of the tickets alone (`analytics.case_mix`), whoever works on them. A *ratio* of
0.90 is a tenth less than expected. A funnel shows how far a ratio may stray by chance, given the number of tickets.
Nobody is ranked.

Sources: funnel limits and over-dispersion, Spiegelhalter (2005, doi:10.1002/sim.1970); spread between agents,
DerSimonian and Laird (1986, doi:10.1016/0197-2456(86)90046-2); partial pooling, Efron and Morris (1975).

A worked example. An agent took on average 1.10 times as long as expected over 40 tickets, with a standard error of
0.12 on the log scale; colleagues differ by 0.10. The weight of the agent's own tickets is 0.10² ÷ (0.10² + 0.12²) =
0.41, so that the pooled ratio is exp(0.41 × ln 1.10) = 1.04: more than half of the tenth is taken for noise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analytics.case_mix import Codes, Family, expected
from analytics.multiple_testing import false_discovery_rates
from analytics.quasi_poisson import Floats
from analytics.vocabulary import SIGNIFICANCE

LEAST_TICKETS: Final = 30
"""An agent with fewer tickets is shown but not judged: the ratio of a new agent is mostly noise."""
_LEAST_CLUSTERS: Final = 10
_WINSOR: Final = 0.1
_LEAST_AGENTS: Final = 3
_LEAST_EXPECTED: Final = 5.0


@dataclass(frozen=True, slots=True)
class AgentFigure:
    """One agent's figure for one metric.

    Attributes:
        agent: The agent's code.
        n: Tickets (ratings).
        observed: What was seen: the geometric mean of durations in their unit, or the share.
        expected: What the kind of these tickets would have brought.
        ratio: Observed ÷ expected.
        low: Lower end of the 95 % interval of the ratio.
        high: Upper end.
        pooled: The ratio drawn towards 1; the fewer the tickets, the further.
        pooled_low: Lower end of the 95 % interval of the pooled ratio.
        pooled_high: Upper end.
        error: Standard error of the log of the ratio.
        q_value: Adjusted p-value of "as expected"; None with too few tickets.
        is_judged: Whether there are enough tickets to say anything.
    """

    agent: int
    n: int
    observed: float
    expected: float
    ratio: float
    low: float
    high: float
    pooled: float
    pooled_low: float
    pooled_high: float
    error: float
    q_value: float | None
    is_judged: bool

    @property
    def differs(self) -> bool:
        """Whether the ratio differs from 1 by more than chance explains, given how many agents are compared."""
        return self.q_value is not None and self.q_value <= SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """All agents on one metric.

    Attributes:
        agents: Those with any tickets, in the order of their codes.
        spread: Standard deviation between agents, on the log scale, beyond chance.
        dispersion: Winsorised mean of squared z-scores: 1 is what chance alone would bring.
        usual_error: Standard deviation of one ticket on the log scale; the funnel's limits follow from it.
    """

    agents: tuple[AgentFigure, ...]
    spread: float
    dispersion: float
    usual_error: float

    def limits(self, n: float, confidence: float, *, is_widened: bool) -> tuple[float, float]:
        """Return the funnel's limits: the range of a ratio that chance explains.

        Args:
            n: Number of tickets the ratio is computed from.
            confidence: For example 0.95 or 0.998.
            is_widened: Whether the usual spread between colleagues is allowed for (over-dispersion).
        """
        spread = self.spread if is_widened else 0.0
        margin = float(stats.norm.ppf((1 + confidence) / 2)) * float(np.sqrt(self.usual_error**2 / n + spread**2))
        return float(np.exp(-margin)), float(np.exp(margin))


@dataclass(frozen=True, slots=True)
class _Raw:
    """An agent's figure before it is compared with the other agents'."""

    agent: int
    n: int
    observed: float
    expected: float
    effect: float
    error: float
    freedom: int
    is_judged: bool


def compare_agents(
    values: Floats, agents: Codes, factors: Mapping[str, Codes], clusters: Codes, family: Family
) -> Comparison:
    """Compare agents on one metric.

    Tickets of the same agent and week may be alike (a cluster). The errors allow for that, and are never smaller than
    those of independent tickets.

    Args:
        values: Durations in any unit, greater than 0; or 0 and 1.
        agents: Agent of each ticket.
        factors: Factor -> level of each ticket: category × priority, channel, hour of the week ...
        clusters: Week of each ticket, numbered.
        family: Durations or yes and no.
    """
    known = np.log(values) if family is Family.LOG else values
    wanted = expected(known, factors, family)
    judge = _of_duration if family is Family.LOG else _of_share
    raw = [
        judge(known[mine], wanted[mine], clusters[mine], int(agent))
        for agent in np.unique(agents)
        if (mine := agents == agent).any()
    ]
    judged = [each for each in raw if each.is_judged]
    spread, dispersion = _between(judged)
    p_values = [2 * float(stats.t.sf(abs(each.effect) / each.error, each.freedom)) for each in judged]
    rates = dict(zip((each.agent for each in judged), false_discovery_rates(p_values), strict=True))
    figures = tuple(_figure(each, spread, rates.get(each.agent)) for each in raw)
    usual = float(np.median([each.error * np.sqrt(each.n) for each in judged])) if judged else 0.0
    return Comparison(figures, spread, dispersion, usual)


def _of_duration(known: Floats, wanted: Floats, clusters: Codes, agent: int) -> _Raw:
    residual = known - wanted
    n, effect = residual.size, float(residual.mean())
    error, freedom = _clustered_error(residual - effect, clusters)
    observed = float(np.exp(known.mean()))
    is_judged = n >= LEAST_TICKETS and error > 0
    return _Raw(agent, n, observed, observed / float(np.exp(effect)), effect, error, freedom, is_judged)


def _of_share(known: Floats, wanted: Floats, clusters: Codes, agent: int) -> _Raw:
    """Judge a share by the number of yeses ÷ the number expected; the error is the one if the expectation held."""
    n, hoped = known.size, float(wanted.sum())
    seen = float(known.sum())
    # Half a ticket is added to both, so that an agent without a single yes still has a ratio, with a wide interval.
    effect = float(np.log((seen + 0.5) / (hoped + 0.5)))
    chance = float(np.sqrt((wanted * (1 - wanted)).sum()))
    clustered, freedom = _clustered_error(known - wanted, clusters)
    error = max(chance, clustered * n) / max(hoped, 0.5)
    is_judged = n >= LEAST_TICKETS and min(hoped, n - hoped) >= _LEAST_EXPECTED
    return _Raw(agent, n, seen / n, hoped / n, effect, error, freedom, is_judged)


def _clustered_error(residual: Floats, clusters: Codes) -> tuple[float, int]:
    """Return the standard error of a mean and its degrees of freedom; with ten clusters or more it allows for them."""
    n = residual.size
    if n < 2:  # noqa: PLR2004 - one ticket has no spread
        return 0.0, 1
    plain = float(np.sqrt((residual**2).sum() / (n - 1) / n))
    _, places = np.unique(clusters, return_inverse=True)
    sums = np.bincount(places, residual)
    if sums.size < _LEAST_CLUSTERS:
        return plain, n - 1
    together = float(np.sqrt((sums**2).sum() * sums.size / (sums.size - 1))) / n
    return max(plain, together), sums.size - 1


def _between(judged: list[_Raw]) -> tuple[float, float]:
    """Return the standard deviation between agents beyond chance, and the winsorised dispersion."""
    if len(judged) < _LEAST_AGENTS:
        return 0.0, 1.0
    effects, errors = (np.array([getattr(each, name) for each in judged]) for name in ("effect", "error"))
    z = effects / errors
    dispersion = float((np.clip(z, *np.quantile(z, [_WINSOR, 1 - _WINSOR])) ** 2).mean())
    weights = errors**-2
    middle = float((weights * effects).sum() / weights.sum())
    excess = float((weights * (effects - middle) ** 2).sum()) - (len(judged) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return float(np.sqrt(max(excess / scale, 0.0))), dispersion


def _figure(each: _Raw, spread: float, rate: float | None) -> AgentFigure:
    margin = float(stats.t.ppf(0.975, each.freedom)) * each.error
    # Where agents do not differ beyond chance, or with one ticket only, the whole difference counts as noise.
    weight = spread**2 / (spread**2 + each.error**2) if spread > 0 and each.error > 0 else 0.0
    pooled, pooled_error = weight * each.effect, float(np.sqrt(weight)) * each.error
    ratio, low, high = (_ratio(end) for end in (each.effect, each.effect - margin, each.effect + margin))
    pooled_margin = 1.96 * pooled_error
    drawn, drawn_low, drawn_high = (_ratio(end) for end in (pooled, pooled - pooled_margin, pooled + pooled_margin))
    return AgentFigure(
        each.agent,
        each.n,
        each.observed,
        each.expected,
        ratio,
        low,
        high,
        drawn,
        drawn_low,
        drawn_high,
        each.error,
        rate,
        each.is_judged,
    )


def _ratio(effect: float) -> float:
    return float(np.exp(np.clip(effect, -20.0, 20.0)))
