"""How long customers had which recent experiences, and how many left in that time."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.churn.history import CustomerHistory, Happenings
from analytics.time_units import DAY_SECONDS

MEMORY_DAYS: Final = 180
"""An experience counts for this long; later departures are not attributed to it."""
ACTIVITY: Final = "activity"
_MOST_TICKETS: Final = 3


def person_time(
    history: CustomerHistory, happenings: Mapping[str, Happenings], memory_days: int = MEMORY_DAYS
) -> pd.DataFrame:
    """Return days and departures by customer type, activity and recent experiences.

    An event is *in memory* for `memory_days` after it happens. Every customer's time from joining to leaving (or the
    end) is cut wherever an event enters or leaves the memory. Pieces that are alike are added up. This loses nothing:
    the likelihood of a hazard that is constant in each piece depends on the sums alone (Laird and Olivier, J. Am.
    Statist. Ass. 76, 1981).

    Args:
        history: The customers.
        happenings: Name -> events to distinguish by.
        memory_days: How long an event counts.

    Returns:
        A row for each combination that occurs: customer_type, activity (tickets in memory: 0, 1, 2, or 3 for more), for
        each name whether such an event is in memory (0 or 1), days, departures.
    """
    names = (ACTIVITY, *happenings)
    exit_at = np.where(np.isfinite(history.churned_at), history.churned_at, history.end)
    ends = np.arange(history.count)
    # One row for each change of a count: the entry and exit of a customer change none.
    parts = [(ends, history.joined_at, np.full(history.count, -1), 0), (ends, exit_at, np.full(history.count, -1), 0)]
    for place, each in enumerate((history.created(), *happenings.values())):
        begins = np.clip(each.at, history.joined_at[each.customer], exit_at[each.customer])
        ceases = np.clip(each.at + memory_days * DAY_SECONDS, history.joined_at[each.customer], exit_at[each.customer])
        parts += [(each.customer, begins, np.full(each.at.size, place), 1)]
        parts += [(each.customer, ceases, np.full(each.at.size, place), -1)]
    customer, at, kind = (np.concatenate([part[field] for part in parts]) for field in range(3))
    step = np.concatenate([np.full(part[0].size, part[3]) for part in parts])
    order = np.lexsort((at, customer))
    customer, at, kind, step = customer[order], at[order], kind[order], step[order]
    pieces = {"customer_type": history.types[customer]}
    for place, name in enumerate(names):
        running = np.cumsum(np.where(kind == place, step, 0))
        # Every event that entered the memory has left it by the customer's exit, so sums start at 0 for the next.
        pieces[name] = np.minimum(running, _MOST_TICKETS if name == ACTIVITY else 1)
    days = np.append(np.diff(at), 0.0) / DAY_SECONDS
    days[np.append(customer[1:] != customer[:-1], True)] = 0.0
    lasts = (days > 0) & (np.append(at[1:], np.nan) == exit_at[customer])
    left = lasts & np.isfinite(history.churned_at)[customer]
    table = pd.DataFrame({**pieces, "days": days, "departures": left.astype(float)})
    return table[table["days"] > 0].groupby(["customer_type", *names], as_index=False)[["days", "departures"]].sum()
