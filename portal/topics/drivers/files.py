"""What goes with ratings, as CSV files: one for each table of the Drivers page."""

from collections.abc import Callable
from typing import Final

from portal.files.csv_file import Value, csv_file
from portal.topics.drivers import conclusion as says
from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare

_INTERVAL: Final = ("95 % interval: from", "95 % interval: to")
_EFFECTS: Final = (
    "What",
    "Change",
    "Unit (ratio: 1 is no effect)",
    "Effect",
    *_INTERVAL,
    "Odds of a 4 or 5",
    *(f"Odds of a 4 or 5, {each}" for each in _INTERVAL),
    "Odds of any better rating",
    *(f"Odds of any better rating, {each}" for each in _INTERVAL),
    "Ratings (n)",
    "Told",
    "In words",
)
_SHARES: Final = ("Goes with", "Share of the differences between ratings (0 to 1)", *_INTERVAL)
_CORRELATIONS: Final = ("One", "Other", "Straight line (Pearson)", "Ranks (Spearman)", "Rated tickets (n)")
_DECIMALS: Final = 4
_UNKNOWN: Final = (None, None, None)


def effects_csv(found: Drivers | None) -> bytes:
    """Return the effects in the page's order; without an analysis the headings alone."""
    return csv_file(_EFFECTS, (_effect(each) for each in (found.effects if found else ())))


def shares_csv(found: Drivers | None) -> bytes:
    """Return how much of the differences goes with what, the largest first."""
    return csv_file(_SHARES, (_share(each) for each in (found.shares if found else ())))


def correlations_csv(found: Drivers | None) -> bytes:
    """Return the correlation of each pair, one line a pair."""
    return csv_file(_CORRELATIONS, (_correlation(each) for each in (found.correlations if found else ())))


def _effect(effect: DriverEffect) -> tuple[Value, ...]:
    return (
        effect.label,
        effect.change,
        effect.unit,
        *map(_rounded, (effect.estimate, effect.low, effect.high)),
        *map(_rounded, effect.good_odds or _UNKNOWN),
        *map(_rounded, effect.better_odds or _UNKNOWN),
        effect.n,
        "yes" if effect.is_supported else "may be chance",
        says.effect(effect),
    )


def _share(share: DriverShare) -> tuple[Value, ...]:
    return share.label, *map(_rounded, (share.share, share.low, share.high))


def _correlation(cell: CorrelationCell) -> tuple[Value, ...]:
    return cell.variable, cell.other, _rounded(cell.pearson), _rounded(cell.spearman), cell.n


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


WRITERS: Final[dict[str, Callable[[Drivers | None], bytes]]] = {
    "effects": effects_csv,
    "shares": shares_csv,
    "correlations": correlations_csv,
}
"""Name of a table -> what writes its file."""
