"""Compare agents fairly: what they did over what the kind of their tickets would have brought."""

from typing import Final

from analytics.vocabulary import InsightJob
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Whoever lists or watches jobs is spared pandas and SciPy, their seconds and their memory.
    from etl.insights.agent_comparison import compare_all_agents  # noqa: PLC0415

    return compare_all_agents(context)


JOB: Final = Job(
    InsightJob.COMPARE_AGENTS,
    "Compares agents over the last year with what the kind of their tickets would have brought.",
    ("marts.fct_tickets", "marts.dimension_values"),
    ("marts.agent_metrics", "marts.agent_figures", "marts.insight_runs"),
    _run,
    lock=InsightJob.COMPARE_AGENTS,
    schedule="25 3 * * *",
)
