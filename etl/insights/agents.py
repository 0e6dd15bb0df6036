"""Compares agents on their tickets, and turns the results into rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.agent_mix import Comparison, compare_agents
from analytics.case_mix import Codes, Family
from analytics.insights.finding import DurationClock
from analytics.time_units import DAY_MINUTES, WEEK_DAYS
from analytics.vocabulary import NOT_SET_ID
from etl.insights.tickets import durations, hour_of_week

_LEAST_MINUTES: Final = 1.0
_LEAST_DAYS: Final = 0.5 * DAY_MINUTES
"""A ticket solved on the day it came in took about half a day, as far as whole days can tell."""


@dataclass(frozen=True, slots=True)
class ComparedMetric:
    """A metric that agents are compared on.

    Attributes:
        slug: Name of the metric; the same as in `analytics.metrics` if it exists there.
        happening: Prefix of the columns that hold the date and the credited agent.
        family: Durations, ratings or shares.
    """

    slug: str
    happening: str
    family: Family


METRICS: Final = (
    ComparedMetric("first_reply_time", "first_reply", Family.LOG),
    ComparedMetric("resolution_time", "resolved", Family.LOG),
    ComparedMetric("mean_rating", "rated", Family.MEAN),
    ComparedMetric("csat", "rated", Family.SHARE),
    ComparedMetric("reopen_rate", "first_resolution", Family.SHARE),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of agents, and the data behind it.

    Attributes:
        metric: The metric that agents are compared on.
        clock: "calendar", "business", "days" (whole days alone), or "" for shares and ratings.
        ticket_count: Number of tickets in the comparison.
        comparison: The figures.
    """

    metric: ComparedMetric
    clock: str
    ticket_count: int
    comparison: Comparison


def compare(tickets: pd.DataFrame, metric: ComparedMetric) -> Compared:
    """Compare agents on one metric; the tickets are those of `read_tickets`."""
    agent = f"{metric.happening}_agent_id"
    table = tickets[tickets[f"{metric.happening}_date"].notna() & (tickets[agent].fillna(NOT_SET_ID) != NOT_SET_ID)]
    values, clock = _values(table, metric)
    known = values.notna().to_numpy()
    table, values = table[known], values[known]
    comparison = compare_agents(
        np.asarray(values, dtype=np.float64),
        table[agent].to_numpy(dtype=np.int64),
        _factors(table),
        _weeks(table[f"{metric.happening}_date"]),
        metric.family,
    )
    return Compared(metric, clock, len(table), comparison)


def _values(table: pd.DataFrame, metric: ComparedMetric) -> tuple["pd.Series[float]", str]:
    """Return each ticket's value and the clock that was used; a duration is in minutes and at least 1."""
    if metric.slug == "mean_rating":
        return table["rating"].astype(float), ""
    if metric.slug == "csat":
        return (table["rating"] >= 4).astype(float).where(table["rating"].notna()), ""  # noqa: PLR2004 - 4 and 5 are good
    if metric.slug == "reopen_rate":
        return (table["reopen_count"] > 0).astype(float).where(table["reopen_count"].notna()), ""
    values, clock = durations(table, metric.slug.removesuffix("_time"))
    return values.clip(lower=_LEAST_DAYS if clock is DurationClock.DAYS else _LEAST_MINUTES), clock.value


def _factors(table: pd.DataFrame) -> Mapping[str, Codes]:
    """Return the factors that make up a ticket's kind: category × priority, channel, hour of the week, escalated."""
    pair = table.groupby(["category_id", "priority_id"], sort=False, dropna=False).ngroup().to_numpy()
    return {
        "category and priority": pair.astype(np.int64),
        "channel": pd.factorize(table["channel_id"])[0].astype(np.int64),
        "hour of the week": hour_of_week(table),
        "escalated": table["is_escalated"].to_numpy(dtype=np.int64),
    }


def _weeks(dates: "pd.Series[pd.Timestamp]") -> Codes:
    days = dates.to_numpy(dtype="datetime64[D]").astype(np.int64)
    weeks: Codes = (days + 3) // WEEK_DAYS
    return weeks


def figure_rows(compared: Compared, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the rows of `marts.agent_figures`."""
    return [
        {
            "metric": compared.metric.slug,
            "agent": names.get(each.agent, str(each.agent)),
            "ticket_count": each.n,
            "observed": each.observed,
            "expected": each.expected,
            "ratio": each.ratio,
            "ratio_low": each.low,
            "ratio_high": each.high,
            "pooled_ratio": each.pooled,
            "pooled_low": each.pooled_low,
            "pooled_high": each.pooled_high,
            "q_value": each.q_value,
            "is_judged": each.is_judged,
        }
        for each in compared.comparison.agents
    ]
