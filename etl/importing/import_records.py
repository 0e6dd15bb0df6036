"""Imports a file of any kind, then lets in what waited for its tickets."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from etl.importing.import_file import ImportAnswers, ImportRequest, import_tickets
from etl.importing.kinds.tickets import TICKETS
from etl.importing.quarantine import replay_arrivals
from etl.importing.report import ImportReport


def import_records(
    engine: sa.Engine, request: ImportRequest, reporting_zone: ZoneInfo, answers: ImportAnswers
) -> ImportReport:
    """Import one file; rows of earlier files that waited for its tickets come in after it.

    Args:
        engine: Database, in the role `etl_writer`.
        request: What a person asked for.
        reporting_zone: A date without a time is stored as midnight in this zone.
        answers: Asks what only a person can know.

    Raises:
        SupportAnalyticsError: If the file, the profile or an answer cannot be used; then nothing has been imported.
    """
    report = import_tickets(engine, request, reporting_zone, answers)
    if report.is_dry_run or not report.new_count or report.kind != TICKETS.slug:
        return report
    arrived_count, notices = replay_arrivals(engine, reporting_zone)
    return replace(report, arrived_count=arrived_count, notices=(*report.notices, *notices))
