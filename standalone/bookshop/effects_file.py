"""Reads and checks tables of effects."""

import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from analytics.errors import SupportAnalyticsError
from standalone.bookshop.effects import Agent, Effects, SeasonLift
from standalone.bookshop.vocabulary import CATEGORIES, TEAMS
from storage.given_file import read_given_text, shown
from storage.given_toml import toml_table

DEFAULT_FILE: Final = Path(__file__).with_name("effects.toml")
NEUTRAL_FILE: Final = Path(__file__).with_name("neutral_effects.toml")

_DAYS_PER_MONTH: Final = 31
_AGENTS: Final = "agents"
_OPTIONAL: Final = {"left_days_before"}
# Lowest and highest value of a number, by its place in the file; the first pattern that matches counts.
_BOUNDS: Final = (
    ("desk.months", 1, 240),
    ("reply.mean_share_of_resolution", 0.01, 0.99),
    ("reply.channel_factors.*", 0.01, 10),
    ("customers.tickets_per_customer", 1, 1_000_000),
    ("*.log_sd", 0, 5),
    ("volume.day_noise", 0, 2),
    ("*_share", 0, 1),
    ("*_shares.*", 0, 1),
    ("rating.extremity", 0, 1),
    ("season.*.lift", -0.99, 100),
    ("volume.growth_per_year", -0.99, 100),
    ("rating.same_agent_ratio", 0.2, 5),
    ("rating.*", -10, 10),
    ("agents.*.rating_shift", -5, 5),
    ("agents.*.time_factor", 0.01, 100),
    ("agents.*.weight", 0.001, 1000),
    ("agent_differences.scale", 0, 10),
    ("churn.*_ratio", 0, 1000),
    ("resolution.mean_hours.*", 0.02, 1000),
    ("resolution.*factor*", 0.01, 100),
    ("*", 0, 100_000),
)
_ADD_UP_TO_SOMETHING: Final = (
    ("volume", "category_shares"),
    ("customers", "type_shares"),
    ("customers", "ticket_shares"),
)


class BadEffectsError(SupportAnalyticsError):
    """A table of effects has an unknown entry or a value that cannot be used."""

    def __init__(self, place: str, problem: str) -> None:
        """Name the place in the file and what is wrong there."""
        super().__init__(
            f"The effects are wrong at {place}: {problem}.", "standalone/bookshop/effects.toml documents every entry."
        )


def read_effects(path: Path | None = None) -> Effects:
    """Return the default effects, with the changes that a TOML file makes.

    Raises:
        BadEffectsError: If the file is not TOML, has an unknown entry, or a value cannot be used.
        GivenFileError: If the file cannot be read.
    """
    document = _parsed(DEFAULT_FILE)
    if path is not None:
        _merge(document, _parsed(path), "")
    _check_sums(document)
    agents = _agents(document.pop("agents"), document["desk"]["months"])
    season = {name: _season(row, f"season.{name}") for name, row in document.pop("season").items()}
    sections = {each.name: each.type for each in fields(Effects) if each.name in document}
    built = {name: kind(**_frozen(document[name])) for name, kind in sections.items() if callable(kind)}
    return Effects(**built, season=season, agents=agents)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return toml_table(read_given_text(path))
    except ValueError as error:
        problem = f"it is not TOML: {error}"
        raise BadEffectsError(shown(path), problem) from error


def _merge(base: dict[str, Any], changes: dict[str, Any], place: str) -> None:
    for key, value in changes.items():
        here = f"{place}{key}"
        if key not in base:
            raise _bad(here, "there is no such entry")
        if isinstance(base[key], dict):
            if not isinstance(value, dict):
                raise _bad(here, "a table is expected")
            _merge(base[key], value, f"{here}.")
        else:
            _check(here, value, base[key])
            base[key] = deepcopy(value)


def _bad(place: str, problem: str) -> BadEffectsError:
    return BadEffectsError(place, problem)


def _check(place: str, value: object, default: object) -> None:
    """Check that a value can replace a default value."""
    if isinstance(default, list):
        _check_list(place, value, default)
    elif isinstance(default, bool | str):
        if type(value) is not type(default):
            raise _bad(place, "true or false is expected" if isinstance(default, bool) else "a text is expected")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad(place, "a number is expected")
    elif isinstance(default, int) and not isinstance(value, int):
        raise _bad(place, "a whole number is expected")
    else:
        _check_bounds(place, value)


def _check_list(place: str, value: object, default: Sequence[object]) -> None:
    if not isinstance(value, list):
        raise _bad(place, "a list is expected")
    if not isinstance(default[0], float):
        return
    if len(value) != len(default):
        raise _bad(place, f"{len(default)} numbers are expected")
    for each in value:
        _check(place, each, 1.0)
    if not sum(value):
        raise _bad(place, "one of the numbers has to be above 0")


def _check_bounds(place: str, value: float) -> None:
    low, high = next((low, high) for pattern, low, high in _BOUNDS if fnmatchcase(place, pattern))
    if math.isnan(value) or not low <= value <= high:
        raise _bad(place, f"a number from {low:g} to {high:g} is expected")


def _check_sums(document: Mapping[str, Any]) -> None:
    for section, table in _ADD_UP_TO_SOMETHING:
        if not sum(document[section][table].values()):
            place = f"{section}.{table}"
            raise _bad(place, "one of the shares has to be above 0")


def _season(row: Mapping[str, Any], place: str) -> SeasonLift:
    if unknown := set(row["categories"]) - set(CATEGORIES):
        where = f"{place}.categories"
        raise _bad(where, f"there is no category {min(unknown, key=str)!r}")
    return SeasonLift(row["lift"], tuple(row["categories"]))


def _agents(rows: Sequence[object], months: int) -> tuple[Agent, ...]:
    agents = tuple(_agent(row, f"agents.{place}") for place, row in enumerate(rows))
    for team in TEAMS:
        lasting = (
            agent.hired_days_before >= months * _DAYS_PER_MONTH and agent.left_days_before is None
            for agent in agents
            if agent.team == team
        )
        if not any(lasting):
            raise _bad(_AGENTS, f"team {team!r} needs somebody who is there from beginning to end")
    if len({agent.name for agent in agents}) < len(agents):
        raise _bad(_AGENTS, "two agents have the same name")
    return agents


def _agent(row: object, place: str) -> Agent:
    if not isinstance(row, dict):
        raise _bad(place, "a table is expected")
    samples: dict[str, object] = {each.name: _sample(each.type) for each in fields(Agent)}
    if unknown := set(row) - set(samples):
        raise _bad(place, f"there is no such entry as {min(unknown)!r}")
    if missing := set(samples) - set(row) - _OPTIONAL:
        raise _bad(place, f"{min(missing)} is missing")
    for key, value in row.items():
        _check(f"{place}.{key}", value, samples[key])
    if row["team"] not in TEAMS:
        where = f"{place}.team"
        raise _bad(where, f"one of {', '.join(TEAMS)} is expected")
    if any(character in row["name"] for character in ',"\n\r') or not row["name"]:
        where = f"{place}.name"
        raise _bad(where, "a name without commas, quotes and line breaks is expected")
    return Agent(**row)


def _sample(kind: object) -> object:
    """Return an example of a field's type, to check other values against."""
    return kind() if kind in {str, float} and callable(kind) else 0


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table with tuples instead of lists, also inside its tables."""
    return {key: _tuple(value) for key, value in table.items()}


def _tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {key: _tuple(inner) for key, inner in value.items()}
    return value
