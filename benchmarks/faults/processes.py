"""Faults of processes: the classifier is killed in a batch, several schedulers compete, the schema is migrated."""

import shutil
import signal
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from benchmarks.faults.evidence import Finding, await_quiet, lost_or_doubled, unclear, unlike_a_rebuild, writing
from benchmarks.faults.product import Page, Product, seconds_until
from portal.web.errors import DATABASE_DOWN
from warehouse import migrations

_ANSWERS: Final = "select count(*) from support.ticket_predictions"
_WAITING: Final = "select count(*) from support.classification_tasks where task = 'classify'"
_JOBS: Final = ("check_data_quality", "measure_drift", "prune_history")
_NEXT: Final = '''"""A column and an index more: what a release after this one might bring."""

from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("alter table support.support_tickets add column fault_note text not null default ''")
    op.execute("create index ix_fct_tickets_fault on marts.fct_tickets (created_date, ticket_id)")
'''


def classifier_mid_batch(product: Product) -> Finding:
    """Kill the classifier while every ticket is classified again."""
    fault = "classifier killed in the middle of a batch"
    tickets = product.count("select count(*) from support.support_tickets")
    exit_code, printed = product.run("classifier", "rescore", "--yes")
    if exit_code:
        return Finding(fault, 0.0, (printed.strip()[-300:],))
    seconds_until(lambda: product.count(_WAITING) < tickets, "tickets are classified")
    began = time.monotonic()
    product.kill("classifier", "serve")
    waiting = product.count(_WAITING)
    seconds_until(lambda: product.count(_WAITING) == 0, "no ticket waits")
    seconds = time.monotonic() - began
    answers, answered = product.count(_ANSWERS), product.count(_ANSWERS.replace("*", "distinct ticket_id"))
    problems = [] if answers == answered == tickets else [f"{answers} answers for {answered} of {tickets} tickets"]
    return Finding(fault, seconds, tuple(problems), f"{waiting:,} of {tickets:,} tickets waited when it died")


def several_schedulers(product: Product) -> Finding:
    """Start two more schedulers, so that three want to run the same jobs at the same moment."""
    with product.engine.begin() as connection:
        connection.exec_driver_sql("delete from ops.job_runs where job = any(%s)", ([*_JOBS],))
    began = time.monotonic()
    schedulers = [product.start("etl", "schedule", *_JOBS) for _ in range(2)]
    succeeded = "select count(distinct job) from ops.job_runs where outcome = 'succeeded' and job = any(:jobs)"
    try:
        seconds_until(lambda: product.count(succeeded, jobs=[*_JOBS]) == len(_JOBS), "every job has run")
        seconds = time.monotonic() - began
    finally:
        for scheduler in schedulers:
            scheduler.send_signal(signal.SIGTERM)
        printed = [scheduler.communicate()[0] for scheduler in schedulers]
    overlapping = product.count(
        "select count(*) from ops.job_runs as a join ops.job_runs as b on a.job = b.job and a.id < b.id"
        " and b.started_at < a.finished_at and a.started_at < b.finished_at where a.job = any(:jobs)",
        jobs=[*_JOBS],
    )
    problems = [f"{overlapping} runs overlap"] if overlapping else []
    problems += [f"a scheduler broke: {each[-300:]}" for each in printed if "Traceback" in each]
    runs = product.count("select count(*) from ops.job_runs where job = any(:jobs)", jobs=[*_JOBS])
    return Finding("three schedulers want the same jobs", seconds, tuple(problems), f"{runs} runs of {len(_JOBS)} jobs")


def migration(product: Product) -> Finding:
    """Migrate to the schema of a later release while tickets come in and pages are read."""
    pages: list[Page] = []
    with writing(product) as writer, tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        _migrate_on(product, Path(name))
        seconds = time.monotonic() - began
        known = len(writer.acknowledged)

        def goes_on() -> bool:
            pages.append(product.page())
            return len(writer.acknowledged) > known + 30

        seconds_until(goes_on, "tickets are written on")
    await_quiet(product)
    problems = (
        *lost_or_doubled(product, writer.acknowledged),
        *unclear(pages, DATABASE_DOWN),
        *unlike_a_rebuild(product),
    )
    note = f"{len(writer.acknowledged)} tickets written meanwhile"
    return Finding("migration while everything runs", seconds, problems, note)


def _migrate_on(product: Product, directory: Path) -> None:
    """Run the product's own migrations, followed by one more."""
    scripts = directory / "migrations"
    shutil.copytree(migrations.DIRECTORY, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    configuration = Config()
    configuration.set_main_option("script_location", str(scripts).replace("%", "%%"))
    heads: Sequence[str] = ScriptDirectory.from_config(configuration).get_heads()
    (scripts / "versions" / "9999_later.py").write_text(_NEXT.format(head=heads[0]), encoding="utf-8")
    with product.engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
