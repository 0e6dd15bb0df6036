"""Write the insights, ranked; the confidence interval of each insight supports its sentence."""

from typing import Final

from analytics.vocabulary import InsightJob
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load pandas and SciPy, which take seconds and memory.
    from etl.insights.writing import write_all_insights  # noqa: PLC0415

    return write_all_insights(context)


JOB: Final = Job(
    InsightJob.WRITE_INSIGHTS,
    "Writes down what the data says, ranked: what takes longest, who needs most support, seasons, what to do.",
    ("marts.*", "support.customers", "support.roster_entries"),
    ("marts.insights", "marts.insight_gaps", "marts.insight_runs"),
    _run,
    lock=InsightJob.WRITE_INSIGHTS,
    schedule="30 5 * * *",
)
