"""When a median that got longer is worth a look. Whether it is more than chance, `analytics.beyond_chance` says."""

from typing import Final

LEAST_N: Final = 30
"""Fewer durations, in either period, tell nothing."""
_LEAST_GROWTH: Final = 1.1


def is_worth_a_look(now: float, before: float, least_n: int) -> bool:
    """Say whether a median grew by a tenth or more, over enough durations in both periods.

    Args:
        now: The later median.
        before: The earlier one.
        least_n: The smaller number of durations of the two.
    """
    return least_n >= LEAST_N and now >= _LEAST_GROWTH * before
