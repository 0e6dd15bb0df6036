"""Reads the findings of other analyses. A missing or empty table becomes a gap, which says what to do."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.insights.finding import Fact, Gap, Missing, Topic
from analytics.insights.found_elsewhere import (
    AGENT_METRICS,
    WORSE_WHEN_LOWER,
    Estimate,
    Hour,
    agent_findings,
    churn_findings,
    demand_finding,
    driver_findings,
    staffing_finding,
)
from analytics.insights.ranking import LEVEL
from analytics.vocabulary import SIGNIFICANCE
from etl.insights.findings import Found
from etl.running.outdated import outdated_jobs
from etl.running.sql import read_sql
from warehouse.tables.insights import agent_figures

_DAYS_AHEAD: Final = 28
_FEW_DEPARTURES: Final = frozenset({"too_few_to_learn", "too_few_for_pain_points"})
"""Notices of the analysis of leaving."""
_UNTOLD: Final = (Missing.DAYS_ONLY, Missing.NO_TIMES, Missing.NO_RATINGS)
"""Why the analysis of ratings tells nothing, the most general reason last; its notices have the same slugs."""


def agents(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return whether agents differ for the worse by more than their tickets explain, on each metric."""
    query = sa.select(agent_figures).where(agent_figures.c.is_judged)
    judged: dict[str, list[sa.Row[Any]]] = {}
    for row in connection.execute(query):
        judged.setdefault(row.metric, []).append(row)
    # One agent has nobody to be compared with.
    found = Found()
    if "compare_agents" in outdated_jobs(connection):
        return Found([], [Gap(Topic.AGENTS, Missing.NOT_COMPARED)])
    for metric in AGENT_METRICS:
        rows = judged.get(metric, [])
        if len(rows) > 1:
            found.findings += agent_findings(metric, _worse(rows, metric), len(rows), period)
    if not found.findings:
        found.gaps.append(Gap(Topic.AGENTS, Missing.FEW_AGENTS))
    return found


def _worse(rows: list[sa.Row[Any]], metric: str) -> list[Estimate]:
    """Return those who differ for the worse, as the Agents page marks them."""
    is_lower = metric in WORSE_WHEN_LOWER
    differ = [row for row in rows if row.q_value <= SIGNIFICANCE and (row.ratio < 1) is is_lower]
    return [_worse_by(row, metric) for row in differ]


def _worse_by(row: sa.Row[Any], metric: str) -> Estimate:
    """Return how much worse an agent is: a ratio, or of ratings the points."""
    value, low, high = row.ratio, row.ratio_low, row.ratio_high
    if metric == "mean_rating":
        value, low, high = ((end - 1) * row.expected for end in (value, low, high))
    return Estimate(row.agent, value, low, high, row.q_value, row.ticket_count)


