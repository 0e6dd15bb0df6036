"""Cuts a period into stretches of whole months and days, so that each is read from the coarsest rollup."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from warehouse.rollups.declaration import Grain

_COARSEST_FIRST: Final = (Grain.MONTH, Grain.DAY)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days [start, end), made of whole cells of a grain. Without a grain, facts have to be read."""

    start: date
    end: date
    grain: Grain | None


def cover(start: date, end: date, grains: frozenset[Grain]) -> Iterator[Stretch]:
    """Yield stretches that together cover exactly the days [start, end)."""
    if start >= end:
        return
    usable = [grain for grain in _COARSEST_FIRST if grain in grains]
    if not usable:
        yield Stretch(start, end, None)
        return
    grain = usable[0]
    first, last = _ceiling(start, grain), _floor(end, grain)
    if first >= last:
        yield from cover(start, end, grains - {grain})
        return
    yield from cover(start, first, grains - {grain})
    yield Stretch(first, last, grain)
    yield from cover(last, end, grains - {grain})


def _floor(day: date, grain: Grain) -> date:
    """Return the first day of the cell that a day is in."""
    return day.replace(day=1) if grain is Grain.MONTH else day


def _ceiling(day: date, grain: Grain) -> date:
    """Return the first day of the first cell that begins on a day or after it."""
    floor = _floor(day, grain)
    return day if floor == day else (floor + timedelta(days=31)).replace(day=1)
