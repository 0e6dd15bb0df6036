"""Shifts that cover the people needed hour by hour."""

from dataclasses import dataclass

from analytics.staffing.erlang import Ints
from analytics.staffing.errors import require


@dataclass(frozen=True, slots=True)
class Shift:
    """People who come and go together.

    Attributes:
        first_hour: Place of the first hour in the plan.
        end_hour: Place of the first hour after the shift.
        people: How many.
    """

    first_hour: int
    end_hour: int
    people: int


def covering_shifts(needed: Ints, longest_hours: int) -> tuple[Shift, ...]:
    """Return the fewest shifts, none longer than `longest_hours`, that cover every hour.

    An hour in which nobody is needed ends a stretch of work. Going through a stretch, each hour with people missing
    starts shifts of the longest length. Near the end of the stretch these shifts start earlier instead of being
    shorter. Elsewhere no shift starts before people are missing. So no other choice covers more of the later hours.

    Args:
        needed: People needed in each hour.
        longest_hours: Longest shift, 1 or more.

    Raises:
        StaffingInputError: If a shift has no hour.

    Example:
        >>> covering_shifts(np.array([0, 1, 2, 2, 1, 0]), 4)
        (Shift(first_hour=1, end_hour=5, people=2),)
    """
    require(longest_hours >= 1, "A shift has to be at least one hour long.")
    shifts: list[Shift] = []
    hour = 0
    while hour < needed.size:
        if needed[hour] <= 0:
            hour += 1
            continue
        end = hour
        while end < needed.size and needed[end] > 0:
            end += 1
        shifts.extend(_stretch(needed, hour, end, longest_hours))
        hour = end
    return tuple(shifts)


def _stretch(needed: Ints, first: int, end: int, longest: int) -> list[Shift]:
    """Return the shifts for one stretch: hours that all need at least one person."""
    found: dict[tuple[int, int], int] = {}
    for hour in range(first, end):
        present = sum(people for (begins, ends), people in found.items() if begins <= hour < ends)
        missing = int(needed[hour]) - present
        if missing > 0:
            ends = min(hour + longest, end)
            begins = max(first, ends - longest)
            found[begins, ends] = found.get((begins, ends), 0) + missing
    return [Shift(begins, ends, people) for (begins, ends), people in sorted(found.items())]
