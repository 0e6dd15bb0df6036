"""The most even work that still gets everything done in time.

The work that has come is an upper bound of what can be done; the work that is due is a lower bound. The *taut string*
is the shortest line from start to end between these bounds. Its steepest stretch is the smallest peak that any plan can
have, and the line needs the fewest changes of staff.

Source: F. Yao, A. Demers and S. Shenker (1995), "A scheduling model for reduced CPU energy": with due times in the
order of arrival their optimum is this string. Algorithm: the funnel of D. T. Lee and F. P. Preparata (1984),
"Euclidean shortest paths in the presence of rectilinear barriers", on a line of gates.

Example: 8 contacts come in the first of 4 hours and are due at the end. The most even work is 2 an hour.
"""

from collections import deque
from typing import TypeAlias

import numpy as np

from analytics.staffing.erlang import Floats
from analytics.staffing.errors import require

_Point: TypeAlias = tuple[float, float]


def even_work(time: Floats, due: Floats, came: Floats) -> Floats:
    """Return how much work has been done by each moment when the work is as even as possible.

    Args:
        time: Moments in working hours, rising; the first is the start.
        due: What has to be done by each moment, never falling.
        came: What can have been done by each moment, never falling and not below `due`.

    Returns:
        The work done by each moment, from `due[0]` to `came[-1]`.

    Raises:
        StaffingInputError: If more is due than came.

    Example:
        >>> even_work(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 2.0]), np.array([0.0, 2.0, 2.0]))
        array([0., 1., 2.])
    """
    require(bool(np.all(due <= came + 1e-6)), "More is due than came.")
    last = time.size - 1
    if last < 1:
        return came.copy()
    lows = [(float(time[place]), float(due[place])) for place in range(1, last)]
    highs = [(float(time[place]), float(max(came[place], due[place]))) for place in range(1, last)]
    end = (float(time[last]), float(came[last]))
    knots = _shortest((float(time[0]), float(due[0])), [*zip(lows, highs, strict=True), (end, end)])
    return np.interp(time, [x for x, _ in knots], [y for _, y in knots])


def _shortest(start: _Point, gates: list[tuple[_Point, _Point]]) -> list[_Point]:
    """Return the corners of the shortest line from a point through gates; a gate is (lower end, upper end)."""
    knots = [start]
    # Both chains begin at the last corner. The lower chain bends upwards, the upper chain bends downwards.
    lower, upper = deque([start]), deque([start])
    for low, high in gates:
        _extend(lower, low, upper, knots, sign=1)
        _extend(upper, high, lower, knots, sign=-1)
    # Both chains now lead to the same end, and the lower chain is the rest of the line.
    knots.extend(list(lower)[1:])
    return knots


def _extend(chain: deque[_Point], point: _Point, other: deque[_Point], knots: list[_Point], *, sign: int) -> None:
    """Add a gate's end to its chain; where it crosses the other chain, move the last corner along that chain."""
    while len(chain) > 1 and sign * _turn(chain[-2], chain[-1], point) >= 0:
        chain.pop()
    if len(chain) == 1:
        while len(other) > 1 and sign * _turn(other[0], other[1], point) >= 0:
            other.popleft()
            knots.append(other[0])
            chain[0] = other[0]
    chain.append(point)


def _turn(origin: _Point, one: _Point, two: _Point) -> float:
    """Return a number above 0 where the way from `one` to `two`, seen from the origin, turns upwards."""
    return (one[0] - origin[0]) * (two[1] - origin[1]) - (two[0] - origin[0]) * (one[1] - origin[1])
