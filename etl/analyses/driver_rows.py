"""Turns an analysis of satisfaction into rows of `marts.driver_*`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from analytics.drivers.report import DriverReport, Finding
from analytics.intervals import Estimate
from warehouse.tables import analyses

Row = Mapping[str, Any]


def driver_rows(
    report: DriverReport, made_at: datetime, days: tuple[date, date] | None
) -> dict[sa.Table, list[dict[str, Any]]]:
    """Return the rows of each table.

    Args:
        report: Result of the analysis.
        made_at: When the analysis was made.
        days: First and last day of the tickets; None when there are no tickets.
    """
    first_date, last_date = days or (None, None)
    head = {
        "made_at": made_at,
        "first_date": first_date,
        "last_date": last_date,
        "ticket_count": report.ticket_count,
        "rated_count": report.rated_count,
        "r_squared": report.r_squared,
        "controls": list(report.controls),
        "notices": [each.as_json() for each in report.notices],
    }
    return {
        analyses.driver_reports: [head],
        analyses.driver_effects: [_effect(place, each) for place, each in enumerate(report.findings)],
        analyses.driver_correlations: [
            {"method": each.method, "variable": each.variable, "other": each.other, "n": each.n,
             "coefficient": each.coefficient}
            for each in report.correlations
        ],
        analyses.driver_shares: [
            {"slug": each.driver, "position": place, "estimate": each.value, "low": each.low, "high": each.high}
            for place, each in enumerate(report.shares)
        ],
        analyses.driver_response_rates: [
            {"dimension": each.dimension, "value": each.value, "offered_count": each.offered,
             "answered_count": each.answered, "low": each.low, "high": each.high}
            for each in report.rates
        ],
    }  # fmt: skip


def _effect(place: int, finding: Finding) -> dict[str, Any]:
    estimate = finding.estimate
    same_agent_mean, several_agents_mean = finding.means or (None, None)
    return {
        "slug": finding.slug,
        "position": place,
        "unit": finding.unit,
        "estimate": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "p_value": estimate.p_value,
        **_odds("top_box", finding.top_box),
        **_odds("ordinal", finding.ordinal),
        "n": finding.n,
        "is_supported": finding.is_supported,
        "same_agent_mean": same_agent_mean,
        "several_agents_mean": several_agents_mean,
    }


def _odds(model: str, estimate: Estimate | None) -> dict[str, float | None]:
    return {
        f"{model}_odds_ratio": None if estimate is None else estimate.value,
        f"{model}_low": None if estimate is None else estimate.low,
        f"{model}_high": None if estimate is None else estimate.high,
    }
