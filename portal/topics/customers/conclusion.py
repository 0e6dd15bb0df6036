"""What the page of customers says above its numbers."""

import math
from typing import Final

from portal.numbers import phrasing
from portal.topics.customers.dataset import Ranked, Ranking

_MOSTLY: Final = 1.96
_LEAST: Final = 10
"""Fewer tickets of two customers together say nothing about which of them writes more."""
_ALIKE: Final = 1.1
_MUCH: Final = {"tickets": "many", "minutes": "much", "reopens": "often"}
_TWICE: Final = (1.95, 2.05)


def ranked(found: Ranking) -> str:
    """Say who needed the most support, and how far the next one is behind."""
    if not found.leaders or found.leaders[0].value(found.sort) is None:
        return "What these customers are ranked by is not known."
    first, *others = found.leaders
    said = f"{first.label} needed the most: {amount(first, found.sort)}"
    if not others:
        return f"{said}. Nobody else wrote."
    return f"{said}, {_against(first, others[0], found.sort)}."


def amount(row: Ranked, sort: str) -> str:
    """Return what a row is ranked by, in words."""
    value = row.value(sort)
    if value is None:
        return "not known"
    if sort == "minutes":
        return f"{phrasing.duration(value)} of work"
    return phrasing.plural(value, "ticket") if sort == "tickets" else f"reopened {phrasing.plural(value, 'time')}"


def _against(first: Ranked, second: Ranked, sort: str) -> str:
    """Say how the first stands against the runner-up."""
    most, next_one = first.value(sort) or 0, second.value(sort) or 0
    if not next_one:
        return f"{second.label}, who comes next, nothing"
    if most == next_one:
        return f"as much as {second.label}"
    said = _times(most / next_one, _MUCH[sort])
    return said if sort == "minutes" or differs(most, next_one) else f"{said}, which may be chance"


def _times(ratio: float, much: str) -> str:
    if _TWICE[0] <= ratio < _TWICE[1]:
        return f"twice as {much} as the next"
    return "a little more than the next" if ratio < _ALIKE else f"{ratio:.1f} times as {much} as the next"


def differs(one: float, other: float) -> bool:
    """Tell whether two counts differ by more than chance would bring in 19 of 20 cases."""
    both = one + other
    return both >= _LEAST and abs(one - other) > _MOSTLY * math.sqrt(both)
