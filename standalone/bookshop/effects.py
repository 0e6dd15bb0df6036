"""The effects planted in a desk, as values; `effects.toml` documents each entry."""

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Desk:
    """Length and imperfections of the history; shares are of all tickets."""

    months: int
    uncategorised_share: float
    misfiled_share: float
    spam_share: float
    unresolved_share: float
    is_always_open: bool


@dataclass(frozen=True, slots=True)
class Volume:
    """When tickets come."""

    growth_per_year: float
    day_noise: float
    public_holiday_factor: float
    weekday_factors: tuple[float, ...]
    category_shares: Table
    hour_factors: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class SeasonLift:
    """A season: on some days some categories bring 1 + lift times as many tickets."""

    lift: float
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Full resolution time in opening hours, and what happens on the way."""

    log_sd: float
    escalation_factor: float
    hold_share: float
    mean_hours: Table
    priority_factors: Table
    escalation_shares: Table
    reopen_shares: Table


@dataclass(frozen=True, slots=True)
class Reply:
    """How tickets are answered."""

    one_touch_share: float
    mean_share_of_resolution: float
    proactive_share: float
    same_agent_share: float
    channel_factors: Table


@dataclass(frozen=True, slots=True)
class Rating:
    """What moves the expected rating, in points of 1 to 5."""

    mean: float
    per_log_reply_time: float
    per_log_resolution_time: float
    same_agent_ratio: float
    proactive_update: float
    per_year_of_experience: float
    extremity: float
    categories: Table
    moods: Table


@dataclass(frozen=True, slots=True)
class Response:
    """Who answers the survey."""

    offered_share: float
    answered_share: float
    customer_type_odds: Table
    mood_odds: Table


@dataclass(frozen=True, slots=True)
class Churn:
    """Why customers leave."""

    memory_days: int
    breach_hazard_ratio: float
    low_rating_hazard_ratio: float
    unresolved_hazard_ratio: float
    monthly_hazards: Table


@dataclass(frozen=True, slots=True)
class Promise:
    """Opening minutes within which the desk has promised to act, by priority."""

    first_reply_minutes: Table
    resolution_minutes: Table


@dataclass(frozen=True, slots=True)
class Customers:
    """Who writes, and how often."""

    tickets_per_customer: float
    log_sd: float
    out_of_term_factor: float
    type_shares: Table
    ticket_shares: Table


@dataclass(frozen=True, slots=True)
class Texts:
    """Languages and clarity of the messages."""

    setswana_share: float
    mixed_share: float
    vague_share: float


@dataclass(frozen=True, slots=True)
class AgentDifferences:
    """How far agents differ; 0 makes them alike."""

    scale: float


@dataclass(frozen=True, slots=True)
class Agent:
    """One invented agent; days count back from the end of the history."""

    name: str
    team: str
    hired_days_before: int
    time_factor: float
    rating_shift: float
    weight: float
    left_days_before: int | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything planted in a desk; `effects.toml` documents each entry."""

    desk: Desk
    volume: Volume
    season: Mapping[str, SeasonLift]
    resolution: Resolution
    reply: Reply
    rating: Rating
    response: Response
    churn: Churn
    promise: Promise
    customers: Customers
    texts: Texts
    agent_differences: AgentDifferences
    agents: tuple[Agent, ...]
