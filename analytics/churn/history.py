"""What customers experienced, in the form that every analysis of churn reads."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.time_units import DAY_SECONDS
from analytics.vocabulary import NOT_SET

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

UNRESOLVED_DAYS: Final = 14
LOW_RATING: Final = 2

LATE, LOW, STUCK = "late_answer", "low_rating", "unresolved_14_days"
REOPENED, SEVERAL_AGENTS, ESCALATED = "reopened", "several_agents", "escalated"
EXPERIENCES: Final = (LATE, LOW, STUCK, REOPENED, SEVERAL_AGENTS, ESCALATED)


@dataclass(frozen=True, slots=True)
class Happenings:
    """Events of one kind and the customers they happened to; instants are seconds since 1970."""

    customer: Codes
    at: Floats


@dataclass(frozen=True, slots=True)
class CustomerHistory:
    """The customers of a desk and their tickets; instants are seconds since 1970 in UTC, NaN where not happened yet.

    Attributes:
        start: First instant of the known history.
        end: Instant up to which everything is known.
        types: Customer type of each customer; "~" is not set.
        joined_at: When each became a customer, not before `start`.
        churned_at: When each left.
        tickets: A row a ticket, with `customer` as the customer's place and the columns of `customer_history`.
    """

    start: float
    end: float
    types: npt.NDArray[np.object_]
    joined_at: Floats
    churned_at: Floats
    tickets: pd.DataFrame

    @property
    def count(self) -> int:
        """Number of customers."""
        return self.types.size

    @property
    def churn_count(self) -> int:
        """Number of customers who have left."""
        return int(np.isfinite(self.churned_at).sum())

    def created(self, category: str | None = None) -> Happenings:
        """Return tickets written, of one category or any."""
        rows = self.tickets if category is None else self.tickets[self.tickets["category"] == category]
        return _happenings(rows, "created_at")

    def experiences(self) -> dict[str, Happenings]:
        """Return the bad experiences, by `EXPERIENCES`, each at the instant the customer knew of it.

        A late answer or solution counts from the moment it came. A ticket unsolved after 14 days counts from that day
        on, whether or not it was solved later.
        """
        tickets = self.tickets
        stuck_at = tickets["created_at"] + UNRESOLVED_DAYS * DAY_SECONDS
        is_stuck = (stuck_at <= self.end) & ~(tickets["resolved_at"] < stuck_at)
        late = [
            _happenings(tickets[tickets["is_first_reply_breached"]], "first_reply_at"),
            _happenings(tickets[tickets["is_resolution_breached"]], "resolved_at"),
        ]
        solved = tickets[tickets["resolved_at"].notna()]
        return {
            LATE: Happenings(
                *(np.concatenate(parts) for parts in zip(*((h.customer, h.at) for h in late), strict=True))
            ),
            LOW: _happenings(tickets[tickets["rating"] <= LOW_RATING], "rated_at"),
            STUCK: _happenings(tickets[is_stuck].assign(stuck_at=stuck_at[is_stuck]), "stuck_at"),
            REOPENED: _happenings(solved[solved["reopen_count"] > 0], "resolved_at"),
            SEVERAL_AGENTS: _happenings(
                solved[(solved["agent_contact_count"] > 1) & ~solved["is_same_agent"]], "resolved_at"
            ),
            ESCALATED: _happenings(solved[solved["is_escalated"]], "resolved_at"),
        }


def customer_history(tickets: pd.DataFrame, customers: pd.DataFrame, until: float) -> CustomerHistory:
    """Put tickets and customers together.

    Args:
        tickets: A row a ticket with the columns customer (place in `customers`, from 0; below 0: unknown),
            created_at, first_reply_at, resolved_at and rated_at (datetime64, UTC), category, rating,
            is_first_reply_breached, is_resolution_breached, is_same_agent, is_escalated, agent_contact_count,
            reopen_count and, if known, is_frustrated.
        customers: A row a customer with customer_type, joined_at and churned_at (datetime64, UTC).
        until: Instant, in seconds since 1970, up to which everything is known.

    A customer who wrote before the recorded day of joining counts as joined from that ticket on. A customer who wrote
    after leaving has come back, and counts as not having left.
    """
    known = tickets[tickets["customer"] >= 0].copy()
    for column in ("created_at", "first_reply_at", "resolved_at", "rated_at"):
        known[column] = _seconds(known[column])
    known.loc[known["rating"].isna(), "rated_at"] = np.nan
    if "is_frustrated" not in known:
        known["is_frustrated"] = False
    place = known["customer"].to_numpy(dtype=np.int64)
    first, last = np.full(len(customers), np.inf), np.full(len(customers), -np.inf)
    np.minimum.at(first, place, known["created_at"].to_numpy())
    np.maximum.at(last, place, known["created_at"].to_numpy())
    start = float(known["created_at"].min()) if len(known) else until
    joined = _seconds(customers["joined_at"])
    joined = np.maximum(np.minimum(np.where(np.isnan(joined), start, joined), first), start)
    left = _seconds(customers["churned_at"])
    left = np.where((left < last) | (left > until) | (left <= joined), np.nan, left)
    types = (
        customers["customer_type"].astype(object).where(customers["customer_type"].notna(), NOT_SET).to_numpy(object)
    )
    return CustomerHistory(start, until, types, joined, left, known.reset_index(drop=True))


def _seconds(instants: "pd.Series[pd.Timestamp]") -> Floats:
    stamps = instants.to_numpy(dtype="datetime64[s]")
    return np.where(np.isnat(stamps), np.nan, stamps.astype(np.int64).astype(float))


def _happenings(rows: pd.DataFrame, column: str) -> Happenings:
    known = rows[rows[column].notna()]
    return Happenings(known["customer"].to_numpy(dtype=np.int64), known[column].to_numpy(dtype=float))
