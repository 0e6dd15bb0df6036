"""Server or job killed in the middle of a batch: nothing is lost, and nothing is said twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from etl.running.runner import Outcome
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.classifier_service.serving.service_process import service_process
from tests.integration.classifier_service.serving.serving_server import wait_until
from tests.integration.etl.classification.classified_desk import ClassifiedDesk

BATCH = 128
TICKETS = 4 * BATCH
_ADD = (
    "insert into support.support_tickets (customer_email, subject, content, priority_source)"
    " select 'a@example.org', 'Where is order ' || number, repeat('My book has not come. ', 20), 'default'"
    " from generate_series(1, :count) as number"
)
_COUNT = "select count(*) from support.ticket_predictions"
_HELD = "select id from support.support_tickets order by id offset :place limit 1 for update"
# Both at once: a worker can wait for another's lock for a moment, before the first batch is written.
_IS_HELD_UP = f"""
select count(*), ({_COUNT})
from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""
_JOB = """
import sys
from datetime import UTC, datetime
from etl.classification import scoring
from etl.running.job import JobContext
from etl.jobs.registry import JOBS
from etl.running.runner import run_job
from warehouse.engine import DatabaseRole, create_engine_for

scoring.MAX_BATCH_TICKETS = int(sys.argv[2])
engine = create_engine_for(sys.argv[1], DatabaseRole.ETL_WRITER)
run_job(JOBS["classify_tickets"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
"""


@contextmanager
def _job_held_up(desk: ClassifiedDesk) -> "Iterator[subprocess.Popen[bytes]]":
    """Start a job, and hold it up when its first batch is written and the next two are answered, but not written.

    Both of its workers wait for a ticket until the block is left.
    """
    url = desk.admin.url.render_as_string(hide_password=False)
    with desk.admin.begin() as connection:
        for place in (BATCH + BATCH // 2, 2 * BATCH + BATCH // 2):
            connection.execute(sa.text(_HELD), {"place": place})
        job = subprocess.Popen(
            [sys.executable, "-c", _JOB, url, str(BATCH)], env={**os.environ, "SUPPORT_DATA_DIR": str(desk.data_dir)}
        )
        wait_until(lambda: desk.rows(_IS_HELD_UP) == [(2, BATCH)], "it was never held up")
        yield job


def _assert_each_once(desk: ClassifiedDesk) -> None:
    assert desk.waiting() == 0
    counts = "select count(*), count(distinct ticket_id), count(*) filter (where category is null) from "
    assert desk.rows(counts + "support.ticket_predictions") == [(TICKETS, TICKETS, 0)]
    unfiled = "select count(*) from support.support_tickets where category is null or priority_source <> 'rules'"
    assert desk.rows(unfiled) == [(0,)]


def test_a_server_killed_in_a_batch_loses_and_doubles_nothing(classified_desk: ClassifiedDesk, tmp_path: Path) -> None:
    """The job fails in a sentence, what was under way waits, and the next server does the rest."""
    publish(registry_in(tmp_path))
    classified_desk.execute(_ADD, count=TICKETS)
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        classified_desk.use_service_at(service.address)
        with _job_held_up(classified_desk) as job:
            # It takes the call for the last batch, and does not come to its answer.
            service.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: classified_desk.rows(_COUNT)[0][0] == 3 * BATCH, "what was answered was not written")
        service.process.send_signal(signal.SIGKILL)
        assert job.wait(60) == 0
    assert classified_desk.rows(_COUNT)[0][0] == 3 * BATCH
    assert classified_desk.waiting() == BATCH
    assert classified_desk.run().outcome is Outcome.FAILED
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        classified_desk.use_service_at(service.address)
        assert classified_desk.classify() == BATCH
    _assert_each_once(classified_desk)


def test_a_job_killed_in_a_batch_loses_and_doubles_nothing(classified_desk: ClassifiedDesk, tmp_path: Path) -> None:
    """What it was writing is not written, and the next job finds all that is left."""
    publish(registry_in(tmp_path))
    classified_desk.execute(_ADD, count=TICKETS)
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        classified_desk.use_service_at(service.address)
        with _job_held_up(classified_desk) as job:
            job.kill()
            job.wait()
        wait_until(lambda: classified_desk.run().outcome is Outcome.SUCCEEDED, "the killed job's lock stayed")
    _assert_each_once(classified_desk)
