"""Train a model on the desk's own tickets, and let it serve if it is better."""

from typing import Final

from etl.running.job import Detail, Job, JobContext, JobResult
from etl.settings import ClassifierSettings

MOST_TICKETS: Final = 10_000
"""Enough to tell a desk's categories apart; with more tickets, training takes longer and gains nothing."""


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load scikit-learn, which takes seconds and 100 MB.
    from classifier_service.models.default_flavour import default_flavour  # noqa: PLC0415
    from classifier_service.registry.opening import open_registry  # noqa: PLC0415
    from classifier_service.signals.sentiment_training import train_sentiment  # noqa: PLC0415
    from classifier_service.training.promotion import publish_and_compare  # noqa: PLC0415
    from classifier_service.training.train import TrainingPlan, train  # noqa: PLC0415
    from etl.classification.history import labelled_tickets, rated_texts, stored_tickets  # noqa: PLC0415
    from etl.classification.learning import keep_model  # noqa: PLC0415

    registry = open_registry(ClassifierSettings.from_environment().registry)
    with context.engine.connect() as connection:
        tickets = labelled_tickets(connection, MOST_TICKETS)
        texts, sentiments = rated_texts(connection, MOST_TICKETS)
        flavour = default_flavour(stored_tickets(connection))
    context.say(f"learning from {len(tickets):,} tickets")
    plan = TrainingPlan(flavour, context.now, sentiment=train_sentiment(texts, sentiments))
    trained = train(tickets, plan)
    outcome = publish_and_compare(registry, trained)
    with context.engine.begin() as connection:
        keep_model(connection, trained.card, is_promoted=outcome.is_promoted)
    metrics = trained.card.metrics
    details: dict[str, Detail] = {
        "version": outcome.version,
        "promoted": int(outcome.is_promoted),
        "reason": outcome.reason,
        "training_rows": trained.card.training_rows,
        "held_out_rows": trained.card.held_out_rows,
        "accuracy": metrics.accuracy,
        "macro_f1": metrics.macro_f1,
        "expected_calibration_error": metrics.expected_calibration_error,
    }
    return JobResult(int(outcome.is_promoted), details)


JOB: Final = Job(
    "retrain_classifier",
    "Trains a model on corrected and imported categories; it serves from then on if it is better than the one before.",
    ("support.support_tickets",),
    ("ops.classifier_models",),
    _run,
    lock="retrain_classifier",
    schedule="0 4 * * 0",
)
