"""How much more often customers leave after something: a hazard model with exposures that change over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.churn.few_departures import ratio_of_few
from analytics.churn.history import EXPERIENCES, CustomerHistory, Floats, Happenings
from analytics.churn.person_time import ACTIVITY, person_time
from analytics.intervals import Estimate
from analytics.time_units import MEAN_YEAR_DAYS

LEAST_DEPARTURES: Final = 10
"""With fewer departures even a strong effect cannot be told from chance."""
_HELD: Final = ("customer_type", ACTIVITY)
_CATEGORY: Final = "category "
"""Before the name of a category, which may be called like an experience."""


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """How many times as often customers leave in the 180 days after something.

    Attributes:
        slug: One of `EXPERIENCES`, or a category.
        ratio: 1 is no difference.
        departures: Departures in those 180 days.
        customer_years: Customers' time in those 180 days.
    """

    slug: str
    ratio: Estimate
    departures: int
    customer_years: float


def experience_ratios(history: CustomerHistory) -> list[HazardRatio]:
    """Return the hazard ratio of each experience, with all other experiences held equal.

    This is a Poisson regression of departures on customer type, activity (tickets in the last 180 days) and the
    experiences, with the logarithm of time as offset. It equals the hazard model with exposures that change over time
    (Laird and Olivier, 1981). `few_departures` says how it is fitted where few left.

    Returns:
        [] with fewer than ten departures. What nobody experienced, or everybody all the time, is left out.
    """
    return _ratios(history, {}, EXPERIENCES)


def category_ratios(history: CustomerHistory) -> list[HazardRatio]:
    """Return the hazard ratio after a ticket of each category, with all experiences held equal; as above."""
    categories = sorted(str(each) for each in history.tickets["category"].dropna().unique())
    return [found for name in categories for found in _ratios(history, {_CATEGORY + name: history.created(name)}, ())]


def _ratios(history: CustomerHistory, besides: Mapping[str, Happenings], wanted: Sequence[str]) -> list[HazardRatio]:
    """Return the ratios of some experiences, and of what happened besides."""
    if history.churn_count < LEAST_DEPARTURES:
        return []
    table = _with_departures(person_time(history, {**history.experiences(), **besides}))
    present = [name for name in (*EXPERIENCES, *besides) if 0 < table[name].mean() < 1]
    departures, days = (table[name].to_numpy(dtype=float) for name in ("departures", "days"))
    columns = {name: table[name].to_numpy(dtype=float) for name in present}
    found = []
    for name in present:
        if name in wanted or name in besides:
            rest = [each for other, each in columns.items() if other != name]
            ratio = ratio_of_few(departures, days, columns[name], _separate([*_controls(table), *rest], columns[name]))
            is_exposed = columns[name] > 0
            years = float(days[is_exposed].sum() / MEAN_YEAR_DAYS)
            found.append(HazardRatio(name.removeprefix(_CATEGORY), ratio, int(departures[is_exposed].sum()), years))
    return found


def _with_departures(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out types and activities without a departure: each has its own rate, which would be zero."""
    for name in _HELD:
        left = table.groupby(name)["departures"].transform("sum")
        table = table[left > 0]
    return table


def _controls(table: pd.DataFrame) -> list[Floats]:
    """Return a column of ones, and a 0-1 column for each type and activity except the first of each."""
    columns = [np.ones(len(table))]
    for name in _HELD:
        columns += [(table[name] == level).to_numpy(dtype=float) for level in sorted(table[name].unique())[1:]]
    return columns


def _separate(columns: Sequence[Floats], asked: Floats) -> Floats:
    """Return the columns that neither follow from those before them nor say the same as the one asked about."""
    kept: list[Floats] = []
    for each in columns:
        if np.linalg.matrix_rank(np.column_stack([asked, *kept, each])) == len(kept) + 2:
            kept.append(each)
    return np.column_stack(kept)
