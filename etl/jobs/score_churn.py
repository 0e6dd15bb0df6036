"""Find customers who may leave, and what customers experienced before they left."""

from typing import Final

import sqlalchemy as sa

from etl.analyses.keeping import replace_rows
from etl.running.job import Job, JobContext, JobResult

# The history ends with the latest event of any ticket. With an old import that is earlier than now.
_KNOWN_UNTIL: Final = sa.text(
    "select extract(epoch from greatest(max(created_at), max(resolved_at), max(first_reply_at)))"
    " from marts.fct_tickets where not is_excluded"
)


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load pandas and scikit-learn, which take seconds and memory.
    from analytics.churn.history import customer_history  # noqa: PLC0415
    from analytics.churn.report import churn_report  # noqa: PLC0415
    from etl.analyses.churn_rows import churn_rows  # noqa: PLC0415
    from etl.analyses.frames import placed_customers, read_frame  # noqa: PLC0415

    with context.engine.connect() as connection:
        until = float(connection.scalar(_KNOWN_UNTIL) or context.now.timestamp())
        tickets, customers = placed_customers(
            read_frame(connection, "analyses/sql/customer_tickets.sql"),
            read_frame(connection, "analyses/sql/customers.sql"),
        )
    context.say(f"looking at {len(customers):,} customers")
    history = customer_history(tickets, customers, min(until, context.now.timestamp()))
    report = churn_report(history)
    with context.engine.begin() as connection:
        count = replace_rows(connection, churn_rows(report, history, customers, context.now))
    return JobResult(count, {"kind": report.kind, "left": report.churn_count, "customers": report.customer_count})


JOB: Final = Job(
    "score_churn",
    "Scores today's customers by their risk of leaving, and names what goes with leaving.",
    ("marts.fct_tickets", "marts.dimension_values", "support.customers", "support.ticket_predictions"),
    (
        *("marts.churn_reports", "marts.churn_scores", "marts.churn_evaluations", "marts.churn_hazards"),
        *("marts.churn_pain_points", "ops.data_version"),
    ),
    _run,
    lock="score_churn",
    schedule="40 3 * * *",
)
