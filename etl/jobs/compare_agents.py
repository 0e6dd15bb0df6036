"""Compare agents fairly: each agent's figure against the figure expected for tickets of the same kind."""

from typing import Final

from analytics.vocabulary import InsightJob
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load pandas and SciPy, which take seconds and memory.
    from etl.insights.agent_comparison import compare_all_agents  # noqa: PLC0415

    return compare_all_agents(context)


JOB: Final = Job(
    InsightJob.COMPARE_AGENTS,
    "Compares each agent's figures of the last year with those expected for the same kind of tickets.",
    ("marts.fct_tickets", "marts.dimension_values"),
    ("marts.agent_metrics", "marts.agent_figures", "marts.insight_runs"),
    _run,
    lock=InsightJob.COMPARE_AGENTS,
    schedule="25 3 * * *",
)
