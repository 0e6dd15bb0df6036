"""Queued work is done once, by whoever is alive, and each end is told."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import Artefacts
from warehouse.work_queue.work import KEPT, MOST_ATTEMPTS, Kind, State, Work, WorkError
from warehouse.work_queue.worker import HeldWork, Outcome, Worker

CHECKOUT = Path(__file__).parents[4]
WAIT_SECONDS = 60.0


class SpoiltError(SupportAnalyticsError):
    """Stands for an error that a person is meant to read."""


@pytest.fixture
def editor(database: Database) -> Iterator[sa.Engine]:
    """The portal's way to the queue."""
    engine = database.engine_as(DatabaseRole.PORTAL_EDITOR)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(database: Database) -> Iterator[sa.Engine]:
    """The jobs' way to the queue."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield engine
    engine.dispose()


def asked(editor: sa.Engine, who: str = "thandi") -> int:
    with editor.begin() as connection:
        return queue.enqueue(connection, Kind.REPLAY_QUARANTINE, who, {})


def seen(editor: sa.Engine, number: int, who: str = "thandi") -> Work:
    with editor.connect() as connection:
        return queue.work_of(connection, number, who)


def worker_of(engine: sa.Engine, folder: Path, do: Callable[[HeldWork], Outcome], seconds: float = 30.0) -> Worker:
    return Worker("jobs", engine, Artefacts(str(folder)), {Kind.REPLAY_QUARANTINE: do}, timedelta(seconds=seconds))


def test_a_work_is_done_and_tells_what_it_did(editor: sa.Engine, writer: sa.Engine, tmp_path: Path) -> None:
    number = asked(editor)
    worker = worker_of(writer, tmp_path, lambda _held: Outcome({"accepted": 3}, {"notices": ["One thing."]}))
    assert worker.run_one()
    assert not worker.run_one()
    done = seen(editor, number)
    assert (done.state, done.result, done.attempts) == (State.DONE, {"accepted": 3}, 1)
    assert worker.artefacts.answer(number) == {"notices": ["One thing."]}
    with editor.connect() as connection:
        assert "jobs" in queue.last_seen(connection)


def test_two_workers_never_take_the_same_work(editor: sa.Engine, writer: sa.Engine) -> None:
    numbers = [asked(editor) for _ in range(8)]
    taken: list[int] = []

    def take() -> None:
        while (work := queue.claim(writer, (Kind.REPLAY_QUARANTINE,), timedelta(seconds=60))) is not None:
            taken.append(work.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == numbers


def test_the_work_of_a_killed_worker_is_taken_up_again(
    database: Database, editor: sa.Engine, writer: sa.Engine, tmp_path: Path
) -> None:
    """Kill -9 leaves it running; when its lease has run out, the next worker does it from the beginning."""
    number = asked(editor)
    url = database.url.render_as_string(hide_password=False)
    module = "tests.integration.warehouse.work_queue.killed_worker"
    process = subprocess.Popen([sys.executable, "-P", "-m", module, url, str(tmp_path), "2"], cwd=CHECKOUT)
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not (tmp_path / "taken").exists() or seen(editor, number).done_count != 3:
        assert time.monotonic() < give_up_at
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(WAIT_SECONDS)
    assert seen(editor, number).state == State.RUNNING
    worker = worker_of(writer, tmp_path, lambda held: Outcome({"attempt": held.work.attempts}))
    while not worker.run_one():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)
    done = seen(editor, number)
    assert (done.state, done.result) == (State.DONE, {"attempt": 2})


def test_a_work_that_kills_its_workers_is_given_up(editor: sa.Engine, writer: sa.Engine) -> None:
    number = asked(editor)
    gone = timedelta(seconds=-1)
    for _ in range(MOST_ATTEMPTS):
        assert queue.claim(writer, (Kind.REPLAY_QUARANTINE,), gone) is not None
    assert queue.claim(writer, (Kind.REPLAY_QUARANTINE,), gone) is None
    assert (seen(editor, number).state, seen(editor, number).error) == (State.FAILED, "worker_died")


def test_a_worker_that_was_silent_for_too_long_changes_nothing(editor: sa.Engine, writer: sa.Engine) -> None:
    number = asked(editor)
    first = queue.claim(writer, (Kind.REPLAY_QUARANTINE,), timedelta(seconds=-1))
    second = queue.claim(writer, (Kind.REPLAY_QUARANTINE,), timedelta(seconds=60))
    assert first is not None
    assert second is not None
    assert queue.renew(writer, first, timedelta(seconds=60), {}) is None
    assert not queue.finish(writer, first, State.DONE)
    assert seen(editor, number).state == State.RUNNING
    assert queue.finish(writer, second, State.DONE)


def test_a_work_is_cancelled_while_it_waits_and_while_it_runs(
    editor: sa.Engine, writer: sa.Engine, tmp_path: Path
) -> None:
    waiting = asked(editor)
    with editor.begin() as connection:
        queue.cancel(connection, waiting, "thandi")
    assert seen(editor, waiting).state == State.CANCELLED
    running = asked(editor)

    def until_cancelled(held: HeldWork) -> Outcome:
        with editor.begin() as connection:
            queue.cancel(connection, held.work.id, "thandi")
        give_up_at = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < give_up_at:
            held.check()
            time.sleep(0.05)
        return Outcome()

    assert worker_of(writer, tmp_path, until_cancelled).run_one()
    assert seen(editor, running).state == State.CANCELLED
    with editor.begin() as connection, pytest.raises(WorkError, match="ended already"):
        queue.cancel(connection, running, "thandi")


def test_a_failure_is_a_slug_in_the_database_and_a_sentence_for_its_owner(
    editor: sa.Engine, writer: sa.Engine, tmp_path: Path
) -> None:
    number = asked(editor)

    def fail(_held: HeldWork) -> Outcome:
        message = "The file is spoilt."
        raise SpoiltError(message, "Send another.")

    worker = worker_of(writer, tmp_path, fail)
    assert worker.run_one()
    assert (seen(editor, number).state, seen(editor, number).error) == (State.FAILED, "spoilt")
    assert worker.artefacts.answer(number) == {"message": "The file is spoilt.", "hint": "Send another."}


def test_an_unforeseen_failure_quotes_nothing(editor: sa.Engine, writer: sa.Engine, tmp_path: Path) -> None:
    number = asked(editor)

    def fail(_held: HeldWork) -> Outcome:
        message = "what thandi@example.co.za wrote"
        raise ValueError(message)

    worker = worker_of(writer, tmp_path, fail)
    assert worker.run_one()
    assert seen(editor, number).error == "database_or_program"
    assert worker.artefacts.answer(number) == {}


def test_what_a_work_makes_is_its_owners_only_and_goes_after_a_week(
    editor: sa.Engine, writer: sa.Engine, tmp_path: Path, database: Database
) -> None:
    number = asked(editor)

    def make(held: HeldWork) -> Outcome:
        with held.artefacts.writing(held.work.id) as file:
            file.write(b"rows")
        return Outcome(file_name="rows.csv", file_bytes=4)

    worker = worker_of(writer, tmp_path, make)
    assert worker.run_one()
    assert b"".join(worker.artefacts.reading(number)) == b"rows"
    with pytest.raises(WorkError, match="no such work of yours"):
        seen(editor, number, "sipho")
    with database.engine.begin() as connection:
        old = datetime.now(UTC) - KEPT - timedelta(minutes=1)
        connection.execute(sa.text("update ops.work set asked_at = :old"), {"old": old})
    worker_of(writer, tmp_path, make).run_one()
    assert not (tmp_path / str(number)).exists()
    with pytest.raises(WorkError):
        seen(editor, number)


def test_who_asked_is_written_down_and_nobody_fills_the_queue(editor: sa.Engine, database: Database) -> None:
    for _ in range(20):
        asked(editor)
    with pytest.raises(WorkError, match="20 works"):
        asked(editor)
    asked(editor, "sipho")
    with database.engine.connect() as connection:
        lines = connection.execute(sa.select(audit_log.c.actor, audit_log.c.action)).all()
    assert lines.count(("thandi", "queue_work")) == 20
