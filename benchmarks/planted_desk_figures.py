"""Whether planted effects are recovered, over many seeds: mean times of categories, seasons, differences of agents.

Each 95 % interval has to contain the planted figure in at least 93 of 100 seeds. With nothing planted, at most 7 of 100
seeds may give any finding. `--seeds` and `--tickets` change the numbers; `--effects FILE.toml` plants other effects.
"""

import argparse
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analytics.agent_mix import Comparison, compare_agents
from analytics.calendar_design import days_from
from analytics.case_mix import Family
from analytics.means import mean_of
from analytics.multiple_testing import false_discovery_rates
from analytics.quasi_poisson import Floats
from analytics.seasonality import find_seasons, lifts
from benchmarks.planted_desk import PlantedDesk, planted_desk
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from standalone.bookshop.opening_hours import public_holidays
from standalone.bookshop.seasons import is_in_season
from standalone.bookshop.vocabulary import CATEGORIES

_TICKETS: Final = 20_000
_SEEDS: Final = 500
_LIMIT: Final = 0.05
_AIM: Final = 93
_MOST_FALSE: Final = 7


def main() -> None:
    """Print how often each interval contained the planted figure, and how often there were findings without effects."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=_SEEDS)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--tickets", type=int, default=_TICKETS)
    parser.add_argument("--effects", type=Path)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    effects = read_effects(options.effects) if options.effects else read_effects()
    held: dict[str, list[bool]] = defaultdict(list)
    for seed in seeds:
        for name, is_held in _recovered(planted_desk(options.tickets, seed, effects)):
            held[name].append(is_held)
    for name, outcomes in held.items():
        share = 100 * np.mean(outcomes)
        print(f"{name}: held in {share:.0f} of 100 seeds (aim {_AIM})")
    said: dict[str, list[bool]] = defaultdict(list)
    for seed in seeds:
        for name, is_said in _claimed(planted_desk(options.tickets, seed, read_effects(NEUTRAL_FILE))):
            said[name].append(is_said)
    for name, outcomes in said.items():
        print(f"nothing planted, {name}: said in {100 * np.mean(outcomes):.0f} of 100 seeds (at most {_MOST_FALSE})")


def _recovered(desk: PlantedDesk) -> Iterator[tuple[str, bool]]:
    """Yield, for each planted figure, whether its interval contains it."""
    tickets, effects = desk.tickets, desk.effects
    for category, hours in effects.resolution.mean_hours.items():
        mine = tickets[(tickets["category"] == category) & tickets["resolution_business_seconds"].notna()]
        low, high = mean_of(_floats(mine["resolution_business_seconds"]) / 3600, _weeks(mine["resolved_at"])).interval
        yield f"mean resolution, {category}", low <= hours <= high
    for name, season in effects.season.items():
        for category in season.categories:
            found = _lift(desk, category, name)
            yield f"{name}, {category}", found[0] <= 1 + season.lift <= found[1]
    yield from _agents_recovered(desk)


def _agents_recovered(desk: PlantedDesk) -> Iterator[tuple[str, bool]]:
    """Yield whether intervals contain the ratio of each two agents of a team, and whether clear orders are right."""
    planted = {agent.name: agent for agent in desk.effects.agents}
    scale = desk.effects.agent_differences.scale
    comparison, names = _compared(desk.tickets)
    figures = {names[each.agent]: each for each in comparison.agents if each.is_judged}
    for one, other in itertools.combinations(figures, 2):
        if planted[one].team != planted[other].team:
            continue
        first, second = figures[one], figures[other]
        # Each is held against the typical one of the others, which is not quite the same one.
        gap = float(np.log(first.ratio / second.ratio)) + first.typical - second.typical
        error = 1.96 * float(np.hypot(first.error, second.error))
        truth = scale * float(np.log(planted[one].time_factor / planted[other].time_factor))
        yield "time of two agents of a team, all pairs", abs(gap - truth) <= error
        if abs(gap) > error:
            yield "order of two agents, where the interval tells it", (gap > 0) == (truth > 0)


def _claimed(desk: PlantedDesk) -> Iterator[tuple[str, bool]]:
    """Yield whether there is any finding for a desk in which nothing is planted."""
    comparison, _ = _compared(desk.tickets)
    yield "an agent differs", any(each.differs for each in comparison.agents)
    first, closed = _first_day(desk), _holidays(desk)
    p_values = []
    for category in CATEGORIES:
        counts = _daily(desk, category)
        found = find_seasons(days_from(first, counts.size), counts, closed)
        p_values.append(min((season.lift.p_value for season in found), default=1.0))
    yield "a season found by search", min(false_discovery_rates(p_values)) <= _LIMIT
    for name, season in desk.effects.season.items():
        named = [_lift(desk, category, name)[2] for category in season.categories]
        if named:
            yield f"{name}, as named", min(false_discovery_rates(named)) <= _LIMIT


def _lift(desk: PlantedDesk, category: str, name: str) -> tuple[float, float, float]:
    """Return the interval of the lift of a named season, and its p-value."""
    counts = _daily(desk, category)
    days = days_from(_first_day(desk), counts.size)
    inside = np.array([is_in_season(name, date.fromisoformat(str(day))) for day in days])
    found = lifts(days, counts, {name: inside}, _holidays(desk))[name]
    return found.low, found.high, found.p_value


def _compared(tickets: pd.DataFrame) -> tuple[Comparison, Mapping[int, str]]:
    solved = tickets[tickets["resolution_business_seconds"].notna() & tickets["resolved_agent"].notna()]
    agents, names = pd.factorize(solved["resolved_agent"])
    pairs = solved["category"].fillna("") + "/" + solved["priority"]
    hours = 24 * solved["created_date"].dt.day_of_week + solved["created_hour"]
    factors = {
        "category and priority": pd.factorize(pairs)[0].astype(np.int64),
        "channel": pd.factorize(solved["channel"])[0].astype(np.int64),
        "hour of the week": hours.to_numpy(dtype=np.int64),
        "escalated": solved["is_escalated"].to_numpy(dtype=np.int64),
    }
    minutes = np.maximum(_floats(solved["resolution_business_seconds"]), 60) / 60
    weeks = _weeks(solved["resolved_at"])
    return compare_agents(minutes, agents.astype(np.int64), factors, weeks, Family.LOG), dict(enumerate(names))


def _daily(desk: PlantedDesk, category: str) -> Floats:
    days = desk.tickets["created_date"].to_numpy(dtype="datetime64[D]")
    places = (days - np.datetime64(_first_day(desk), "D")).astype(np.int64)
    length = (desk.until - _first_day(desk)).days
    return np.bincount(places[(desk.tickets["category"] == category).to_numpy()], minlength=length).astype(np.float64)


def _first_day(desk: PlantedDesk) -> date:
    return date.fromisoformat(str(desk.tickets["created_date"].min())[:10])


def _holidays(desk: PlantedDesk) -> set[date]:
    years = range(_first_day(desk).year, desk.until.year + 1)
    return {day for year in years for day in public_holidays(year)}


def _weeks(instants: "pd.Series[pd.Timestamp]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return instants.to_numpy(dtype="datetime64[D]").astype(np.int64) // 7


def _floats(values: "pd.Series[float]") -> Floats:
    return np.asarray(values, dtype=np.float64)


if __name__ == "__main__":
    main()
