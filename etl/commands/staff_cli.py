"""`support-analytics staff`: how many people one interval of live contacts needs."""

import math
from typing import Annotated

import numpy as np
import orjson
import typer

from analytics.listing import Listing
from analytics.staffing.live_queue import (
    LiveLoad,
    LiveOutcome,
    LiveTarget,
    live_outcome,
    people_to_employ,
    required_agents,
)
from analytics.time_units import MINUTE_SECONDS

_Answer = dict[str, float | int | str | None]


def staff(
    *,
    contacts: Annotated[float, typer.Option(help="Contacts expected in the interval.")],
    interval: Annotated[float, typer.Option(help="Length of the interval, minutes.")] = 30,
    handle_time: Annotated[float, typer.Option(help="Mean handle time, seconds.")],
    service_level: Annotated[float, typer.Option(help="Share to be answered in time, such as 0.8.")] = 0.8,
    within: Annotated[float, typer.Option(help="What in time is, seconds.")] = 20,
    shrinkage: Annotated[float, typer.Option(help="Share of paid time on breaks, training and leave.")] = 0.0,
    occupancy: Annotated[float, typer.Option(help="Largest share of their time that agents may be busy.")] = 1.0,
    minimum: Annotated[int, typer.Option(help="Least agents, however few contacts come.")] = 0,
    patience: Annotated[
        float | None, typer.Option(help="Mean seconds until a waiting customer gives up; none do without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")] = False,
) -> None:
    """Answer how many agents one interval needs, and what one more or one fewer would mean."""
    target = LiveTarget(service_level, within, occupancy, minimum, patience)
    load = LiveLoad(np.array([contacts]), interval * MINUTE_SECONDS, np.array([handle_time]))
    needed = required_agents(load, target)
    agents = int(needed.agents[0])
    rows = [
        _described(live_outcome(np.array([number]), load, target), shrinkage)
        for number in (agents - 1, agents, agents + 1)
        if number >= 0
    ]
    model = "Erlang C" if patience is None else "Erlang A"
    if as_json:
        planned = _described(needed, shrinkage)
        answer = {"model": model, "load_erlangs": round(float(load.erlangs[0]), 6), **planned, "alternatives": rows}
        typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
        return
    _print(rows, agents, f"{float(load.erlangs[0]):.2f} erlangs, {model}.")


def _described(outcome: LiveOutcome, shrinkage: float) -> _Answer:
    wait = float(outcome.mean_wait_seconds[0])
    return {
        "agents": int(outcome.agents[0]),
        "people_with_shrinkage": int(people_to_employ(outcome.agents, shrinkage)[0]),
        "service_level": round(float(outcome.service_level[0]), 4),
        "wait_probability": round(float(outcome.wait_probability[0]), 4),
        # Without spare agents the queue only grows, so there is no mean wait.
        "mean_wait_seconds": round(wait, 1) if math.isfinite(wait) else None,
        "occupancy": round(float(outcome.occupancy[0]), 4),
        "abandon_rate": round(float(outcome.abandon_rate[0]), 4),
    }


def _print(rows: list[_Answer], needed: int, note: str) -> None:
    listing = Listing("agents", "with shrinkage", "in time", "have to wait", "mean wait", "busy", "give up")
    for row in rows:
        wait = "endless" if row["mean_wait_seconds"] is None else f"{row['mean_wait_seconds']:,.1f} s"
        shares = [f"{100 * float(row[name] or 0):.1f} %" for name in ("service_level", "wait_probability")]
        busy, lost = (f"{100 * float(row[name] or 0):.1f} %" for name in ("occupancy", "abandon_rate"))
        style = "bold" if row["agents"] == needed else ""
        listing.add(str(row["agents"]), str(row["people_with_shrinkage"]), *shares, wait, busy, lost, style=style)
    listing.show()
    typer.echo(note)
