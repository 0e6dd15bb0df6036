"""Who answers the survey, and which rating they give."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from standalone.bookshop.agents import Agents
from standalone.bookshop.arrivals import Codes, Flags, Floats
from standalone.bookshop.chance import draw_flags
from standalone.bookshop.effects import Effects
from standalone.bookshop.handling import Handling
from standalone.bookshop.opening_hours import Instants
from standalone.bookshop.requests import Requests
from standalone.bookshop.vocabulary import CATEGORIES, CUSTOMER_TYPES, MOODS

_WORST, _BEST = 1, 5
_STEPS: Final = _BEST - _WORST
_REFERENCE_REPLY_SECONDS: Final = 3600
_REFERENCE_RESOLUTION_SECONDS: Final = 4 * 3600
_MOST_YEARS: Final = 5.0
_OFFERED_AFTER_SECONDS: Final = 3600
_MEDIAN_ANSWER_SECONDS: Final = 5 * 3600
_ANSWER_LOG_SD: Final = 1.2


@dataclass(frozen=True, slots=True)
class Ratings:
    """The surveys of a batch of tickets; arrays as in Requests.

    Attributes:
        is_offered: Whether the customer was asked.
        is_answered: Whether the customer answers.
        offered_at: Instant at which the customer is asked.
        rated_at: Instant of the answer.
        score: Rating, 1 to 5.
    """

    is_offered: Flags
    is_answered: Flags
    offered_at: Instants
    rated_at: Instants
    score: Codes


def make_ratings(
    rng: np.random.Generator, requests: Requests, handling: Handling, agents: Agents, effects: Effects
) -> Ratings:
    """Return the surveys of tickets."""
    count = requests.count
    can_rate = ~(requests.is_spam | handling.is_unresolved)
    is_offered = can_rate & draw_flags(rng, effects.response.offered_share, count)
    is_answered = is_offered & draw_flags(rng, _answer_chance(requests, effects), count)
    waited = rng.lognormal(np.log(_MEDIAN_ANSWER_SECONDS), _ANSWER_LOG_SD, count).astype(np.int64)
    offered_at = handling.resolved_at + _OFFERED_AFTER_SECONDS
    expected = _expected_rating(requests, handling, agents, effects, is_answered)
    score = _scattered(rng, expected, effects.rating.extremity)
    return Ratings(is_offered, is_answered, offered_at, offered_at + 1 + waited, score)


def _answer_chance(requests: Requests, effects: Effects) -> Floats:
    response = effects.response
    types = np.array([response.customer_type_odds[name] for name in CUSTOMER_TYPES])
    moods = np.array([response.mood_odds[name] for name in MOODS])
    odds = types[requests.customer_type] * moods[requests.mood]
    yes = response.answered_share * odds
    chance: Floats = yes / np.maximum(yes + 1 - response.answered_share, np.finfo(float).tiny)
    return chance


def _expected_rating(
    requests: Requests, handling: Handling, agents: Agents, effects: Effects, is_answered: Flags
) -> Floats:
    plan = effects.rating
    years = np.minimum(agents.experience_years(handling.agent, requests.created_at), _MOST_YEARS)
    expected: Floats = (
        plan.mean
        + plan.per_log_reply_time * np.log((handling.reply_at - requests.created_at) / _REFERENCE_REPLY_SECONDS)
        + plan.per_log_resolution_time
        * np.log((handling.resolved_at - requests.created_at) / _REFERENCE_RESOLUTION_SECONDS)
        + plan.proactive_update * handling.has_update
        + plan.per_year_of_experience * years
        + agents.rating_shifts[handling.agent]
        + np.array([plan.categories[name] for name in CATEGORIES])[requests.category]
        + np.array([plan.moods[name] for name in MOODS])[requests.mood]
    )
    expected = np.clip(expected, _WORST, _BEST)
    return np.clip(expected - _handover_cost(expected, handling, is_answered, plan.same_agent_ratio), _WORST, _BEST)


def _handover_cost(expected: Floats, handling: Handling, is_answered: Flags, ratio: float) -> Floats:
    """Return the points that tickets with several agents lose.

    It is one number for the whole batch, so that it adds to the other effects. It is chosen so that the mean rating
    with one agent ÷ the mean rating with several agents is the planted ratio.
    """
    several = handling.reply_count > 1
    compared = several & is_answered
    level = float(expected[compared if compared.any() else slice(None)].mean()) if expected.size else 0.0
    return np.where(several & ~handling.is_same_agent, level * (1 - 1 / ratio), 0.0)


def _scattered(rng: np.random.Generator, expected: Floats, extremity: float) -> Codes:
    """Return random ratings with exactly the expected mean: some are a plain 1 or 5, the others are binomial."""
    chance = (expected - _WORST) / _STEPS
    is_extreme = draw_flags(rng, extremity, expected.size)
    extreme = _STEPS * draw_flags(rng, chance, expected.size)
    return _WORST + np.where(is_extreme, extreme, rng.binomial(_STEPS, chance))
