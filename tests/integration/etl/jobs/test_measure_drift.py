"""Drift, week by week, worked out by hand beside it."""

from datetime import date
from math import log

import pytest

from tests.factories.desk import instant
from tests.integration.etl.classification.classified_desk import ClassifiedDesk

_SAY = (
    "insert into support.ticket_predictions (ticket_id, model_version, rules_version, category, confidence,"
    " is_abstention, predicted_at) values (:ticket, 'm', 'r', :category, :confidence, :abstains, :at)"
)


def _add(desk: ClassifiedDesk, at: str, category: str, confidence: float = 0.9, **columns: object) -> int:
    ticket_id = desk.add("text", **columns)
    desk.execute("update support.support_tickets set created_at = :at where id = :id", at=instant(at), id=ticket_id)
    values = {"category": category, "confidence": confidence, "abstains": confidence < 0.5}
    desk.execute(_SAY, ticket=ticket_id, at=instant(at), **values)
    return ticket_id


def test_weeks_have_counts_confidence_stability_and_accuracy(classified_desk: ClassifiedDesk) -> None:
    """Monday morning in Johannesburg is the new week, though in UTC it is still Sunday."""
    for _ in range(3):
        _add(classified_desk, "2026-03-04 08:00", "book_order")
    _add(classified_desk, "2026-03-04 08:00", "return_refund", 0.3)
    right = _add(classified_desk, "2026-03-08 23:00", "book_order")
    wrong = _add(classified_desk, "2026-03-09 08:00", "return_refund", 0.7)
    _add(classified_desk, "2026-03-09 08:00", "book_order", exclusion="spam")
    for ticket_id in (right, wrong):
        classified_desk.execute(
            "insert into support.ticket_corrections (ticket_id, field, new_value, corrected_by, corrected_at)"
            " values (:id, 'category', 'book_order', 'manager', :at)",
            id=ticket_id,
            at=instant("2026-03-10 08:00"),
        )
    for _ in range(2):
        classified_desk.run("measure_drift")
    columns = "week_start_date, ticket_count, abstention_count, mean_confidence, stability_index, corrected_count"
    rows = classified_desk.rows(f"select {columns}, correct_count from ops.classifier_weeks order by 1")
    expected = (0.5 - 0.75) * log(0.5 / 0.75) + (0.5 - 0.25) * log(0.5 / 0.25)
    assert rows == [
        (date(2026, 3, 2), 4, 1, pytest.approx(0.75), None, 0, 0),
        (date(2026, 3, 9), 2, 0, pytest.approx(0.8), pytest.approx(expected), 2, 1),
    ]


def test_a_desk_without_predictions_has_no_weeks(classified_desk: ClassifiedDesk) -> None:
    """Nothing is measured of nothing."""
    done = classified_desk.run("measure_drift")
    assert done.result is not None
    assert done.result.row_count == 0
