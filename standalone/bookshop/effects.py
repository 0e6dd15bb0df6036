"""The table of planted effects, read from TOML and checked."""

import math
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from analytics.errors import SupportAnalyticsError
from standalone.bookshop.vocabulary import TEAMS

DEFAULT_FILE: Final = Path(__file__).with_name("effects.toml")
NEUTRAL_FILE: Final = Path(__file__).with_name("neutral_effects.toml")

Table = Mapping[str, float]

_SHARE_ENDINGS: Final = ("_share", "_shares", "extremity")
_ANY_SIGN: Final = ("lift", "growth_per_year", "rating", "rating_shift")
_POSITIVE: Final = (
    "time_factor",
    "weight",
    "mean_hours",
    "tickets_per_customer",
    "_factors",
    "_factor",
    "_ratio",
    "months",
)
_DAYS_PER_MONTH: Final = 31


class BadEffectsError(SupportAnalyticsError):
    """A table of effects names something unknown or holds a value that cannot be used."""

    def __init__(self, place: str, problem: str) -> None:
        """Name the place in the file and what is wrong there."""
        super().__init__(
            f"The effects are wrong at {place}: {problem}.", "standalone/bookshop/effects.toml documents every entry."
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Size and imperfections of the history; shares are of all tickets."""

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
    """More tickets of some categories on some days: 1 + lift times as many."""

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


def read_effects(path: Path | None = None) -> Effects:
    """Return the default effects, changed by what a TOML file says.

    Raises:
        BadEffectsError: If the file is no TOML, names something unknown, or a value cannot be used.
        OSError: If the file cannot be read.
    """
    document = _parsed(DEFAULT_FILE)
    if path is not None:
        _merge(document, _parsed(path), "")
    agents = tuple(_agent(row, f"agents[{place}]") for place, row in enumerate(document.pop("agents")))
    _check_teams(agents, document["desk"]["months"])
    season = {name: SeasonLift(row["lift"], tuple(row["categories"])) for name, row in document.pop("season").items()}
    sections = {each.name: each.type for each in fields(Effects) if each.name in document}
    built = {name: kind(**_frozen(document[name])) for name, kind in sections.items() if callable(kind)}
    return Effects(**built, season=season, agents=agents)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadEffectsError(path.name, "it is not TOML") from error


def _merge(base: dict[str, Any], changes: dict[str, Any], place: str) -> None:
    for key, value in changes.items():
        here = f"{place}{key}"
        if key not in base:
            raise BadEffectsError(here, "there is no such entry")
        if isinstance(base[key], dict) and isinstance(value, dict):
            _merge(base[key], value, f"{here}.")
        else:
            base[key] = deepcopy(_checked(here, value, base[key]))


def _checked(place: str, value: object, default: object) -> object:
    """Return a value that has the shape of the default it replaces."""
    if isinstance(default, list):
        _check_list(place, value, default)
    elif isinstance(default, bool) or isinstance(value, bool) or isinstance(default, str):
        if type(value) is not type(default):
            raise BadEffectsError(place, f"{type(default).__name__} expected")
    elif isinstance(value, int | float):
        _check_number(place, value)
    else:
        raise BadEffectsError(place, "number expected")
    return value


def _check_list(place: str, value: object, default: list[object]) -> None:
    if not isinstance(value, list) or not value:
        raise BadEffectsError(place, "a list is expected")
    if default and isinstance(default[0], float):
        if len(value) != len(default):
            raise BadEffectsError(place, f"{len(default)} numbers expected")
        for each in value:
            _checked(place, each, 1.0)


def _check_number(place: str, value: float) -> None:
    section, _, _ = place.partition(".")
    parts = place.split(".")
    if not math.isfinite(value):
        raise BadEffectsError(place, "a finite number is expected")
    if any(part.endswith(_SHARE_ENDINGS) for part in parts) and not 0 <= value <= 1:
        raise BadEffectsError(place, "a share between 0 and 1 is expected")
    if any(part.endswith(_POSITIVE) for part in parts) and value <= 0:
        raise BadEffectsError(place, "a number above 0 is expected")
    if value <= -1 and parts[-1] in {"lift", "growth_per_year"}:
        raise BadEffectsError(place, "more than -1 is expected")
    if value < 0 and section not in _ANY_SIGN and parts[-1] not in _ANY_SIGN:
        raise BadEffectsError(place, "a number that is not negative is expected")


def _agent(row: Mapping[str, Any], place: str) -> Agent:
    known = {each.name for each in fields(Agent)}
    if unknown := set(row) - known:
        raise BadEffectsError(place, f"there is no such entry as {min(unknown)!r}")
    if missing := known - set(row) - {"left_days_before"}:
        raise BadEffectsError(place, f"{min(missing)} is missing")
    for key, value in row.items():
        _checked(f"{place}.{key}", value, "" if key in {"name", "team"} else 1.0)
    if row["team"] not in TEAMS:
        raise BadEffectsError(f"{place}.team", f"one of {', '.join(TEAMS)} is expected")
    return Agent(**row)


def _check_teams(agents: tuple[Agent, ...], months: int) -> None:
    for team in TEAMS:
        lasting = (
            agent.hired_days_before >= months * _DAYS_PER_MONTH and agent.left_days_before is None
            for agent in agents
            if agent.team == team
        )
        if not any(lasting):
            raise BadEffectsError("agents", f"team {team!r} needs somebody who is there from beginning to end")
    if len({agent.name for agent in agents}) < len(agents):
        raise BadEffectsError("agents", "two agents have the same name")


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    """Return the table with tuples for lists, also one level down."""
    return {key: _tuple(value) for key, value in table.items()}


def _tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {key: _tuple(inner) for key, inner in value.items()}
    return value
