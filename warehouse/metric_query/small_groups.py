"""The durations of groups with few tickets, read from the facts: a histogram is within 2 %, these are exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from analytics.metrics import Metric
from warehouse.metric_query.grains import CALENDAR_GRAINS, cell_end
from warehouse.metric_query.names import Names
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.rollups.declaration import DURATIONS

EXACT_BELOW: Final = 200
"""With fewer durations than this, quantiles are computed from the durations themselves."""

_MOST_NAMED: Final = 300
"""More groups than these are not named in the statement: all are read, and the small ones kept."""

Keys = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ExactDurations:
    """The durations of one group, in whole seconds, in order."""

    seconds: NDArray[np.float64]

    def quantile(self, share: float) -> float:
        """Return a quantile in seconds, interpolated between the two nearest durations (type 7)."""
        return float(np.quantile(self.seconds, share))

    def counted(self) -> Iterable[tuple[float, int]]:
        """Yield each different duration in seconds, and how often it is there."""
        values, counts = np.unique(self.seconds, return_counts=True)
        yield from zip(values.tolist(), counts.tolist(), strict=True)


def exact_durations(
    connection: sa.Connection, metric: Metric, names: Names, period: tuple[date, date], groups: Iterable[Keys]
) -> Mapping[Keys, ExactDurations]:
    """Return the durations of some groups, by one statement.

    Args:
        connection: In a role that reads the marts.
        metric: A metric of durations.
        names: What the query splits and filters by.
        period: First day, and first day after.
        groups: Keys of the groups, each with fewer than `EXACT_BELOW` durations.
    """
    wanted = tuple(groups)
    if not wanted:
        return {}
    anchor = DURATIONS[metric.numerator]
    amount = anchor.durations[metric.numerator]
    bag = ParameterBag()
    source = fact_source(anchor, Stretch(*_narrowed(names, period, wanted), None), names)
    keys = source.keys(names)
    condition = f"{source.condition(names, bag)} and {source.timed_condition(names)} and {anchor.predicate}"
    if keys and len(wanted) <= _MOST_NAMED:
        cells = ", ".join(f"({', '.join(bag.add(value) for value in group)})" for group in wanted)
        condition += f" and ({', '.join(keys)}) in ({cells})"
    listed = "".join(f"{key}, " for key in keys)
    grouped = f" group by {', '.join(str(place + 1) for place in range(len(keys)))}" if keys else ""
    statement = (
        f"select {listed}array_agg({amount} order by {amount}) from {source.relation(names)}"
        f" where {condition} and not is_excluded and {amount} is not null{grouped}"
        f" having count({amount}) < {EXACT_BELOW}"
    )
    return {
        tuple(group): ExactDurations(np.array(amounts, dtype=np.float64))
        for *group, amounts in connection.execute(sa.text(statement), bag.values)
        if amounts
    }


def _narrowed(names: Names, period: tuple[date, date], groups: tuple[Keys, ...]) -> tuple[date, date]:
    """Return the part of the period that the groups lie in, so that no other days are read."""
    start, end = period
    for place, name in enumerate(names.by):
        if name in CALENDAR_GRAINS:
            days = [value for group in groups if isinstance(value := group[place], date)]
            start, end = max(start, min(days)), min(end, max(cell_end(day, name) for day in days))
    return start, end
