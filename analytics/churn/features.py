"""What is known of each customer at an instant, from support alone."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.churn.history import LATE, LOW, REOPENED, STUCK, CustomerHistory, Floats, Happenings
from analytics.churn.person_time import MEMORY_DAYS
from analytics.time_units import DAY_SECONDS

RECENT_DAYS: Final = 90
YEAR_DAYS: Final = 365
FEATURES: Final = (
    "late_recently",
    "low_ratings_recently",
    "unresolved_recently",
    "reopened_recently",
    "frustrated_recently",
    "open_now",
    "tickets_recently",
    "tickets_in_year",
    "trend",
    "mean_rating",
    "silence_days",
    "silence_ratio",
    "customer_days",
)
"""Happenings count for 180 days, tickets lately for 90, ratings for a year."""

_COUNTED: Final = {
    "late_recently": LATE,
    "low_ratings_recently": LOW,
    "unresolved_recently": STUCK,
    "reopened_recently": REOPENED,
}
_NEUTRAL_RATING: Final = 3.5
_PRIOR_RATINGS: Final = 1.0
_LONGEST_RATIO: Final = 20.0


def active_customers(history: CustomerHistory, at: float) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say who is a customer at an instant: who has joined and has not left."""
    flags: np.ndarray[tuple[int], np.dtype[np.bool_]] = (history.joined_at <= at) & ~(history.churned_at <= at)
    return flags


def features_at(history: CustomerHistory, at: float) -> pd.DataFrame:
    """Return a row for each customer, by place, from events up to an instant and none after.

    Args:
        history: The customers.
        at: Seconds since 1970.
    """
    count, created = history.count, history.created()
    last = np.full(count, -np.inf)
    past = created.at <= at
    np.maximum.at(last, created.customer[past], created.at[past])  # noqa: PD008 - no pandas
    tenure = np.maximum((at - history.joined_at) / DAY_SECONDS, 1.0)
    silence = np.where(np.isfinite(last), (at - last) / DAY_SECONDS, tenure)
    year = _counted(created, at, YEAR_DAYS, count)
    recent = _counted(created, at, RECENT_DAYS, count)
    usual = (
        np.maximum(year - recent, 0.5)
        * RECENT_DAYS
        / np.clip(tenure - RECENT_DAYS, RECENT_DAYS, YEAR_DAYS - RECENT_DAYS)
    )
    gap = np.minimum(tenure, YEAR_DAYS) / np.maximum(year, 1.0)
    experiences = history.experiences()
    table = {name: _counted(experiences[kind], at, MEMORY_DAYS, count) for name, kind in _COUNTED.items()}
    table["frustrated_recently"] = _counted(_frustrated(history), at, MEMORY_DAYS, count)
    table["open_now"] = _open(history, at)
    table |= {"tickets_recently": recent, "tickets_in_year": year, "trend": np.log2((recent + 0.5) / (usual + 0.5))}
    table |= {"mean_rating": _mean_rating(history, at), "silence_days": silence}
    table |= {"silence_ratio": np.minimum(silence / gap, _LONGEST_RATIO), "customer_days": tenure}
    return pd.DataFrame({name: table[name] for name in FEATURES})


def with_types(table: pd.DataFrame, history: CustomerHistory) -> pd.DataFrame:
    """Add a 0-1 column for each customer type but the first."""
    types = sorted({str(each) for each in history.types})[1:]
    return table.assign(**{f"type={each}": (history.types == each).astype(float) for each in types})


def _counted(happenings: Happenings, at: float, days: float, count: int) -> Floats:
    within = (happenings.at <= at) & (happenings.at > at - days * DAY_SECONDS)
    return np.bincount(happenings.customer[within], minlength=count).astype(float)


def _frustrated(history: CustomerHistory) -> Happenings:
    rows = history.tickets[history.tickets["is_frustrated"].astype(bool)]
    return Happenings(rows["customer"].to_numpy(dtype=np.int64), rows["created_at"].to_numpy(dtype=float))


def _open(history: CustomerHistory, at: float) -> Floats:
    tickets = history.tickets
    is_open = (tickets["created_at"] <= at) & ~(tickets["resolved_at"] <= at)
    return np.bincount(tickets.loc[is_open, "customer"].to_numpy(dtype=np.int64), minlength=history.count).astype(float)


def _mean_rating(history: CustomerHistory, at: float) -> Floats:
    """Return each customer's mean rating, with one middling rating added so that one bad rating does not decide."""
    tickets = history.tickets
    rated = tickets[(tickets["rated_at"] <= at) & (tickets["rated_at"] > at - YEAR_DAYS * DAY_SECONDS)]
    place = rated["customer"].to_numpy(dtype=np.int64)
    total = np.bincount(place, rated["rating"].to_numpy(dtype=float), minlength=history.count)
    number = np.bincount(place, minlength=history.count)
    return np.asarray((total + _PRIOR_RATINGS * _NEUTRAL_RATING) / (number + _PRIOR_RATINGS), dtype=float)
