"""Measure how the classifier's answers shift from week to week."""

from typing import Final

import sqlalchemy as sa

from etl.classification.drift import weeks
from etl.running.job import Job, JobContext, JobResult
from warehouse.tables.ops import classifier_weeks


def _run(context: JobContext) -> JobResult:
    with context.engine.begin() as connection:
        rows = weeks(connection, context.time_zone)
        connection.execute(sa.delete(classifier_weeks))
        if rows:
            connection.execute(sa.insert(classifier_weeks), [{**row, "measured_at": context.now} for row in rows])
    return JobResult(len(rows))


JOB: Final = Job(
    "measure_drift",
    "Measures, by week, how predicted categories shift, how often the classifier abstains, and how often it was right.",
    ("support.ticket_predictions", "support.ticket_corrections", "support.support_tickets"),
    ("ops.classifier_weeks",),
    _run,
    lock="measure_drift",
    schedule="15 2 * * *",
)
