"""Learn the desk's own categories as soon as there are tickets to learn them from."""

from typing import Final

from classifier_service.errors import TrainingDataError
from etl.classification.learning import has_new_categories
from etl.classification.saving import queue_again
from etl.jobs.retrain_classifier import JOB as RETRAIN
from etl.running.job import Job, JobContext, JobResult
from etl.settings import ClassifierSettings


def _run(context: JobContext) -> JobResult:
    with context.engine.connect() as connection:
        is_due = has_new_categories(connection)
    if not is_due:
        return JobResult(0)
    try:
        trained = RETRAIN.run(context)
    except TrainingDataError as error:
        return JobResult(0, {"reason": error.message})
    queued = _look_again(context) if trained.row_count else 0
    return JobResult(trained.row_count, {**trained.details, "queued": queued})


def _look_again(context: JobContext) -> int:
    """Queue every ticket: those without a category may have been looked at before anything was learnt."""
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415 - brings scikit-learn

    settings = ClassifierSettings.from_environment()
    return queue_again(context.engine, settings, open_registry(settings.registry).pointers())


JOB: Final = Job(
    "learn_categories",
    "Trains a model once two categories have 20 labelled tickets, and whenever another category has.",
    ("support.support_tickets", "ops.classifier_models"),
    ("ops.classifier_models", "support.classification_tasks"),
    _run,
    lock=RETRAIN.lock,
    schedule="*/15 * * * *",
)
