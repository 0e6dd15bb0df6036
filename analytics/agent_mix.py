"""Agents compared fairly: what was observed on their tickets ÷ what is expected of tickets of that kind elsewhere.

The expectation comes from the kind of the tickets (`analytics.case_mix`), in the hands of the typical other agent. The
agent's own tickets say nothing about what is typical, and neither do agents who are far from it (`analytics.typical`).
So an agent is compared with the others, and two slow colleagues make nobody look quick. A *ratio* of 0.90 is a tenth
less than expected. A funnel shows how far a ratio may stray by chance, given the number of tickets. Nobody is ranked.

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

from analytics.case_mix import Codes, Family, chance_of, expected, logit_of
from analytics.multiple_testing import false_discovery_rates
from analytics.quasi_poisson import Floats
from analytics.typical import Typical, typical_of
from analytics.vocabulary import SIGNIFICANCE

LEAST_TICKETS: Final = 30
"""An agent with fewer tickets is shown but not judged: the ratio of a new agent is mostly noise."""
LEAST_EXPECTED: Final = 5
"""Fewest yeses and noes to be expected of an agent; with fewer a share says too little to judge by."""
_LEAST_CLUSTERS: Final = 10
_WINSOR: Final = 0.1
_LEAST_AGENTS: Final = 3
_FAR: Final = 3.0
"""So many errors from the typical agent, an agent's tickets are held apart when kinds of tickets are compared."""
_ROUNDS: Final = 8
_SETTLED: Final = 0.1
_LONGEST: Final = 2.5
"""So many deviations from what is expected of it, a duration counts no further: a few endless tickets decide little."""
_NORMAL_MAD: Final = 1.4826


