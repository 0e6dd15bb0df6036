"""Who answers surveys, and therefore whose satisfaction is known."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.intervals import wilson_interval
from analytics.vocabulary import NOT_SET

SPLITS: Final = ("customer_type", "category", "channel")
LEAST_OFFERED: Final = 30


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """Surveys offered and answered, for one kind of ticket.

    Attributes:
        dimension: One of `SPLITS`, or "" for all tickets.
        value: "~" is not set.
        offered: Surveys sent, or solved tickets where the desk does not record who was asked.
        answered: Ratings given.
        low: Lower end of the 95 % interval of answered ÷ offered (Wilson, J. Am. Statist. Ass. 22, 1927).
        high: Upper end.
    """

    dimension: str
    value: str
    offered: int
    answered: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Share that answered."""
        return self.answered / self.offered if self.offered else 0.0


def response_rates(tickets: pd.DataFrame) -> list[ResponseRate]:
    """Return the response rate of all tickets, then of each kind with 30 surveys or more, by dimension.

    Args:
        tickets: As `RatedTickets.of` takes them, with is_offered (a survey was sent) and is_resolved.
    """
    asked = tickets[tickets["is_offered"] | tickets["rating"].notna()]
    if not bool(tickets["is_offered"].any()):
        asked = tickets[tickets["is_resolved"] | tickets["rating"].notna()]
    rates = [_rate("", "", asked)]
    for dimension in SPLITS:
        groups = asked[dimension].astype(object).where(asked[dimension].notna(), NOT_SET)
        rates += [_rate(dimension, str(value), asked[groups == value]) for value in sorted(groups.unique(), key=str)]
    return [rate for rate in rates if not rate.dimension or rate.offered >= LEAST_OFFERED]


def _rate(dimension: str, value: str, rows: pd.DataFrame) -> ResponseRate:
    offered, answered = len(rows), int(rows["rating"].notna().sum())
    low, high = wilson_interval(answered, offered)
    return ResponseRate(dimension, value, offered, answered, low, high)
