"""The tickets with a rating, in the form that every analysis of satisfaction reads."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.time_units import YEAR_MONTHS
from analytics.vocabulary import NOT_SET

Floats = npt.NDArray[np.float64]

REPLY, RESOLUTION, CONTACTS = "first_reply_time", "resolution_time", "contacts"
SEVERAL_AGENTS, PROACTIVE, EXPERIENCE = "several_agents", "proactive_update", "agent_experience"
DRIVERS: Final = (REPLY, RESOLUTION, CONTACTS, SEVERAL_AGENTS, PROACTIVE, EXPERIENCE)
CONTROLS: Final = ("category", "priority", "channel", "customer_type", "agent")
"""Controls in the order in which they are added, as long as there are enough ratings."""

_TOP_BOX: Final = 4
_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class RatedTickets:
    """Tickets with a rating, a first reply time and a resolution time; every field has one row a ticket, in one order.

    Attributes:
        ratings: 1 to 5.
        drivers: A column for each of `DRIVERS`: times as log2 of calendar seconds (so that 1 more is twice as long),
            contacts as a count, several agents and proactive update as 0 or 1, experience in years.
        controls: A column of words for each of `CONTROLS`; "~" is not set.
        customers: Who rated, so that ratings by one person can be recognised.
    """

    ratings: Floats
    drivers: pd.DataFrame
    controls: pd.DataFrame
    customers: npt.NDArray[np.int64]

    @classmethod
    def of(cls, tickets: pd.DataFrame) -> "RatedTickets":
        """Select the rated tickets.

        Args:
            tickets: A row a ticket with the columns rating (1 to 5 or NaN), first_reply_seconds and
                resolution_seconds (calendar clock, NaN: unknown), contact_count, agent_contact_count, is_same_agent,
                proactive_update_count, agent_experience_months (NaN: unknown), customer (any value that tells
                customers apart) and, as words, those of `CONTROLS`, where `agent` is who resolved it.
        """
        known = (
            tickets["rating"].notna() & tickets["first_reply_seconds"].notna() & tickets["resolution_seconds"].notna()
        )
        rated = tickets[known]
        experience = rated["agent_experience_months"].astype(float) / YEAR_MONTHS
        several = (rated["agent_contact_count"] > 1) & ~rated["is_same_agent"].astype(bool)
        drivers = pd.DataFrame(
            {
                REPLY: np.log2(rated["first_reply_seconds"].astype(float).clip(lower=_SECONDS)),
                RESOLUTION: np.log2(rated["resolution_seconds"].astype(float).clip(lower=_SECONDS)),
                CONTACTS: rated["contact_count"].astype(float),
                SEVERAL_AGENTS: several.astype(float),
                PROACTIVE: (rated["proactive_update_count"] > 0).astype(float),
                EXPERIENCE: experience.fillna(experience.mean()).fillna(0.0),
            }
        ).reset_index(drop=True)
        controls = rated[list(CONTROLS)].astype(object).where(rated[list(CONTROLS)].notna(), NOT_SET).astype(str)
        customers = pd.factorize(rated["customer"])[0].astype(np.int64)
        # Unknown customers may be different people, so each counts as a separate customer.
        unknown = customers < 0
        customers[unknown] = customers.max(initial=-1) + 1 + np.arange(int(unknown.sum()))
        return cls(rated["rating"].to_numpy(dtype=float), drivers, controls.reset_index(drop=True), customers)

    @property
    def count(self) -> int:
        """Number of ratings."""
        return self.ratings.size

    @property
    def customer_count(self) -> int:
        """Number of people who rated."""
        return int(np.unique(self.customers).size)

    @property
    def is_good(self) -> npt.NDArray[np.bool_]:
        """Whether each rating is a 4 or 5, as CSAT counts them."""
        good: npt.NDArray[np.bool_] = self.ratings >= _TOP_BOX
        return good