def drivers(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return what goes with ratings, all else held equal; or why that is not known."""
    if "analyse_drivers" in outdated_jobs(connection):
        return Found([], [Gap(Topic.RATINGS, Missing.NO_DRIVERS)])
    rows = _rows(connection, "marts.driver_effects", "insights/sql/driver_effects.sql")
    findings = driver_findings([_driver(row) for row in rows], period)
    return Found(findings, [] if findings else [_missing_drivers(connection)])


def _missing_drivers(connection: sa.Connection) -> Gap:
    reports = _rows(connection, "marts.driver_reports", "insights/sql/driver_reports.sql")
    if not reports:
        return Gap(Topic.RATINGS, Missing.NO_DRIVERS)
    notices = {each["notice"] for each in reports[0].notices}
    if untold := [each for each in _UNTOLD if each in notices]:
        return Gap(Topic.RATINGS, untold[0])
    return Gap(Topic.RATINGS, Missing.FEW_RATINGS, {"rated_count": reports[0].rated_count})


def _driver(row: sa.Row[Any]) -> Estimate:
    facts: dict[str, Fact] = {"is_supported": row.is_supported}
    if row.same_agent_mean is not None:
        facts |= {"same_agent_mean": row.same_agent_mean, "several_agents_mean": row.several_agents_mean}
    unit = "times" if row.unit == "ratio" else "rating"
    return Estimate(row.slug, row.estimate, row.low, row.high, row.p_value, row.n, facts, unit, row.is_supported)


def churn(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return what customers go through before they leave, and whether too few departures are known to tell much."""
    if "score_churn" in outdated_jobs(connection):
        return Found([], [Gap(Topic.CHURN, Missing.NO_CHURN)])
    points = [
        Estimate(
            row.slug, row.estimate, row.low, row.high, row.p_value, row.departure_count, {"kind": row.kind},
            is_supported=row.is_supported,
        )
        for row in _rows(connection, "marts.churn_pain_points", "insights/sql/churn_pain_points.sql")
    ]  # fmt: skip
    return Found(churn_findings(points, period), _missing_departures(connection))


def _missing_departures(connection: sa.Connection) -> list[Gap]:
    reports = _rows(connection, "marts.churn_reports", "insights/sql/churn_reports.sql")
    if not reports:
        return [Gap(Topic.CHURN, Missing.NO_CHURN)]
    if not reports[0].churn_count:
        return [Gap(Topic.CHURN, Missing.NO_DEPARTURES)]
    if not any(each["notice"] in _FEW_DEPARTURES for each in reports[0].notices):
        return []
    return [Gap(Topic.CHURN, Missing.FEW_DEPARTURES, {"departure_count": reports[0].churn_count})]


def demand(connection: sa.Connection) -> Found:
    """Return how the next four weeks compare with the last four."""
    asked = {"days": _DAYS_AHEAD}
    rows = _rows(connection, "marts.demand_forecasts", "insights/sql/demand_ahead.sql", asked)
    if not rows or rows[0].day_count < _DAYS_AHEAD or not rows[0].before:
        return Found([], [Gap(Topic.DEMAND, Missing.NO_FORECAST)])
    row = rows[0]
    value, low, high = (float(each) / row.before for each in (row.expected, row.low, row.high))
    # The range assumes that all days are wrong in the same direction, so it is too wide rather than too narrow: the
    # chance that the true value lies outside it is small.
    p_value = LEVEL / 2 if low > 1 or high < 1 else 1.0
    ahead = Estimate("four_weeks", value, low, high, p_value, int(row.before))
    first = row.cutoff_date + timedelta(days=1)
    return Found([demand_finding(ahead, first, first + timedelta(days=_DAYS_AHEAD))])


def staffing(connection: sa.Connection, last: date) -> Found:
    """Return in which hours of the coming week the roster is short."""
    rows = _rows(connection, "marts.staffing_hours", "insights/sql/staffing_week.sql", {"last": last})
    if not rows or not rows[0].hour_count:
        return Found([], [Gap(Topic.STAFFING, Missing.NO_PLAN)])
    row, week = rows[0], (last + timedelta(days=1), last + timedelta(days=8))
    if not row.has_roster:
        return Found([], [Gap(Topic.STAFFING, Missing.NO_ROSTER)])
    certainty = _certainty(row.short_low)
    short = Estimate("roster", row.short_count, row.short_low, row.short_high, certainty, row.hour_count)
    worst = Hour(row.short_date.weekday(), row.short_hour)
    return Found([staffing_finding(short, worst, *week)])


def _certainty(least: int) -> float:
    """Return the p-value of a shortage: small if even the low end of the forecast's range is above zero."""
    return LEVEL / 2 if least > 0 else 1.0


def _rows(connection: sa.Connection, table: str, path: str, asked: dict[str, Any] | None = None) -> list[sa.Row[Any]]:
    """Return the rows of a query; no rows if the table that it reads does not exist."""
    if connection.execute(sa.text("select to_regclass(:table)"), {"table": table}).scalar_one() is None:
        return []
    return list(connection.execute(sa.text(read_sql(path)), asked or {}))
