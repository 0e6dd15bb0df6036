"""Server or job killed in the middle of a batch: nothing is lost, and nothing is said twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from etl.running.runner import Outcome
from tests.integration.classifier_service.serving.published import publish, registry_in
from tests.integration.classifier_service.serving.service_process import service_process
from tests.integration.classifier_service.serving.serving_server import wait_until
from tests.integration.etl.classification.classified_desk import ClassifiedDesk

TICKETS = 6_000
_ADD = (
    "insert into support.support_tickets (customer_email, subject, content, priority_source)"
    " select 'a@example.org', 'Where is order ' || number, repeat('My book has not come. ', 20), 'default'"
    " from generate_series(1, :count) as number"
)
_COUNT = "select count(*) from support.ticket_predictions"
_JOB = """
import sys
from datetime import UTC, datetime
from etl.running.job import JobContext
from etl.jobs.registry import JOBS
from etl.running.runner import run_job
from warehouse.engine import DatabaseRole, create_engine_for

engine = create_engine_for(sys.argv[1], DatabaseRole.ETL_WRITER)
run_job(JOBS["classify_tickets"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
"""


def _start_job(desk: ClassifiedDesk) -> "subprocess.Popen[bytes]":
    url = desk.admin.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", _JOB, url], env={**os.environ, "SUPPORT_DATA_DIR": str(desk.data_dir)}
    )


def _wait_until_it_is_under_way(desk: ClassifiedDesk) -> None:
    wait_until(lambda: desk.rows(_COUNT)[0][0] > 0, "nothing was classified")


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
        job = _start_job(classified_desk)
        _wait_until_it_is_under_way(classified_desk)
        service.process.send_signal(signal.SIGKILL)
        assert job.wait(60) == 0
    done = classified_desk.rows(_COUNT)[0][0]
    assert 0 < done < TICKETS
    assert classified_desk.waiting() == TICKETS - done
    assert classified_desk.run().outcome is Outcome.FAILED
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        classified_desk.use_service_at(service.address)
        assert classified_desk.classify() == TICKETS - done
    _assert_each_once(classified_desk)


def test_a_job_killed_in_a_batch_loses_and_doubles_nothing(classified_desk: ClassifiedDesk, tmp_path: Path) -> None:
    """Whatever its last batches had got to, the next job finds what is left."""
    publish(registry_in(tmp_path))
    classified_desk.execute(_ADD, count=TICKETS)
    with service_process(tmp_path) as service:
        service.wait_until_it_serves()
        classified_desk.use_service_at(service.address)
        job = _start_job(classified_desk)
        _wait_until_it_is_under_way(classified_desk)
        psutil.Process(job.pid).kill()
        job.wait(60)
        assert classified_desk.rows(_COUNT)[0][0] < TICKETS
        wait_until(lambda: classified_desk.run().outcome is Outcome.SUCCEEDED, "the killed job's lock stayed")
    _assert_each_once(classified_desk)
