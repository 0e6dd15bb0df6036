"""Customers at several past instants, and whether they left afterwards: what a model of churn learns from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.churn.features import active_customers, features_at, with_types
from analytics.churn.history import Codes, CustomerHistory, Floats
from analytics.time_units import DAY_SECONDS

HORIZON_DAYS: Final = 90
STEP_DAYS: Final = 30
WARM_UP_DAYS: Final = 180
TEST_SNAPSHOTS: Final = 3
_LEAST_TRAINING: Final = 3
_MOST_CUSTOMERS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Customers at instants; one row each.

    Attributes:
        table: Features of each row.
        left: 1 if the customer left within 90 days after the instant.
        customer: Place of each row's customer.
        at: Instant of each row.
    """

    table: pd.DataFrame
    left: Floats
    customer: Codes
    at: Floats

    def where(self, rows: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "Snapshots":
        """Return some of the rows."""
        return Snapshots(self.table[rows], self.left[rows], self.customer[rows], self.at[rows])


def snapshots(history: CustomerHistory) -> Snapshots | None:
    """Return customers every 30 days, from half a year after the beginning to 90 days before the end.

    Returns:
        None where the history is too short to learn on some days and test on others.
    """
    last = history.end - HORIZON_DAYS * DAY_SECONDS
    first = history.start + WARM_UP_DAYS * DAY_SECONDS
    instants = np.arange(last, first, -STEP_DAYS * DAY_SECONDS)[::-1]
    if instants.size < TEST_SNAPSHOTS + HORIZON_DAYS // STEP_DAYS + _LEAST_TRAINING:
        return None
    learnt = _sampled(history.count)
    tables, lefts, customers, ats = [], [], [], []
    for at in instants.tolist():
        who = np.flatnonzero(active_customers(history, at) & learnt)
        tables.append(with_types(features_at(history, at), history).iloc[who])
        lefts.append((history.churned_at[who] <= at + HORIZON_DAYS * DAY_SECONDS).astype(float))
        customers.append(who)
        ats.append(np.full(who.size, at))
    return Snapshots(
        pd.concat(tables, ignore_index=True), np.concatenate(lefts), np.concatenate(customers), np.concatenate(ats)
    )


def _sampled(count: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Choose the customers to learn from: all of them, or on a large desk a fixed sample."""
    if count <= _MOST_CUSTOMERS:
        return np.ones(count, dtype=bool)
    chosen = np.zeros(count, dtype=bool)
    chosen[np.random.default_rng(0).choice(count, _MOST_CUSTOMERS, replace=False)] = True
    return chosen


def split_by_time(every: Snapshots) -> tuple[Snapshots, Snapshots]:
    """Return the rows to learn from, and the rows to test on: those of the last three instants.

    The rows to learn from end 90 days before the first tested instant; otherwise their outcomes would overlap the test.
    """
    first_test = np.unique(every.at)[-TEST_SNAPSHOTS]
    return every.where(every.at <= first_test - HORIZON_DAYS * DAY_SECONDS), every.where(every.at >= first_test)
