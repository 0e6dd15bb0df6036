"""The time to staff every hour of a year: calls, chats and mail of a large desk, the people needed, and the outcome.

Run: python -m benchmarks.staffing_year --contacts 300
"""

import argparse
import time
from dataclasses import replace

import numpy as np

from analytics.staffing.live_queue import LiveTarget
from analytics.staffing.plan import (
    ChannelDemand,
    DeskHours,
    StaffingRules,
    live_outcomes,
    needed_staff,
    written_outcome,
)

_HOURS = 8760
_BAR = 1.0


def _demand(peak: float) -> dict[str, ChannelDemand]:
    rng = np.random.default_rng(1)
    by_day = np.maximum(np.sin((np.arange(_HOURS) % 24 - 6) / 24 * 2 * np.pi), 0.02)
    contacts = peak * by_day * rng.gamma(50, 1 / 50, (3, _HOURS))
    minutes = {"call": 5, "chat": 7, "email": 9}
    return {
        name: ChannelDemand(contacts[place], np.full(_HOURS, 60.0 * minutes[name]))
        for place, name in enumerate(minutes)
    }


def _seconds(demand: dict[str, ChannelDemand], hours: DeskHours, rules: StaffingRules) -> float:
    began = time.perf_counter()
    staff = needed_staff(demand, hours, rules)
    live_outcomes(staff, demand, hours, rules)
    written_outcome(staff, demand, hours, rules)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=float, default=300, help="Contacts an hour of each channel at its busiest.")
    demand = _demand(parser.parse_args().contacts)
    hours = DeskHours(np.ones(_HOURS), np.ones(_HOURS))
    patient = {name: LiveTarget(0.8, 20, 0.85, 1) for name in ("call", "chat")}
    rules = StaffingRules(patient, 4, 0.3, 0.85, 1, 100, is_blended=True)
    hurried = replace(rules, live={name: replace(each, patience_seconds=120) for name, each in patient.items()})
    for name, chosen in (("Erlang C", rules), ("Erlang A", hurried)):
        best = min(_seconds(demand, hours, chosen) for _ in range(3))
        print(f"a year of {_HOURS:,} hours, two live channels and mail, {name}   {best:6.2f} s    (bar: {_BAR:.0f} s)")


if __name__ == "__main__":
    main()
