"""Customers and their tickets with known dates, for tests of leaving."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analytics.churn.history import CustomerHistory, customer_history
from analytics.time_units import DAY_SECONDS

START = pd.Timestamp("2024-01-01")


def day(number: float) -> pd.Timestamp:
    """Return an instant so many days after the start."""
    return START + pd.Timedelta(days=number)


def ticket(customer: int, at: float, **columns: Any) -> dict[str, Any]:
    """Return a ticket written on a day, solved an hour later, unremarkable but for the columns given."""
    solved = day(at + 1 / 24)
    usual = {
        "ticket_id": 0,
        "customer": customer,
        "created_at": day(at),
        "first_reply_at": solved,
        "resolved_at": solved,
        "rated_at": pd.NaT,
        "rating": np.nan,
        "category": "order",
        "is_first_reply_breached": False,
        "is_resolution_breached": False,
        "is_same_agent": True,
        "is_escalated": False,
        "agent_contact_count": 1,
        "reopen_count": 0,
    }
    return {**usual, **columns}


def made_history(
    tickets: Sequence[dict[str, Any]], left: Sequence[float | None], end: float = 400, types: Sequence[str] = ()
) -> CustomerHistory:
    """Return a history of customers that all joined at the start.

    Args:
        tickets: From `ticket`.
        left: Day each customer left; None for those still there.
        end: Last day.
        types: Of each customer; all "individual" if not given.
    """
    instants = ("created_at", "first_reply_at", "resolved_at", "rated_at")
    frame = pd.DataFrame(tickets or [ticket(0, 0)]).iloc[: len(tickets)]
    frame = frame.astype(dict.fromkeys(instants, "datetime64[s]")).assign(ticket_id=range(1, len(frame) + 1))
    customers = pd.DataFrame(
        {
            "customer_type": list(types) or ["individual"] * len(left),
            "joined_at": pd.Series([START] * len(left), dtype="datetime64[s]"),
            "churned_at": pd.Series([pd.NaT if each is None else day(each) for each in left], dtype="datetime64[s]"),
        }
    )
    return customer_history(frame, customers, START.timestamp() + end * DAY_SECONDS)
