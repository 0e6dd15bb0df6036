"""The made-up customers: there are several types, and a few customers write most of the tickets."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from analytics.time_units import DAY_SECONDS
from standalone.bookshop.arrivals import Codes, Flags, Floats
from standalone.bookshop.effects import Effects
from standalone.bookshop.names import FIRST_NAMES, ORGANISATION_WORDS, PLACES, SURNAMES
from standalone.bookshop.opening_hours import Instants, midnight
from standalone.bookshop.vocabulary import CUSTOMER_TYPES, NEVER

_FEWEST: Final = 60
_FOUNDING_SHARE: Final = 0.55
_YEARS_BEFORE: Final = 5
_ORGANISATIONS: Final = {"school": "School", "library": "Library", "business": "Booksellers"}
_MAIL_HOSTS: Final = ("example.com", "example.org", "example.net", "mail.example", "post.example")


@dataclass(frozen=True, slots=True)
class Customers:
    """All customers of the history; each array has one entry a customer.

    Attributes:
        type_codes: Code of each customer's type.
        weights: How often each writes, relative to others of the type.
        joined_at: Instant at which each became a customer.
        churned_at: Instant at which each left; NEVER for those who stay. It is filled in as the history goes on.
        founders: The first customer of each type, who joined before the history and never leaves.
    """

    type_codes: Codes
    weights: Floats
    joined_at: Instants
    churned_at: Instants
    founders: Codes

    @property
    def count(self) -> int:
        """Number of customers."""
        return self.type_codes.size

    def active(self, at: int) -> Flags:
        """Say who has joined and has not left at an instant."""
        flags: Flags = (self.joined_at <= at) & (self.churned_at == NEVER)
        return flags

    def draw(self, rng: np.random.Generator, type_codes: Codes, at: int) -> Codes:
        """Return, for each wanted type, a random customer who is active at an instant."""
        active = np.where(self.active(at), self.weights, 0.0)
        drawn = np.empty(type_codes.size, dtype=np.int64)
        for code in range(len(CUSTOMER_TYPES)):
            wanted = np.flatnonzero(type_codes == code)
            members = np.flatnonzero(self.type_codes == code)
            cumulative = np.cumsum(active[members])
            place = np.searchsorted(cumulative, rng.random(wanted.size) * cumulative[-1], side="right")
            drawn[wanted] = members[place]
        return drawn


def make_customers(rng: np.random.Generator, tickets: int, effects: Effects, first: date, until: date) -> Customers:
    """Return the customers of a history."""
    plan = effects.customers
    count = max(_FEWEST, round(tickets / plan.tickets_per_customer))
    shares = np.array([plan.type_shares[name] for name in CUSTOMER_TYPES])
    types = rng.choice(len(CUSTOMER_TYPES), count, p=shares / shares.sum())
    founders = np.arange(len(CUSTOMER_TYPES))
    types[founders] = founders
    start, end = midnight(first), midnight(until)
    joined = np.where(
        rng.random(count) < _FOUNDING_SHARE,
        start - rng.integers(1, _YEARS_BEFORE * 365 * DAY_SECONDS, count),
        rng.integers(start, end, count),
    )
    joined[founders] = start - rng.integers(1, _YEARS_BEFORE * 365, founders.size) * DAY_SECONDS
    weights = rng.lognormal(0.0, plan.log_sd, count)
    return Customers(types, weights, joined, np.full(count, NEVER), founders)


def customer_names(rng: np.random.Generator, customers: Customers) -> tuple[list[str], list[str]]:
    """Return the customers' names and their e-mail addresses, all on reserved domains and all different."""
    first = rng.integers(0, len(FIRST_NAMES), customers.count).tolist()
    last = rng.integers(0, len(SURNAMES), customers.count).tolist()
    places = rng.integers(0, len(PLACES), customers.count).tolist()
    words = rng.integers(0, len(ORGANISATION_WORDS), customers.count).tolist()
    hosts = rng.integers(0, len(_MAIL_HOSTS), customers.count).tolist()
    names, addresses = [], []
    for number, code in enumerate(customers.type_codes.tolist()):
        given, surname = FIRST_NAMES[first[number]], SURNAMES[last[number]]
        kind = _ORGANISATIONS.get(CUSTOMER_TYPES[code])
        if kind is None:
            names.append(f"{given} {surname}")
            addresses.append(f"{given}.{surname}{number}@{_MAIL_HOSTS[hosts[number]]}".lower())
        else:
            word = ORGANISATION_WORDS[words[number]]
            names.append(f"{word} {kind} {PLACES[places[number]]}")
            addresses.append(f"{given}@{word}-{kind}{number}.example".lower())
    return names, addresses
