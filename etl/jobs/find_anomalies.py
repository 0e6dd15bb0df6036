"""Find days and weeks that brought clearly more or fewer tickets than expected, and seasons that do so every year."""

from typing import Final

from analytics.vocabulary import InsightJob
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load NumPy and SciPy, which take seconds and memory.
    from etl.insights.odd_days import find_odd_days  # noqa: PLC0415

    return find_odd_days(context)


JOB: Final = Job(
    InsightJob.FIND_ANOMALIES,
    "Finds odd days, surges under way, and the seasons of each category.",
    (
        "marts.agg_counts_category_priority_day",
        "marts.agg_counts_channel_customer_type_day",
        "marts.fct_tickets",
        "support.support_tickets",
    ),
    ("marts.volume_anomalies", "marts.volume_surges", "marts.seasonal_lifts", "marts.insight_runs"),
    _run,
    lock=InsightJob.FIND_ANOMALIES,
    schedule="20 3 * * *",
)
