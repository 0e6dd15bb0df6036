"""The correlation matrix the satisfaction analysis began with."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.time_units import HOUR_SECONDS

METHODS: Final = ("pearson", "spearman")
_LEAST_PAIRS: Final = 3


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two things go together.

    Attributes:
        method: "pearson" (straight line) or "spearman" (ranks: one rises with the other, in whatever shape).
        variable: A column of `correlation_variables`.
        other: Another.
        coefficient: -1 to 1; None with too few pairs, or where one of the two never changes.
        n: Tickets for which both are known.
    """

    method: str
    variable: str
    other: str
    coefficient: float | None
    n: int


def correlation_variables(tickets: pd.DataFrame) -> pd.DataFrame:
    """Return the columns to correlate, of the rated tickets only.

    Args:
        tickets: As `RatedTickets.of` takes them.
    """
    rated = tickets[tickets["rating"].notna()]
    return pd.DataFrame(
        {
            "rating": rated["rating"].astype(float),
            "resolution_hours": rated["resolution_seconds"].astype(float) / HOUR_SECONDS,
            "first_reply_hours": rated["first_reply_seconds"].astype(float) / HOUR_SECONDS,
            "contact_count": rated["contact_count"].astype(float),
            "agent_experience_months": rated["agent_experience_months"].astype(float),
        }
    )


def correlation_matrix(table: pd.DataFrame) -> list[Correlation]:
    """Return Pearson's and Spearman's correlations of every pair of columns, each over the rows where both are known.

    The same as R's `cor(x, use = "pairwise.complete.obs", method = ...)`. Spearman's is Pearson's correlation of the
    ranks among the rows of the pair; ties share their mean rank.

    Args:
        table: Columns of numbers, NaN where unknown.
    """
    names = list(table.columns)
    return [
        _pair(method, table, names[place], other)
        for method in METHODS
        for place in range(len(names))
        for other in names[place + 1 :]
    ]


def _pair(method: str, table: pd.DataFrame, name: str, other: str) -> Correlation:
    both = table[[name, other]].dropna()
    if method == "spearman":
        both = both.rank()
    is_computable = len(both) >= _LEAST_PAIRS and bool((both.max() > both.min()).all())
    coefficient = float(both[name].corr(both[other])) if is_computable else None
    return Correlation(method, name, other, coefficient, len(both))
