"""Erlang B and C: contacts arrive at random; when everybody is busy they are refused (B) or wait without limit (C).

Assumptions: Poisson arrivals at a steady rate, exponential handle times with the same mean for all agents, first come
first served. The load `A` is arrivals per second times mean handle time in seconds: the mean number of agents who would
be talking if there were enough of them. Its unit is the erlang.

Source: A. K. Erlang (1917), "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges"; notation of G. Koole (2013), "Call Center Optimization", chapter 4.

Example: 100 calls of 3 minutes each in 30 minutes are 10 erlangs. With 14 agents 17.4 % of the callers wait, and 88.8 %
are answered within 20 seconds; with 13 agents 79.6 % are.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def blocking_probability(agents: Ints, load: Floats) -> Floats:
    """Return Erlang B: the share of contacts that find every agent busy and are lost.

    B(0) = 1; B(n) = A·B(n-1) / (n + A·B(n-1)). The recursion only adds positive numbers, so it neither overflows nor
    cancels, however many agents there are.

    Args:
        agents: People at work, 0 or more.
        load: Erlangs, 0 or more; one value for each entry of `agents`, or one for all.

    Example:
        >>> blocking_probability(np.array([1, 2]), np.array([1.0, 1.0]))
        array([0.5, 0.2])
    """
    people, offered = np.broadcast_arrays(agents, load)
    blocked = np.ones(people.shape)
    for number in range(1, int(people.max(initial=0)) + 1):
        carried = offered * blocked
        blocked = np.where(people >= number, carried / (number + carried), blocked)
    return blocked


def wait_probability(agents: Ints, load: Floats) -> Floats:
    """Return Erlang C: the share of contacts that have to wait; 1 where the load reaches the number of agents.

    C = n·B / (n - A·(1 - B)), with B from `blocking_probability`.

    Example:
        >>> wait_probability(np.array([14]), np.array([10.0])).round(3)
        array([0.174])
    """
    people, offered = np.broadcast_arrays(agents, load)
    blocked = blocking_probability(people, offered)
    is_stable = people > offered
    below = np.where(is_stable, people - offered * (1 - blocked), 1.0)
    return np.where(offered == 0, 0.0, np.where(is_stable, people * blocked / below, 1.0))


def service_level(agents: Ints, load: Floats, handle_seconds: Floats, within_seconds: float) -> Floats:
    """Return the share of contacts answered within a time (Erlang C).

    SL = 1 - C·exp(-(n - A)·T / h). Where the load reaches the number of agents, the queue grows without end and nobody
    is answered in time. Where there is no load, nobody waits.

    Args:
        agents: People at work.
        load: Erlangs.
        handle_seconds: Mean handle time.
        within_seconds: The time `T`, 0 or more.

    Example:
        >>> service_level(np.array([13, 14]), np.array([10.0]), np.array([180.0]), 20).round(4)
        array([0.7956, 0.8884])
    """
    people, offered = np.broadcast_arrays(agents, load)
    spare = people - offered
    waits = wait_probability(people, offered)
    late = waits * np.exp(-np.maximum(spare, 0) * within_seconds / handle_seconds)
    return np.where(offered == 0, 1.0, np.where(spare > 0, 1 - late, 0.0))


def mean_wait_seconds(agents: Ints, load: Floats, handle_seconds: Floats) -> Floats:
    """Return the average speed of answer over all contacts (Erlang C): C·h / (n - A); infinite without spare agents."""
    people, offered = np.broadcast_arrays(agents, load)
    spare = people - offered
    waits = wait_probability(people, offered) * handle_seconds / np.where(spare > 0, spare, 1.0)
    return np.where(offered == 0, 0.0, np.where(spare > 0, waits, np.inf))


def occupancy(agents: Ints, load: Floats) -> Floats:
    """Return the share of their time that agents spend on contacts: A / n, at most 1; 0 without load."""
    people, offered = np.broadcast_arrays(agents, load)
    busy = np.where(people > 0, offered / np.maximum(people, 1), 1.0)
    return np.where(offered == 0, 0.0, np.minimum(busy, 1.0))
