"""What goes with ratings, as files: one for each table of the Drivers page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from portal.topics.drivers import conclusion as says
from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare
from portal.topics.drivers.sentences import BETTER, GOOD
from table_files.table import Column, Table, Value

_INTERVAL: Final = ("Likely range: from", "Likely range: to")
_EFFECTS: Final = (
    "What",
    "Change",
    "Unit (ratio: 1 is no effect)",
    "Effect",
    *_INTERVAL,
    f"{GOOD}, times",
    *(f"{GOOD}, times, {each}" for each in _INTERVAL),
    f"{BETTER}, times",
    *(f"{BETTER}, times, {each}" for each in _INTERVAL),
    "Ratings (n)",
    "Told",
    "In words",
)
_SHARES: Final = ("Goes with", "Share of the differences between ratings (0 to 1)", *_INTERVAL)
_CORRELATIONS: Final = ("One", "Other", "Straight line", "In order", "Rated tickets (n)")
_DECIMALS: Final = 4
_WIDTH: Final = 24
_WIDTHS: Final = {"In words": 100, "Goes with": 36, "What": 36, "One": 36, "Other": 36}
_UNKNOWN: Final = (None, None, None)


def effects_table(found: Drivers | None, zone: str) -> Table:
    """Return the effects in the page's order; without an analysis the headings alone."""
    return _table("Effects", _EFFECTS, map(_effect, found.effects if found else ()), zone)


def shares_table(found: Drivers | None, zone: str) -> Table:
    """Return how much of the differences goes with what, the largest first."""
    return _table("Shares", _SHARES, map(_share, found.shares if found else ()), zone)


def correlations_table(found: Drivers | None, zone: str) -> Table:
    """Return the correlation of each pair, one line a pair."""
    return _table("Correlations", _CORRELATIONS, map(_correlation, found.correlations if found else ()), zone)


def _table(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], zone: str) -> Table:
    return Table(name, [Column(heading, width=_WIDTHS.get(heading, _WIDTH)) for heading in headings], rows, zone)


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


TABLES: Final[dict[str, Callable[[Drivers | None, str], Table]]] = {
    "effects": effects_table,
    "shares": shares_table,
    "correlations": correlations_table,
}
"""Name of a table -> what makes it; its second argument is the reporting zone."""
