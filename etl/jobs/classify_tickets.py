"""Let the classifier service classify new and changed tickets."""

from typing import Final

from etl.classification.scoring import Scorer
from etl.classification.tasks import Task, waiting
from etl.running.job import Job, JobContext, JobResult
from etl.settings import ClassifierSettings

_CLASSIFIED_AT_ONCE: Final = 20_000
_EXPLAINED_AT_ONCE: Final = 1_000
"""Explanations can wait. After this many the job ends, or earlier if new tickets wait to be classified."""


def _run(context: JobContext) -> JobResult:
    with ClassifierSettings.from_environment().client() as client:
        scorer = Scorer(context.engine, client)
        classified = scorer.classify(_CLASSIFIED_AT_ONCE)
        context.say(f"{classified:,} classified")
        explained = scorer.explain(_EXPLAINED_AT_ONCE)
    with context.engine.connect() as connection:
        left = waiting(connection, Task.CLASSIFY) + waiting(connection, Task.EXPLAIN)
    return JobResult(classified, {"classified": classified, "explained": explained, "waiting": left})


JOB: Final = Job(
    "classify_tickets",
    "Asks the classifier service about new and changed tickets; sets what neither a person nor an import has set.",
    ("support.classification_tasks", "support.support_tickets"),
    (
        "support.ticket_predictions",
        "support.ticket_explanations",
        "support.support_tickets",
        "support.classification_tasks",
    ),
    _run,
    lock="classify_tickets",
    schedule="10 * * * *",
)
