"""Work out what goes with good and bad ratings."""

from typing import Final

from etl.analyses.keeping import replace_rows
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load pandas and statsmodels, which take seconds and memory.
    from analytics.drivers.report import driver_report  # noqa: PLC0415
    from etl.analyses.driver_rows import driver_rows  # noqa: PLC0415
    from etl.analyses.frames import read_frame  # noqa: PLC0415

    with context.engine.connect() as connection:
        tickets = read_frame(connection, "analyses/sql/rated_tickets.sql")
    context.say(f"looking at {int(tickets['rating'].notna().sum()):,} ratings")
    report = driver_report(tickets)
    days = (tickets["created_date"].min(), tickets["created_date"].max()) if len(tickets) else None
    with context.engine.begin() as connection:
        count = replace_rows(connection, driver_rows(report, context.now, days))
    return JobResult(count, {"ratings": report.rated_count, "told": sum(each.is_supported for each in report.findings)})


JOB: Final = Job(
    "analyse_drivers",
    "Works out what goes with good and bad ratings, each with its interval, and who answers surveys.",
    ("marts.fct_tickets", "marts.dimension_values", "support.agents"),
    (
        *("marts.driver_reports", "marts.driver_effects", "marts.driver_correlations", "marts.driver_shares"),
        *("marts.driver_response_rates", "ops.data_version"),
    ),
    _run,
    lock="analyse_drivers",
    schedule="20 3 * * *",
)
