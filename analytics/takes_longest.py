"""Which category takes longest: the one definition, for every page, export and text."""

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

LEAST_N: Final = 20
"""A median over fewer tickets may be chance; such categories are not named."""
_ALIKE: Final = 1.02
"""Medians this close are one: they are read from histograms that are within 2 %."""

Key = TypeVar("Key", bound=Hashable)


def takes_longest(medians: Mapping[Key, tuple[float, int]]) -> tuple[Key, ...]:
    """Return what takes longest: the longest median among those with enough tickets, and what is as long as that.

    Means, sums and the slowest tenth do not count: a few endless tickets, or very many quick ones, would decide them.

    Args:
        medians: Category -> median, and how many tickets it is over.

    Returns:
        The longest first; nothing where fewer than two have enough tickets, as then nothing is held against it.
    """
    known = {key: value for key, (value, n) in medians.items() if n >= LEAST_N}
    if len(known) <= 1:
        return ()
    longest = max(known.values())
    return tuple(sorted((key for key in known if known[key] * _ALIKE >= longest), key=lambda key: -known[key]))
