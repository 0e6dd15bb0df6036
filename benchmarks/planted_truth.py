"""Whether effects planted in made-up desks are found in them, and effects that are not planted are not found.

For each effect it prints in how many desks the shown 95 % interval contains the planted value. It also prints how often
an effect is claimed in desks with every effect set to zero.

Run: python -m benchmarks.planted_truth --seeds 100 [--effects FILE.toml] [--tickets 12000] [--churn-tickets 20000]
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

import pandas as pd

from analytics.churn.history import LATE, LOW, STUCK, customer_history
from analytics.churn.pain_points import pain_points
from analytics.drivers.rated_tickets import PROACTIVE, REPLY, RESOLUTION
from analytics.drivers.report import SAME_AGENT, driver_findings
from analytics.intervals import Estimate
from benchmarks.planted_desk import PlantedDesk, planted_desk
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from standalone.bookshop.opening_hours import midnight

_BAR_COVERED: Final = 0.93
_BAR_CLAIMED: Final = 0.07


@dataclass(frozen=True, slots=True)
class Found:
    """One effect in one desk."""

    effect: str
    planted: float
    estimate: Estimate
    is_claimed: bool

    @property
    def is_covered(self) -> bool:
        """Whether the shown interval contains the planted value."""
        return self.estimate.low <= self.planted <= self.estimate.high


def driver_tickets(desk: PlantedDesk) -> pd.DataFrame:
    """Return a desk's tickets as the analysis of satisfaction takes them."""
    tickets = desk.tickets.drop(columns="agent").rename(columns={"resolved_agent": "agent"})
    return tickets.assign(is_offered=tickets["survey_offered_at"].notna(), is_resolved=tickets["resolved_at"].notna())


def found_drivers(tickets: int, seed: int, effects: Effects) -> Iterator[Found]:
    """Yield the effects on ratings found in one desk."""
    planted = {
        # Times are measured as log2, so an effect is for a time twice as long.
        REPLY: effects.rating.per_log_reply_time * log(2),
        RESOLUTION: effects.rating.per_log_resolution_time * log(2),
        PROACTIVE: effects.rating.proactive_update,
        SAME_AGENT: effects.rating.same_agent_ratio,
    }
    for each in driver_findings(driver_tickets(planted_desk(tickets, seed, effects))):
        if each.slug in planted:
            yield Found(each.slug, planted[each.slug], each.estimate, each.is_supported)


def found_hazards(tickets: int, seed: int, effects: Effects) -> Iterator[Found]:
    """Yield the effects on churn found in one desk."""
    planted = {
        LATE: effects.churn.breach_hazard_ratio,
        LOW: effects.churn.low_rating_hazard_ratio,
        STUCK: effects.churn.unresolved_hazard_ratio,
    }
    desk = planted_desk(tickets, seed, effects)
    history = customer_history(desk.tickets, desk.customers, float(midnight(desk.until)))
    for each in pain_points(history):
        if each.kind == "experience" and each.slug in planted:
            yield Found(each.slug, planted[each.slug], each.ratio, each.is_supported)


def measured(seeds: range, tickets: int, churn_tickets: int, effects: Effects) -> pd.DataFrame:
    """Return, for each effect over the desks of all seeds: how often covered, how often claimed, and mean estimate."""
    rows = [
        {"effect": f"{place} {each.effect}", "planted": each.planted, "estimate": each.estimate.value,
         "covered": each.is_covered, "claimed": each.is_claimed}
        for seed in seeds
        for place, found in enumerate(
            (found_drivers(tickets, seed, effects), found_hazards(churn_tickets, seed, effects))
        )
        for each in found
    ]  # fmt: skip
    table = pd.DataFrame(rows).groupby("effect", sort=False)
    return table.agg(
        planted=("planted", "first"), estimate=("estimate", "median"), desks=("covered", "size"),
        covered=("covered", "sum"), claimed=("claimed", "sum"),
    )  # fmt: skip


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=100)
    arguments.add_argument("--first-seed", type=int, default=0)
    arguments.add_argument("--tickets", type=int, default=12_000)
    arguments.add_argument("--churn-tickets", type=int, default=20_000)
    arguments.add_argument("--effects", type=Path, default=None)
    given = arguments.parse_args()
    seeds = range(given.first_seed, given.first_seed + given.seeds)
    planted = measured(seeds, given.tickets, given.churn_tickets, read_effects(given.effects))
    neutral = measured(seeds, given.tickets, given.churn_tickets, read_effects(NEUTRAL_FILE))
    print(f"{'effect':<24}{'planted':>9}{'median found':>14}{'covered':>12}{'claimed':>12}{'claimed when zero':>20}")
    is_missed = False
    for (name, row), (_same, zero) in zip(planted.iterrows(), neutral.reindex(planted.index).iterrows(), strict=True):
        is_missed |= row["covered"] < _BAR_COVERED * row["desks"] or zero["claimed"] > _BAR_CLAIMED * zero["desks"]
        print(
            f"{str(name)[2:]:<24}{row['planted']:>9.3f}{row['estimate']:>14.3f}"
            f"{row['covered']:>6.0f} of {row['desks']:.0f}{row['claimed']:>6.0f} of {row['desks']:.0f}"
            f"{zero['claimed']:>14.0f} of {zero['desks']:.0f}"
        )
    return int(is_missed)


if __name__ == "__main__":
    raise SystemExit(main())
