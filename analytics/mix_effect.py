"""How much of a change of a total is in its parts, and how much in which parts there are.

A median may fall although no category got quicker: more of the tickets are of a quick one. The total is worked out once
more with the mix of the earlier period and the parts of the later one (direct standardisation). What it then differs
from the earlier total is the parts' share of the change, and the rest is that of the mix.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.quasi_poisson import Floats
from analytics.tails import upper_chi_square

Counts = npt.NDArray[np.int64]

_CLEAR_SHIFT: Final = 0.01
_LEAST_PART: Final = 0.5
"""The mix is spoken of when it does more than so much of the larger of the two: of the total's change or the parts'."""


@dataclass(frozen=True, slots=True)
class MixEffect:
    """A change, taken apart. `parts` + `mix` is the whole change.

    Attributes:
        parts: The change with the mix of the earlier period.
        mix: What the change of the mix adds to that.
        is_clear: Whether the mix has changed by more than chance.
    """

    parts: float
    mix: float
    is_clear: bool

    @property
    def total(self) -> float:
        """The whole change."""
        return self.parts + self.mix

    @property
    def is_worth_telling(self) -> bool:
        """Whether the total says something else than its parts do."""
        return self.is_clear and abs(self.mix) > _LEAST_PART * max(abs(self.total), abs(self.parts))

    @property
    def is_of_the_parts(self) -> bool:
        """Whether the parts went the way of the total, and by at least half as much."""
        return self.parts * self.total > 0 and abs(self.parts) >= _LEAST_PART * abs(self.total)


def of_means(sums: tuple[Floats, Floats], sizes: tuple[Floats, Floats]) -> MixEffect | None:
    """Take the change of a mean or share apart; None where one of the periods has nothing.

    Args:
        sums: Of each part, in the later and the earlier period.
        sizes: Of each part, in the later and the earlier period.
    """
    if not sizes[0].sum() or not sizes[1].sum():
        return None
    now, before = (each.sum() / size.sum() for each, size in zip(sums, sizes, strict=True))
    means = [
        np.divide(each, size, out=np.zeros(size.size), where=size > 0) for each, size in zip(sums, sizes, strict=True)
    ]
    held = float((_told(means[0], means[1], sizes[0] > 0) * sizes[1]).sum() / sizes[1].sum())
    return _effect(float(now), float(before), held, sizes)


def steps_of_means(sums: tuple[Floats, Floats], sizes: tuple[Floats, Floats]) -> Floats:
    """Return what each part adds to the change of a mean within itself; together they are `MixEffect.parts`.

    Args:
        sums: Of each part, in the later and the earlier period.
        sizes: Of each part, in the later and the earlier period; the earlier one has something.
    """
    means = [
        np.divide(each, size, out=np.zeros(size.size), where=size > 0) for each, size in zip(sums, sizes, strict=True)
    ]
    steps: Floats = (_told(means[0], means[1], sizes[0] > 0) - means[1]) * sizes[1] / sizes[1].sum()
    return steps


def of_quantiles(
    now: Counts, before: Counts, values: Floats, share: float, totals: tuple[float, float]
) -> MixEffect | None:
    """Take the change of a quantile apart; None where one of the periods has nothing.

    Args:
        now: How many of each part are in each bucket, parts × buckets.
        before: The same of the earlier period.
        values: What each bucket stands for, rising.
        share: Which quantile, 0..1.
        totals: The quantile itself, now and before, as it is shown.
    """
    sizes = now.sum(axis=1).astype(np.float64), before.sum(axis=1).astype(np.float64)
    if not sizes[0].sum() or not sizes[1].sum():
        return None
    shapes = [counts / np.maximum(size, 1.0)[:, None] for counts, size in zip((now, before), sizes, strict=True)]
    mixed = [
        (shape * sizes[1][:, None]).sum(axis=0)
        for shape in (_told(shapes[0], shapes[1], (sizes[0] > 0)[:, None]), shapes[1])
    ]
    held, was = (_quantile(weights, values, share) for weights in mixed)
    return _effect(totals[0], totals[1], totals[1] + held - was, sizes)


def _told(now: Floats, before: Floats, is_known: npt.NDArray[np.bool_]) -> Floats:
    """Return what the parts are now; one that there is no longer is taken to be as it was."""
    told: Floats = np.where(is_known, now, before)
    return told


def _effect(now: float, before: float, held: float, sizes: tuple[Floats, Floats]) -> MixEffect:
    return MixEffect(held - before, now - held, _is_clear(np.vstack(sizes)))


def _is_clear(sizes: Floats) -> bool:
    """Say whether the parts' shares have changed by more than chance: Pearson's test, at one in a hundred."""
    filled = sizes[:, sizes.sum(axis=0) > 0]
    expected = filled.sum(axis=1, keepdims=True) * filled.sum(axis=0) / filled.sum()
    distance = float(((filled - expected) ** 2 / expected).sum())
    return filled.shape[1] > 1 and upper_chi_square(distance, filled.shape[1] - 1) < _CLEAR_SHIFT


def _quantile(weights: Floats, values: Floats, share: float) -> float:
    """Return a quantile of weighted values, in between two of them where it falls between them."""
    filled = weights > 0
    known, upto = values[filled], np.cumsum(weights[filled])
    middles = (upto - weights[filled] / 2) / upto[-1]
    return float(np.interp(share, middles, known))
