"""Published Erlang values come out to the digits they were printed with."""

import csv
import os
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from analytics.staffing.erlang import blocking_probability
from analytics.staffing.live_queue import LiveLoad, LiveTarget, live_outcome, people_to_employ, required_agents

ROOT = Path(__file__).parents[4]
FILE = (
    Path(os.environ.get("SUPPORT_SHARED_DATA", ROOT.parent / "shared" / "data")) / "staffing" / "erlang_reference.csv"
)
SECONDS = {"min": 60.0}

Row = Mapping[str, str]


def rows() -> list[Row]:
    """Return the published values."""
    assert FILE.exists(), f"The reference values are not there: {FILE}; see SUPPORT_SHARED_DATA."
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(inputs: str) -> dict[str, float]:
    """Return the named numbers of a row, such as calls=100 or occ<=0.85."""
    return {name: float(value) for name, value in re.findall(r"(\w+)\s*(?:[<>]?=)\s*([0-9.]+)", inputs)}


def queue(named: Mapping[str, float]) -> tuple[LiveLoad, LiveTarget]:
    """Return a row's load, and the target of a share answered within its time."""
    load = LiveLoad(np.array([named["calls"]]), named["interval"] * 60, np.array([named["aht"] * 60]))
    return load, LiveTarget(named.get("SL", 0.8), named["T"] * 60, named.get("occ", 1.0))


CALLS = {"calls": 100.0, "aht": 3.0, "interval": 30.0, "T": 0.33, "SL": 0.8, "occ": 0.85}


def computed(row: Row) -> float:
    """Return what our functions say of a row."""
    named = numbers(row["inputs"])
    if row["metric"] == "P_block":
        return float(blocking_probability(np.array([int(named["c"])]), np.array([named["A"]]))[0])
    if row["metric"] == "ceil_positions":
        raw = re.match(r"(\d+) raw", row["inputs"])
        agents = np.array([int(raw[1])]) if raw else required_agents(*queue(CALLS)).agents
        return float(people_to_employ(agents, 0.3)[0])
    if row["metric"] == "min_servers":
        if row["model"] == "B":
            servers = np.arange(200)
            blocked = blocking_probability(servers, np.full(servers.size, named["A"]))
            return float(servers[blocked <= named["max_block"]].min())
        return float(required_agents(*queue(named)).agents[0])
    outcome = live_outcome(np.array([int(named["c"])]), *queue(named))
    found = {
        "service_level": outcome.service_level,
        "occupancy": outcome.occupancy,
        "P_wait": outcome.wait_probability,
    }
    return float(found[row["metric"]][0])


@pytest.mark.parametrize("place", range(12))
def test_a_published_value_comes_out_to_the_printed_digits(place: int) -> None:
    """What was printed is our value rounded to the same digits, and the recomputed value is ours to twelve."""
    row = rows()[place]
    value = computed(row)
    assert round(value, int(row["published_decimals"])) == pytest.approx(float(row["published"]), abs=1e-12)
    assert value == pytest.approx(float(row["recomputed"]), rel=1e-12)


def test_every_row_of_the_file_is_asked() -> None:
    """The file has the twelve rows that are tested above."""
    assert len(rows()) == 12


def test_the_golden_case() -> None:
    """100 calls of 3 minutes in half an hour: 14 agents give 0.8884 within 20 s, 13 give 0.7956; 20 on the roster."""
    load = LiveLoad(np.array([100.0]), 1800.0, np.array([180.0]))
    target = LiveTarget(0.8, 20)
    needed = required_agents(load, target)
    assert needed.agents.tolist() == [14]
    assert round(float(needed.service_level[0]), 4) == 0.8884
    assert round(float(live_outcome(np.array([13]), load, target).service_level[0]), 4) == 0.7956
    assert people_to_employ(needed.agents, 0.3).tolist() == [20]
