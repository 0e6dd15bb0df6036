"""Make a backup of the database and the models, and delete those that are no longer kept."""

from typing import Final

from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load the encryption and the clients of object stores.
    from etl.backups.plan import plan_of, reading_engine  # noqa: PLC0415
    from warehouse.backup.making import make_backup  # noqa: PLC0415
    from warehouse.backup.pruning import prune_backups  # noqa: PLC0415
    from warehouse.backup.settings import BackupSettings  # noqa: PLC0415

    settings = BackupSettings.from_environment()
    plan = plan_of(settings)
    with reading_engine(settings) as engine:
        made = make_backup(engine, plan, context.now, context.say)
    deleted = prune_backups(plan.store, settings.retention, context.now, context.time_zone)
    return JobResult(
        made.inventory.rows,
        {
            "backup": made.id,
            "bytes": made.manifest.size,
            "tables": len(made.inventory.tables),
            "encrypted": int(made.manifest.is_encrypted),
            "deleted": len(deleted),
        },
    )


JOB: Final = Job(
    "backup_database",
    "Makes a backup of the database and the models, and deletes those that are no longer kept.",
    ("raw.*", "support.*", "marts.*", "ops.*"),
    (),
    _run,
    lock="backup_database",
    schedule="30 0 * * *",
    takes_older_schema=True,
)
