"""Reads the findings of other analyses. A missing or empty table becomes a gap, which says what to do."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.insights.finding import Gap, Topic
from analytics.insights.found_elsewhere import (
    Estimate,
    agent_findings,
    churn_findings,
    demand_finding,
    driver_findings,
    people_finding,
    staffing_finding,
)
from analytics.vocabulary import SIGNIFICANCE
from etl.insights.findings import Found, category_names
from etl.running.sql import read_sql
from warehouse.tables.insights import agent_figures

_WEEKS: Final = 28
_RUN: Final = "It is worked out every night; to have it now, run: support-analytics etl run "


def agents(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return whether agents take longer than their tickets explain."""
    query = sa.select(agent_figures).where(agent_figures.c.metric == "resolution_time", agent_figures.c.is_judged)
    judged = connection.execute(query).all()
    if len(judged) < 2:  # noqa: PLR2004 - one agent has nobody to be compared with
        why = "Fewer than two agents solved 30 tickets in the last year."
        return Found([], [Gap(Topic.AGENTS, why, "Import who solved each ticket to compare agents fairly.")])
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
        why = "What goes with good and bad ratings has not been worked out yet, or there are too few ratings."
        return Found([], [Gap(Topic.RATINGS, why, f"{_RUN}analyse_drivers")])
    effects = [
        Estimate(
            row.slug, row.estimate, row.low, row.high, row.p_value, row.n, row.sentence,
            "times" if row.unit == "ratio" else "rating",
        )
        for row in rows
    ]  # fmt: skip
    return Found(driver_findings(effects, period))


def churn(connection: sa.Connection, period: tuple[date, date]) -> Found:
    """Return what customers go through before they leave."""
    rows = _rows(connection, "marts.churn_pain_points", "insights/sql/churn_pain_points.sql")
    if not rows:
        why = "It is not known which customers left, or it has not been looked at yet."
        return Found([], [Gap(Topic.CHURN, why, f"Record when customers leave. {_RUN}score_churn")])
    points = [Estimate(row.slug, row.estimate, row.low, row.high, row.p_value, row.departure_count) for row in rows]
    return Found(churn_findings(points, category_names(connection), period))


def demand(connection: sa.Connection, last: date) -> Found:
    """Return how the next four weeks compare with the last four."""
    asked = {"last": last, "days": _WEEKS}
    rows = _rows(connection, "marts.demand_forecasts", "insights/sql/demand_ahead.sql", asked)
    if not rows or rows[0].day_count < _WEEKS or not rows[0].before:
        why = "There is no forecast of the next four weeks yet."
        return Found([], [Gap(Topic.DEMAND, why, f"{_RUN}forecast_demand")])
    row = rows[0]
    value, low, high = (float(each) / row.before for each in (row.expected, row.low, row.high))
    # The range assumes that all days are wrong in the same direction, so it is too wide rather than too narrow: the
    # chance that the true value lies outside it is below one in twenty.
    p_value = SIGNIFICANCE / 2 if low > 1 or high < 1 else 1.0
    ahead = Estimate("four weeks", value, low, high, p_value, int(row.before))
    return Found([demand_finding(ahead, last + timedelta(days=1), last + timedelta(days=1 + _WEEKS))])


def staffing(connection: sa.Connection, last: date) -> Found:
    """Return in which hours of the coming week the roster is short."""
    rows = _rows(connection, "marts.staffing_hours", "insights/sql/staffing_week.sql", {"last": last})
    if not rows or not rows[0].hour_count:
        why = "There is no plan yet of how many people the coming week needs."
        return Found([], [Gap(Topic.STAFFING, why, f"{_RUN}plan_staffing")])
    row, week = rows[0], (last + timedelta(days=1), last + timedelta(days=8))
    if not row.has_roster:
        peak = Estimate("people", row.peak, row.peak_low, row.peak_high, _certainty(row.peak_low), row.hour_count)
        when = f"{row.peak_date:%A} at {row.peak_hour:02d}:00"
        return Found([people_finding(peak, row.mean_people, when, *week)])
    certainty = _certainty(row.short_low)
    short = Estimate("roster", row.short_count, row.short_low, row.short_high, certainty, row.hour_count)
    return Found([staffing_finding(short, f"{row.short_date:%A} at {row.short_hour:02d}:00", *week)])


def _certainty(least: int) -> float:
    """Return the p-value of a shortage: small if even the low end of the forecast's range is above zero."""
    return SIGNIFICANCE / 2 if least > 0 else 1.0


def _rows(connection: sa.Connection, table: str, path: str, asked: dict[str, Any] | None = None) -> list[sa.Row[Any]]:
    """Return the rows of a query; no rows if the table that it reads does not exist."""
    if connection.execute(sa.text("select to_regclass(:table)"), {"table": table}).scalar_one() is None:
        return []
    return list(connection.execute(sa.text(read_sql(path)), asked or {}))
