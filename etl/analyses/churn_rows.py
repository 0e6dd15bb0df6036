"""Turns a churn analysis into rows of `marts.churn_*`."""

from collections.abc import Iterator
from datetime import datetime
from math import isinf
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analytics.churn.features import YEAR_DAYS
from analytics.churn.history import CustomerHistory
from analytics.churn.indicator import strongest_parts
from analytics.churn.labelled import Evaluation
from analytics.churn.pain_points import PainPoint
from analytics.churn.report import ChurnReport
from analytics.churn.snapshots import HORIZON_DAYS
from analytics.time_units import DAY_SECONDS
from warehouse.tables import analyses


def churn_rows(
    report: ChurnReport, history: CustomerHistory, customers: pd.DataFrame, made_at: datetime
) -> dict[sa.Table, list[dict[str, Any]]]:
    """Return the rows of each table.

    Args:
        report: Result of the analysis.
        history: Customer history that was analysed.
        customers: One row per customer, with customer_hash; a row's position is the customer's place in the history.
        made_at: When the analysis was made.
    """
    model = report.model
    head = {
        "made_at": made_at,
        "kind": report.kind,
        "chosen_model": None if model is None else model.chosen,
        "customer_count": report.customer_count,
        "churn_count": report.churn_count,
        "expected_count": None if model is None else float(model.chances.sum()),
        "horizon_days": HORIZON_DAYS,
        "notices": [each.as_json() for each in report.notices],
    }
    return {
        analyses.churn_reports: [head],
        analyses.churn_scores: list(_scores(report, history, customers)),
        analyses.churn_evaluations: [_evaluation(each) for each in (() if model is None else model.evaluations)],
        analyses.churn_hazards: [_hazard(each) for each in report.hazards],
        analyses.churn_pain_points: [_pain_point(place, each) for place, each in enumerate(report.pain_points)],
    }


def _scored(report: ChurnReport) -> Iterator[tuple[int, float, tuple[str, ...]]]:
    """Yield place, score and reasons of each customer."""
    if report.model is not None:
        model = report.model
        yield from zip(model.customers.tolist(), model.chances.tolist(), model.reasons, strict=True)
    elif report.indicator is not None:
        indicator = report.indicator
        parts = indicator.parts.to_dict("records")
        for place, points, own in zip(indicator.customers.tolist(), indicator.points.tolist(), parts, strict=True):
            yield place, points, strongest_parts({str(name): float(value) for name, value in own.items()})


def _scores(report: ChurnReport, history: CustomerHistory, customers: pd.DataFrame) -> Iterator[dict[str, Any]]:
    tickets = history.tickets
    latest = dict(zip(tickets["customer"].tolist(), tickets["ticket_id"].tolist(), strict=True))
    within = tickets["created_at"] > history.end - YEAR_DAYS * DAY_SECONDS
    counts = np.bincount(tickets.loc[within, "customer"].to_numpy(dtype=np.int64), minlength=history.count)
    hashes = customers["customer_hash"].to_numpy()
    # The page leads to a customer's latest ticket, so a customer without a ticket cannot be shown.
    scored = [each for each in _scored(report) if each[0] in latest]
    for position, (place, score, reasons) in enumerate(sorted(scored, key=lambda each: (-each[1], each[0])), 1):
        yield {
            "customer_hash": int(hashes[place]),
            "position": position,
            "score": score,
            "reasons": list(reasons),
            "customer_type": str(history.types[place]),
            "ticket_count": int(counts[place]),
            "latest_ticket_id": int(latest[place]),
        }


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    auc, lift = evaluation.auc, evaluation.lift
    return {
        "model": evaluation.model,
        "auc": auc.value,
        "auc_low": auc.low,
        "auc_high": auc.high,
        "lift": lift.value,
        "lift_low": lift.low,
        "lift_high": lift.high,
        "log_loss": evaluation.log_loss,
        "baseline_log_loss": evaluation.baseline_log_loss,
        "reliability": [[each.predicted, each.observed, each.n] for each in evaluation.reliability],
        "n": evaluation.n,
        "left_count": evaluation.left,
    }


def _hazard(found: PainPoint) -> dict[str, Any]:
    return {
        "slug": found.slug,
        **_ratio(found),
        "departure_count": found.departures,
        "customer_years": found.customer_years,
        "is_supported": found.is_supported,
    }


def _ratio(found: PainPoint) -> dict[str, Any]:
    ratio = found.ratio
    high = None if isinf(ratio.high) else ratio.high
    return {"estimate": ratio.value, "low": ratio.low, "high": high, "p_value": ratio.p_value}


def _pain_point(place: int, point: PainPoint) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "slug": point.slug,
        "position": place,
        **_ratio(point),
        "departure_count": point.departures,
        "excess_count": point.excess,
        "customer_years": point.customer_years,
        "is_supported": point.is_supported,
    }
