"""The daily series that the forecast is measured on, by kind: public ones, and made-up desks."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analytics.forecasting.series import DailySeries
from benchmarks.made_up_demand import made_up_desk
from benchmarks.planted_desk import planted_desk
from etl.importing.sources.daily_counts import read_daily_counts

_STATIONS: Final = Path("demand", "chicago_l_daily_2001_2013.csv")
_COMPLAINTS: Final = Path("tickets", "nyc_complaints_2015_2016.csv.gz")
_FIRST: Final = date(2015, 1, 1)
_LAST: Final = date(2016, 12, 31)
_TYPES: Final = 12
_BOROUGHS: Final = 4
_MADE_UP: Final = 18
_SHOPS: Final = ((1, 20_000), (2, 60_000))
_CATEGORIES: Final = ("book_order", "return_refund", "technical_support")

Row = Mapping[str, str]
Kinds = Mapping[str, Mapping[str, DailySeries]]


def series_by_kind(data: Path, *, is_quick: bool = False) -> Kinds:
    """Return kind -> name -> series; a public file that is not there is left out.

    Args:
        data: Directory of the public data.
        is_quick: Whether every third series is enough.
    """
    kinds: dict[str, Mapping[str, DailySeries]] = {}
    if (data / _STATIONS).exists():
        kinds["stations"] = read_daily_counts(data / _STATIONS)
    if (data / _COMPLAINTS).exists():
        kinds["complaints"] = _complaints(data / _COMPLAINTS)
    kinds["made-up desks"] = {f"desk {seed}": made_up_desk(seed).series for seed in range(_MADE_UP)}
    kinds["bookshop"] = _shops()
    step = 3 if is_quick else 1
    return {kind: dict(list(series.items())[::step]) for kind, series in kinds.items()}


def _complaints(path: Path) -> dict[str, DailySeries]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    found = {"all": _counted(rows)}
    for column, most in (("complaint_type", _TYPES), ("borough", _BOROUGHS)):
        for value, _ in Counter(row[column] for row in rows if row[column]).most_common(most):
            found[value] = _counted(row for row in rows if row[column] == value)
    return found


def _counted(rows: Iterable[Row]) -> DailySeries:
    came = Counter(date.fromisoformat(row["opendate"]) for row in rows if row["opendate"])
    days = (_LAST - _FIRST).days + 1
    return DailySeries(_FIRST, np.array([float(came[_FIRST + timedelta(days=place)]) for place in range(days)]))


def _shops() -> dict[str, DailySeries]:
    found = {}
    for seed, count in _SHOPS:
        tickets = planted_desk(count, seed).tickets
        days = pd.date_range(tickets["created_date"].min(), tickets["created_date"].max())
        for name, part in [("all", tickets), *((each, tickets[tickets["category"] == each]) for each in _CATEGORIES)]:
            counts = part["created_date"].value_counts().reindex(days, fill_value=0)
            found[f"shop {seed} {name}"] = DailySeries(days[0].date(), np.asarray(counts, dtype=np.float64))
    return found
