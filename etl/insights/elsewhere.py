"""Reads the findings of other analyses. A missing or empty table becomes a gap, which says what to do."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.insights.finding import Fact, Gap, Missing, Topic
from analytics.insights.found_elsewhere import (
    Estimate,
    Hour,
    agent_findings,
    churn_findings,
    demand_finding,
    driver_findings,
    people_finding,
    staffing_finding,
)
from analytics.vocabulary import SIGNIFICANCE
from etl.insights.findings import Found
from etl.running.sql import read_sql
from warehouse.tables.insights import agent_figures

_WEEKS: Final = 28


def agents(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return whether agents take longer than their tickets explain."""
    query = sa.select(agent_figures).where(agent_figures.c.metric == "resolution_time", agent_figures.c.is_judged)
    judged = connection.execute(query).all()
    if len(judged) < 2:  # noqa: PLR2004 - one agent has nobody to be compared with
        return Found([], [Gap(Topic.AGENTS, Missing.FEW_AGENTS)])
    slower = [
        Estimate(row.agent, row.ratio, row.ratio_low, row.ratio_high, row.q_value, row.ticket_count)
        for row in judged
        if row.q_value <= SIGNIFICANCE and row.ratio_low > 1
    ]
    return Found(agent_findings(slower, len(judged), period))


def drivers(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return what goes with ratings."""
    rows = _rows(connection, "marts.driver_effects", "insights/sql/driver_effects.sql")
    if not rows:
        return Found([], [Gap(Topic.RATINGS, Missing.NO_DRIVERS)])
    return Found(driver_findings([_driver(row) for row in rows], period))


def _driver(row: sa.Row[Any]) -> Estimate:
    facts: dict[str, Fact] = {"is_supported": row.is_supported}
    if row.same_agent_mean is not None:
        facts |= {"same_agent_mean": row.same_agent_mean, "several_agents_mean": row.several_agents_mean}
    unit = "times" if row.unit == "ratio" else "rating"
    return Estimate(row.slug, row.estimate, row.low, row.high, row.p_value, row.n, facts, unit)


def churn(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return what customers go through before they leave."""
    rows = _rows(connection, "marts.churn_pain_points", "insights/sql/churn_pain_points.sql")
    if not rows:
        return Found([], [Gap(Topic.CHURN, Missing.NO_DEPARTURES)])
    points = [
        Estimate(row.slug, row.estimate, row.low, row.high, row.p_value, row.departure_count, {"kind": row.kind})
        for row in rows
    ]
    return Found(churn_findings(points, period))


def demand(connection: sa.Connection, last: date) -> Found:
    """Return how the next four weeks compare with the last four."""
    asked = {"last": last, "days": _WEEKS}
    rows = _rows(connection, "marts.demand_forecasts", "insights/sql/demand_ahead.sql", asked)
    if not rows or rows[0].day_count < _WEEKS or not rows[0].before:
        return Found([], [Gap(Topic.DEMAND, Missing.NO_FORECAST)])
    row = rows[0]
    value, low, high = (float(each) / row.before for each in (row.expected, row.low, row.high))
    # The range assumes that all days are wrong in the same direction, so it is too wide rather than too narrow: the
    # chance that the true value lies outside it is below one in twenty.
    p_value = SIGNIFICANCE / 2 if low > 1 or high < 1 else 1.0
    ahead = Estimate("four_weeks", value, low, high, p_value, int(row.before))
    return Found([demand_finding(ahead, last + timedelta(days=1), last + timedelta(days=1 + _WEEKS))])


def staffing(connection: sa.Connection, last: date) -> Found:
    """Return in which hours of the coming week the roster is short."""
    rows = _rows(connection, "marts.staffing_hours", "insights/sql/staffing_week.sql", {"last": last})
    if not rows or not rows[0].hour_count:
        return Found([], [Gap(Topic.STAFFING, Missing.NO_PLAN)])
    row, week = rows[0], (last + timedelta(days=1), last + timedelta(days=8))
    if not row.has_roster:
        peak = Estimate("people", row.peak, row.peak_low, row.peak_high, _certainty(row.peak_low), row.hour_count)
        when = Hour(row.peak_date.weekday(), row.peak_hour)
        return Found([people_finding(peak, row.mean_people, when, *week)])
    certainty = _certainty(row.short_low)
    short = Estimate("roster", row.short_count, row.short_low, row.short_high, certainty, row.hour_count)
    worst = Hour(row.short_date.weekday(), row.short_hour)
    return Found([staffing_finding(short, worst, *week)])


def _certainty(least: int) -> float:
    """Return the p-value of a shortage: small if even the low end of the forecast's range is above zero."""
    return SIGNIFICANCE / 2 if least > 0 else 1.0


def _rows(connection: sa.Connection, table: str, path: str, asked: dict[str, Any] | None = None) -> list[sa.Row[Any]]:
    """Return the rows of a query; no rows if the table that it reads does not exist."""
    if connection.execute(sa.text("select to_regclass(:table)"), {"table": table}).scalar_one() is None:
        return []
    return list(connection.execute(sa.text(read_sql(path)), asked or {}))