@dataclass(frozen=True, slots=True)
class AgentFigure:
    """One agent's figure for one metric.

    Attributes:
        agent: The agent's code.
        n: Tickets (ratings).
        observed: What was seen: the geometric mean of durations in their unit, the mean rating, or the share.
        expected: What the kind of these tickets would have brought in the hands of the typical other agent.
        ratio: Observed ÷ expected.
        low: Lower end of the 95 % interval of the ratio.
        high: Upper end.
        pooled: The ratio drawn towards 1; the fewer the tickets, the further.
        pooled_low: Lower end of the 95 % interval of the pooled ratio.
        pooled_high: Upper end.
        error: Standard error of the log of the ratio (of ratings: of the points), but for that of the expectation.
        typical: How far the typical other agent is from what such tickets bring at the desk, on the scale of `error`.
            Two agents are compared by the log of their ratio plus this.
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
    typical: float
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
class _Own:
    """An agent's tickets before they are compared with other agents'.

    Attributes:
        agent: The agent's code.
        known: What was seen on each ticket: the log of a duration, a rating, or 0 and 1.
        wanted: What the kind of each ticket brings at this desk, on the scale that factors add up on.
        effect: How far the agent is from that, on the same scale.
        error: Standard error of the effect.
        residual_error: Standard error of the mean of seen minus expected.
        freedom: Degrees of freedom of the errors.
    """

    agent: int
    known: Floats
    wanted: Floats
    effect: float
    error: float
    residual_error: float
    freedom: int

    @property
    def is_usable(self) -> bool:
        """Whether the agent may help to say what is typical."""
        return self.known.size >= LEAST_TICKETS and self.error > 0


@dataclass(frozen=True, slots=True)
class _Raw:
    """An agent's figure before the number of agents is allowed for.

    Its `error` includes that of the expectation; `z` is how many errors the agent is from it.
    """

    agent: int
    n: int
    observed: float
    expected: float
    effect: float
    own_error: float
    error: float
    typical: float
    z: float
    freedom: int
    is_judged: bool


def compare_agents(
    values: Floats, agents: Codes, factors: Mapping[str, Codes], clusters: Codes, family: Family
) -> Comparison:
    """Compare agents on one metric.

    Tickets of the same agent and week may be alike (a cluster). The errors allow for that, and are never smaller than
    those of independent tickets.

    Args:
        values: Durations in any unit, greater than 0; ratings; or 0 and 1.
        agents: Agent of each ticket.
        factors: Factor -> level of each ticket: category × priority, channel, hour of the week ...
        clusters: Week of each ticket, numbered.
        family: Durations, ratings, or yes and no.
    """
    known = _without_endless(np.log(values), factors) if family is Family.LOG else values
    owns = _owns(known, agents, factors, clusters, family)
    judge = _of_share if family is Family.SHARE else _of_mean
    raw = [judge(each, _typical_other(each, owns), family) for each in owns]
    judged = [each for each in raw if each.is_judged]
    spread, dispersion = _between(judged)
    p_values = [2 * float(stats.t.sf(abs(each.z), each.freedom)) for each in judged]
    rates = dict(zip((each.agent for each in judged), false_discovery_rates(p_values), strict=True))
    figures = tuple(_figure(each, spread, rates.get(each.agent), family) for each in raw)
    usual = float(np.median([_log_error(each, family) * np.sqrt(each.n) for each in judged])) if judged else 0.0
    return Comparison(figures, spread, dispersion, usual)


def _without_endless(logs: Floats, factors: Mapping[str, Codes]) -> Floats:
    """Return logs of durations, those far from what is expected of them brought nearer (Huber's winsorising)."""
    usual = expected(logs, factors, Family.LOG)
    away = logs - usual
    middle = float(np.median(away)) if away.size else 0.0
    most = _LONGEST * _NORMAL_MAD * float(np.median(np.abs(away - middle))) if away.size else 0.0
    # Of whole days more than half may be alike: then there is no telling what is far.
    return usual + np.clip(away, middle - most, middle + most) if most > 0 else logs


def _owns(known: Floats, agents: Codes, factors: Mapping[str, Codes], clusters: Codes, family: Family) -> list[_Own]:
    """Return each agent's tickets, with the agents far from the typical one held apart until they stay the same."""
    codes, places = np.unique(agents, return_inverse=True)
    mine = [np.flatnonzero(places == place) for place in range(codes.size)]
    apart = np.zeros(codes.size)
    owns: list[_Own] = []
    for _ in range(_ROUNDS):
        wanted = expected(known, factors, family, apart[places])
        owns = [
            _own(int(code), known[rows], wanted[rows], clusters[rows], family)
            for code, rows in zip(codes, mine, strict=True)
        ]
        before, apart = apart, _far(owns)
        if all(abs(new - old) <= _SETTLED * own.error for new, old, own in zip(apart, before, owns, strict=True)):
            break
    return owns


def _own(agent: int, known: Floats, wanted: Floats, clusters: Codes, family: Family) -> _Own:
    residual = known - wanted
    error, freedom = _clustered_error(residual - residual.mean(), clusters)
    if family is not Family.SHARE:
        return _Own(agent, known, wanted, float(residual.mean()), error, error, freedom)
    # One step from the expected odds to the agent's own, with half a ticket more of yes and no than were seen.
    information = float((wanted * (1 - wanted)).sum()) or 1e-9
    seen = (float(known.sum()) + 0.5) / (known.size + 1)
    effect = float(logit_of(np.array([seen]))[0] - logit_of(np.array([wanted.mean()]))[0])
    return _Own(agent, known, wanted, effect, max(error * known.size / information, information**-0.5), error, freedom)


def _far(owns: list[_Own]) -> Floats:
    """Return how far each agent who is clearly far from the typical one is from it; 0 for all others."""
    usable = [each for each in owns if each.is_usable]
    if len(usable) == 2:  # noqa: PLR2004 - of two alone one is held apart, so that each is compared with the other
        gap = usable[0].effect - usable[1].effect
        return np.array([gap if each is usable[0] else 0.0 for each in owns])
    if len(usable) < _LEAST_AGENTS:
        return np.zeros(len(owns))
    effects, errors = (np.array([getattr(each, name) for each in usable]) for name in ("effect", "error"))
    typical = typical_of(effects, errors, float(np.median(effects)))
    gaps = np.array([each.effect - typical.value for each in owns])
    is_far = [each.is_usable and abs(gap) > _FAR * each.error for each, gap in zip(owns, gaps, strict=True)]
    return np.where(is_far, gaps, 0.0)


def _typical_other(own: _Own, owns: list[_Own]) -> Typical:
    """Return the typical effect of the other agents; none where nobody else has enough tickets."""
    usable = [each for each in owns if each.is_usable]
    others = [each for each in usable if each.agent != own.agent]
    if not others:
        return Typical(0.0, 0.0)
    effects, errors = (np.array([getattr(each, name) for each in others]) for name in ("effect", "error"))
    # The search begins at the median of all, so that of three agents the two who are alike say what is typical.
    return typical_of(effects, errors, float(np.median([each.effect for each in usable])))


def _of_mean(own: _Own, other: Typical, family: Family) -> _Raw:
    n, effect, mean = own.known.size, own.effect - other.value, float(own.known.mean())
    observed, hoped = mean, mean - effect
    if family is Family.LOG:
        observed, hoped = float(np.exp(mean)), float(np.exp(mean - effect))
    error = float(np.hypot(own.error, other.error))
    z = effect / error if error > 0 else 0.0
    return _Raw(own.agent, n, observed, hoped, effect, own.error, error, other.value, z, own.freedom, own.is_usable)


def _of_share(own: _Own, other: Typical, _family: Family) -> _Raw:
    """Judge a share by the number of yeses ÷ the number expected; the error is the one if the expectation held."""
    wanted = chance_of(logit_of(own.wanted) + other.value)
    n, hoped, seen = own.known.size, float(wanted.sum()), float(own.known.sum())
    # Half a ticket is added to both, so that an agent without a single yes still has a ratio, with a wide interval.
    effect = float(np.log((seen + 0.5) / (hoped + 0.5)))
    information = float((wanted * (1 - wanted)).sum())
    own_error = max(float(np.sqrt(information)), own.residual_error * n) / max(hoped, 0.5)
    error = float(np.hypot(own_error, other.error * information / max(hoped, 0.5)))
    # The square root of a count is nearly normal already where few are expected (Anscombe, Biometrika 35, 1948).
    z = 2 * float(np.sqrt(seen + 0.375) - np.sqrt(hoped + 0.375)) / max(error * float(np.sqrt(max(hoped, 0.5))), 1e-9)
    is_judged = n >= LEAST_TICKETS and min(hoped, n - hoped) >= LEAST_EXPECTED
    return _Raw(own.agent, n, seen / n, hoped / n, effect, own_error, error, other.value, z, own.freedom, is_judged)


def _log_error(each: _Raw, family: Family) -> float:
    """Return the error on the log scale of the ratio."""
    return each.own_error / max(each.expected, 1e-9) if family is Family.MEAN else each.own_error


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
    # Where clusters are not alike, the error is known as well as n tickets tell it.
    return (together, sums.size - 1) if together > plain else (plain, n - 1)


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


def _figure(each: _Raw, spread: float, rate: float | None, family: Family) -> AgentFigure:
    margin = float(stats.t.ppf(0.975, each.freedom)) * each.error
    # Where agents do not differ beyond chance, or with one ticket only, the whole difference counts as noise.
    weight = spread**2 / (spread**2 + each.error**2) if spread > 0 and each.error > 0 else 0.0
    pooled, pooled_margin = weight * each.effect, 1.96 * float(np.sqrt(weight)) * each.error

    def ratio_of(effect: float) -> float:
        return _ratio(effect, each.expected, family)

    return AgentFigure(
        agent=each.agent,
        n=each.n,
        observed=each.observed,
        expected=each.expected,
        ratio=ratio_of(each.effect),
        low=ratio_of(each.effect - margin),
        high=ratio_of(each.effect + margin),
        pooled=ratio_of(pooled),
        pooled_low=ratio_of(pooled - pooled_margin),
        pooled_high=ratio_of(pooled + pooled_margin),
        error=each.own_error,
        typical=each.typical,
        q_value=rate,
        is_judged=each.is_judged,
    )


def _ratio(effect: float, hoped: float, family: Family) -> float:
    if family is Family.MEAN:
        return (hoped + effect) / hoped
    return float(np.exp(np.clip(effect, -20.0, 20.0)))
