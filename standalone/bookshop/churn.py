"""Why customers leave: a hazard that recent bad experiences multiply."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analytics.time_units import DAY_SECONDS, MEAN_MONTH_DAYS
from analytics.vocabulary import PRIORITIES
from standalone.bookshop.arrivals import Codes, Flags
from standalone.bookshop.customers import Customers
from standalone.bookshop.effects import Effects, Table
from standalone.bookshop.handling import Handling
from standalone.bookshop.opening_hours import Instants
from standalone.bookshop.ratings import Ratings
from standalone.bookshop.requests import Requests
from standalone.bookshop.vocabulary import CUSTOMER_TYPES

BREACH, LOW_RATING, UNRESOLVED = range(3)
_KINDS: Final = 3
_LOW_RATING: Final = 2
_UNRESOLVED_SECONDS: Final = 14 * DAY_SECONDS
_LONG_AGO: Final = -(1 << 60)


@dataclass(frozen=True, slots=True)
class Experience:
    """One kind of bad experience in a batch: which customers had it, and when."""

    kind: int
    customer: Codes
    at: Instants


@dataclass(slots=True)
class ChurnBook:
    """Records customers' bad experiences, and decides who leaves.

    Attributes:
        customers: All customers; `churned_at` is written here.
        effects: The hazards.
        latest: Latest bad experience so far, by kind and customer.
        waiting: Experiences after the last instant that was settled.
    """

    customers: Customers
    effects: Effects
    latest: Instants
    waiting: list[Experience] = field(default_factory=list)

    @classmethod
    def of(cls, customers: Customers, effects: Effects) -> "ChurnBook":
        """Return an empty book."""
        return cls(customers, effects, np.full((_KINDS, customers.count), _LONG_AGO))

    def note(self, requests: Requests, handling: Handling, ratings: Ratings) -> None:
        """Record the bad experiences of a batch of tickets."""
        real = ~requests.is_spam
        breached_at = np.where(
            _is_late(handling.reply_seconds, handling.priority, self.effects.promise.first_reply_minutes),
            handling.reply_at,
            handling.resolved_at,
        )
        late = real & ~handling.is_unresolved & is_breached(handling, self.effects)
        low = ratings.is_answered & (ratings.score <= _LOW_RATING)
        stuck = real & handling.is_unresolved
        self.waiting += [
            Experience(BREACH, requests.customer[late], breached_at[late]),
            Experience(LOW_RATING, requests.customer[low], ratings.rated_at[low]),
            Experience(UNRESOLVED, requests.customer[stuck], requests.created_at[stuck] + _UNRESOLVED_SECONDS),
        ]

    def settle(self, rng: np.random.Generator, start: int, end: int) -> None:
        """Decide who leaves between two instants, by the experiences before the first instant."""
        self._remember(start)
        churn = self.effects.churn
        ratios = (churn.breach_hazard_ratio, churn.low_rating_hazard_ratio, churn.unresolved_hazard_ratio)
        hazard = np.array([churn.monthly_hazards[name] for name in CUSTOMER_TYPES])[self.customers.type_codes]
        for ratio, latest in zip(ratios, self.latest, strict=True):
            hazard = hazard * np.where(latest > start - churn.memory_days * DAY_SECONDS, ratio, 1.0)
        months = (end - start) / (DAY_SECONDS * MEAN_MONTH_DAYS)
        leaves = rng.random(hazard.size) < 1 - np.exp(-hazard * months)
        leaves &= self.customers.active(start)
        leaves[self.customers.founders] = False
        self.customers.churned_at[leaves] = rng.integers(start, end, int(leaves.sum()))

    def _remember(self, start: int) -> None:
        ahead = []
        for each in self.waiting:
            past = each.at <= start
            np.maximum.at(self.latest[each.kind], each.customer[past], each.at[past])
            if not past.all():
                ahead.append(Experience(each.kind, each.customer[~past], each.at[~past]))
        self.waiting = ahead


def is_breached(handling: Handling, effects: Effects) -> Flags:
    """Say for each ticket whether the first reply or the resolution came later than promised for its last priority."""
    promise = effects.promise
    late_reply = _is_late(handling.reply_seconds, handling.priority, promise.first_reply_minutes)
    return late_reply | _is_late(handling.resolution_seconds, handling.priority, promise.resolution_minutes)


def _is_late(seconds: Instants, priority: Codes, minutes: Table) -> Flags:
    promised = np.array([minutes[name] for name in PRIORITIES])
    late: Flags = seconds > promised[priority] * 60
    return late
