"""Erlang A: contacts wait when everybody is busy, and give up when their patience ends.

Assumptions: those of Erlang C, and patience that is exponential with a known mean. The load has no limit, because
contacts that give up make room. The service level is the share of *all* contacts that are *answered* within the time; a
contact that gives up before counts as not answered.

Source: C. Palm (1957), "Research on telephone traffic carried by full availability groups"; formulas of the offered
wait as in A. Mandelbaum and S. Zeltyn (2007), "Service engineering in action: the Palm/Erlang-A queue".

With `h` the mean handle time, `p` the mean patience, `T` the time, `n` agents, load `A`, Erlang B `B`,
a = A·p/h, b = n·p/h and G(b, a) = Σ over k of a^k / (b·(b+1)···(b+k)):

    S = 1 + a·G(b+1, a)
    share that waits     W = B·S / (1 - B + B·S)
    share that gives up  W·(1 - b·G(b+1, a) / S)
    answered within T    1 - W + W·b·(G(b+1, a) - exp(a·(1 - e^(-T/p)) - (b+1)·T/p)·G(b+1, a·e^(-T/p))) / S

Example: 100 calls in 30 minutes of 3 minutes each, a patience of 2 minutes and 12 agents: 82.6 % are answered within
20 seconds and 6.2 % give up.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammainc, gammaln

from analytics.staffing.erlang import Floats, Ints, blocking_probability

_LEAST: Final = 1e-280
_PRECISION: Final = 1e-16


@dataclass(frozen=True, slots=True)
class Waiting:
    """What becomes of the contacts; one entry for each interval.

    Attributes:
        service_level: Share answered within the time.
        wait_probability: Share that has to wait at all.
        abandon_rate: Share that gives up.
        mean_wait_seconds: Mean time until a contact is answered or gives up, over all contacts.
        occupancy: Share of their time that agents spend on contacts.
    """

    service_level: Floats
    wait_probability: Floats
    abandon_rate: Floats
    mean_wait_seconds: Floats
    occupancy: Floats


def waiting(
    agents: Ints, load: Floats, handle_seconds: Floats, within_seconds: float, patience_seconds: float
) -> Waiting:
    """Return what becomes of contacts with limited patience.

    Args:
        agents: People at work, 0 or more.
        load: Erlangs.
        handle_seconds: Mean handle time, above 0.
        within_seconds: Time within which an answer counts as in time.
        patience_seconds: Mean time after which a waiting contact gives up, above 0.
    """
    people, offered, handle = np.broadcast_arrays(agents, load, np.asarray(handle_seconds, dtype=np.float64))
    per_handle = patience_seconds / handle
    a, b = offered * per_handle, np.maximum(people, 0) * per_handle
    # S and G(b+1) are used instead of G(b) = S / b, so that zero agents (b = 0) is no special case. They are kept as
    # logarithms, because both overflow where the load is far above the number of agents.
    log_next = _log_sum(b + 1, a)
    log_growth = np.logaddexp(0.0, np.log(np.maximum(a, _LEAST)) + log_next)
    blocked = blocking_probability(people, offered)
    waits = blocked / (blocked + (1 - blocked) * np.exp(-log_growth))
    abandoned = waits * np.maximum(1 - b * np.exp(log_next - log_growth), 0.0)
    passed = within_seconds / patience_seconds
    left = np.exp(-passed)
    log_later = a * (1 - left) - (b + 1) * passed + _log_sum(b + 1, a * left)
    in_time = waits * b * np.maximum(np.exp(log_next - log_growth) - np.exp(log_later - log_growth), 0.0)
    level = np.where(offered == 0, 1.0, 1 - waits + in_time)
    busy = offered * (1 - abandoned) / np.maximum(people, 1)
    quiet = np.where(offered == 0, 0.0, 1.0)
    return Waiting(
        np.clip(level, 0.0, 1.0),
        waits * quiet,
        abandoned * quiet,
        abandoned * quiet * patience_seconds,
        np.minimum(busy, 1.0) * quiet,
    )


def _log_sum(b: Floats, a: Floats) -> Floats:
    """Return the logarithm of G(b, a), for b of 1 or more.

    G(b, a) = e^a·a^(-b)·γ(b, a), with γ the lower incomplete gamma function. Far below the mean (a ≪ b) γ underflows;
    there the sum itself converges in a few steps.
    """
    regular = np.where(a > 0, gammainc(b, a), 0.0)
    is_regular = regular > _LEAST
    safe_a, safe_gamma = np.where(is_regular, a, 1.0), np.where(is_regular, regular, 1.0)
    closed = safe_a - b * np.log(safe_a) + gammaln(b) + np.log(safe_gamma)
    summed: Floats = np.where(is_regular, closed, np.log(_series(b, np.where(is_regular, 0.0, a))))
    return summed


def _series(b: Floats, a: Floats) -> Floats:
    term = 1 / b
    total, step = term.copy(), 0
    while (term > _PRECISION * total).any():
        step += 1
        term = term * a / (b + step)
        total += term
    return total
