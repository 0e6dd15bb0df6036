"""What customers ask for: the part of a ticket that is known when it is created."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.vocabulary import PRIORITIES
from standalone.bookshop.arrivals import Codes, Flags, Floats
from standalone.bookshop.chance import draw_codes, draw_flags, normalised
from standalone.bookshop.customers import Customers
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import Instants, OpeningHours
from standalone.bookshop.vocabulary import CATEGORIES, CUSTOMER_TYPES, URGENCIES

# How often each customer type writes about each category, relative to its share of all tickets.
_AFFINITIES: Final = np.array(
    [
        [0.95, 1.00, 1.30, 1.40, 0.90],
        [0.90, 0.95, 0.80, 1.05, 1.30],
        [1.05, 1.20, 1.10, 0.50, 1.20],
        [1.00, 1.15, 0.95, 0.75, 0.85],
        [0.90, 1.10, 1.05, 1.20, 1.20],
    ]
)
_AFFINITY_TYPES: Final = ("individual", "student", "teacher", "school", "business")
_LIBRARY_AFFINITY: Final = 1.0
_URGENCY_SHARES: Final = np.array(
    [
        [0.16, 0.60, 0.18, 0.06],
        [0.14, 0.56, 0.22, 0.08],
        [0.10, 0.50, 0.27, 0.13],
        [0.20, 0.58, 0.17, 0.05],
        [0.38, 0.52, 0.08, 0.02],
    ]
)
_MOOD_SHARES: Final = np.array(
    [[0.20, 0.64, 0.16], [0.24, 0.68, 0.08], [0.32, 0.62, 0.06], [0.36, 0.58, 0.06], [0.08, 0.68, 0.24]]
)
_PRESSED_MOOD_FACTORS: Final = np.array([[0.7, 1.0, 1.4], [1.0, 1.0, 1.0], [1.3, 1.0, 0.7], [1.7, 1.0, 0.4]])
_OPEN_CHANNELS: Final = np.array([0.38, 0.16, 0.06, 0.17, 0.23])
_CLOSED_CHANNELS: Final = np.array([0.56, 0.32, 0.12, 0.0, 0.0])
# Share of tickets that get the priority of the rule; the others are left at "medium".
_RULE_KEPT_SHARE: Final = 0.92
_TERM_TYPES: Final = ("student", "teacher", "school")
_READERS: Final = ("individual", "student", "teacher")
_MEDIUM: Final = PRIORITIES.index("medium")


@dataclass(frozen=True, slots=True)
class Requests:
    """A batch of tickets as they came in; each array has one entry a ticket, in order of creation."""

    created_at: Instants
    day: Codes
    category: Codes
    text_category: Codes
    customer_type: Codes
    customer: Codes
    urgency: Codes
    priority: Codes
    mood: Codes
    channel: Codes
    language: Codes
    is_spam: Flags
    is_uncategorised: Flags

    @property
    def count(self) -> int:
        """Number of tickets."""
        return self.created_at.size


def type_shares(effects: Effects) -> Floats:
    """Return the chance of each customer type, by whether schools are in session (0 no, 1 yes) and category."""
    shares = np.array([effects.customers.ticket_shares[name] for name in CUSTOMER_TYPES])
    affinity = np.full((len(CATEGORIES), len(CUSTOMER_TYPES)), _LIBRARY_AFFINITY)
    affinity[:, [CUSTOMER_TYPES.index(name) for name in _AFFINITY_TYPES]] = _AFFINITIES
    away = np.where(np.isin(CUSTOMER_TYPES, _TERM_TYPES), effects.customers.out_of_term_factor, 1.0)
    return np.stack([normalised(shares * affinity * away), normalised(shares * affinity)])


def priority_shares() -> Floats:
    """Return the chance of each priority, by customer type and urgency: staff mostly follow the priority rules."""
    shares = np.zeros((len(CUSTOMER_TYPES), len(URGENCIES), len(PRIORITIES)))
    for type_code, customer_type in enumerate(CUSTOMER_TYPES):
        for urgency_code, urgency in enumerate(URGENCIES):
            ruled = PRIORITIES.index(_ruled_priority(customer_type, urgency))
            shares[type_code, urgency_code, ruled] += _RULE_KEPT_SHARE
            shares[type_code, urgency_code, _MEDIUM] += 1 - _RULE_KEPT_SHARE
    return shares


def urgency_shares() -> Floats:
    """Return the chance of each urgency by category."""
    return _URGENCY_SHARES


def make_requests(
    rng: np.random.Generator,
    arrived: tuple[Instants, Codes, Codes],
    is_term: Flags,
    customers: Customers,
    hours: OpeningHours,
    effects: Effects,
) -> Requests:
    """Return the tickets for instants, categories and days of arrival."""
    created_at, category, day = arrived
    count = created_at.size
    customer_type = draw_codes(rng, type_shares(effects)[is_term[day].astype(np.int64), category])
    urgency = draw_codes(rng, _URGENCY_SHARES[category])
    is_misfiled = draw_flags(rng, effects.desk.misfiled_share, count)
    elsewhere = (category + rng.integers(1, len(CATEGORIES), count)) % len(CATEGORIES)
    return Requests(
        created_at=created_at,
        day=day,
        category=category,
        text_category=np.where(is_misfiled, elsewhere, category),
        customer_type=customer_type,
        customer=customers.draw(rng, customer_type, int(created_at[0])) if count else category,
        urgency=urgency,
        priority=draw_codes(rng, priority_shares()[customer_type, urgency]),
        mood=draw_codes(rng, normalised(_MOOD_SHARES[category] * _PRESSED_MOOD_FACTORS[urgency])),
        channel=draw_codes(rng, np.where(hours.is_open(created_at)[:, None], _OPEN_CHANNELS, _CLOSED_CHANNELS)),
        language=_languages(rng, customer_type, effects),
        is_spam=draw_flags(rng, effects.desk.spam_share, count),
        is_uncategorised=draw_flags(rng, effects.desk.uncategorised_share, count),
    )


def _ruled_priority(customer_type: str, urgency: str) -> str:
    """Return the priority by the rules that a new desk starts with; the first rule that matches counts."""
    if urgency == "urgent" or (customer_type == "school" and urgency == "high"):
        return "urgent"
    if urgency == "high" or customer_type in {"school", "business"}:
        return "high"
    return "low" if urgency == "low" else "medium"


def _languages(rng: np.random.Generator, customer_type: Codes, effects: Effects) -> Codes:
    texts = effects.texts
    factor = np.where(np.isin(CUSTOMER_TYPES, _READERS), 1.0, 0.5)
    setswana, mixed = factor * texts.setswana_share, factor * texts.mixed_share
    shares = np.stack([1 - setswana - mixed, setswana, mixed], axis=1)
    return draw_codes(rng, shares[customer_type])
