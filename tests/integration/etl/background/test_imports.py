"""A file that was chosen in the browser: looked at, imported, taken back; nothing comes in twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from etl.background.running import worker as queue_worker
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import PIECE, Artefacts
from warehouse.work_queue.work import Kind, State, Work
from warehouse.work_queue.worker import Worker

GOOD = "id,created,subject,content,status\n" + "".join(
    f"{number},2025-03-{number:02} 10:00,Subject {number},Words,open\n" for number in range(1, 11)
)


@dataclass(frozen=True, slots=True)
class Counter:
    """A desk, its queue, and the worker of `etl watch`.

    Attributes:
        engine: Engine in the jobs' role.
        worker: The worker.
        artefacts: Where files lie.
    """

    engine: sa.Engine
    worker: Worker
    artefacts: Artefacts

    def ask(self, kind: Kind, parameters: Mapping[str, Any]) -> int:
        with self.engine.begin() as connection:
            return queue.enqueue(connection, kind, "thandi", parameters)

    def upload(self, content: bytes, name: str = "march.csv", **answers: str) -> dict[str, Any]:
        number = self.ask(Kind.RUN_JOB, {"job": "none"})
        with self.engine.begin() as connection:
            queue.cancel(connection, number, "thandi")
        pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
        for place, piece in enumerate(pieces):
            self.artefacts.write_piece(number, place, piece)
        return {
            "upload": number,
            "pieces": len(pieces),
            "name": name,
            "rows": "tickets",
            "answers": answers,
            "time_zone": "",
        }

    def done(self, kind: Kind, parameters: Mapping[str, Any]) -> tuple[Work, dict[str, Any]]:
        number = self.ask(kind, parameters)
        assert self.worker.run_one()
        with self.engine.connect() as connection:
            return queue.work_of(connection, number, "thandi"), dict(self.artefacts.answer(number))

    def tickets(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.scalar(sa.text("select count(*) from support.support_tickets")) or 0)


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Iterator[Counter]:
    """An empty desk with a worker."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    zone, files = ZoneInfo("Africa/Johannesburg"), str(tmp_path / "artefacts")
    yield Counter(engine, queue_worker(engine, files, lambda: zone, lambda: False), Artefacts(files))
    engine.dispose()


def test_a_look_says_what_would_happen_and_keeps_nothing(counter: Counter) -> None:
    upload = counter.upload(GOOD.encode(), **{"time-zone": "Africa/Johannesburg"})
    work, answer = counter.done(Kind.LOOK_AT_FILE, upload)
    assert (work.state, work.result["new_count"], work.result["quarantined_count"]) == (State.DONE, 10, 0), answer
    assert {each["column"]: each["use"] for each in answer["columns"]}["created"] == "created_at"
    assert counter.tickets() == 0


def test_a_file_that_the_page_has_just_sent_is_looked_at(counter: Counter) -> None:
    """The first look is the upload itself; with a piece missing it says so."""
    sent = {**counter.upload(b"", **{"time-zone": "Africa/Johannesburg"}), "upload": 0, "pieces": 1}
    number = counter.ask(Kind.LOOK_AT_FILE, sent)
    counter.artefacts.write_piece(number, 0, GOOD.encode())
    assert counter.worker.run_one()
    with counter.engine.connect() as connection:
        assert queue.work_of(connection, number, "thandi").result["new_count"] == 10
    lost, answer = counter.done(Kind.LOOK_AT_FILE, sent)
    assert (lost.state, lost.error) == (State.FAILED, "artefacts")
    assert "not there" in answer["message"]


def test_questions_are_left_to_the_page_and_their_answers_count(counter: Counter) -> None:
    work, answer = counter.done(Kind.LOOK_AT_FILE, counter.upload(GOOD.encode()))
    assert work.result == {"questions": 1}
    assert [each["name"] for each in answer["questions"]] == ["time-zone"]


def test_an_import_comes_in_once_and_can_be_taken_back(counter: Counter) -> None:
    upload = counter.upload(GOOD.encode(), **{"time-zone": "Africa/Johannesburg"})
    first, _ = counter.done(Kind.IMPORT_FILE, upload)
    assert (first.result["new_count"], counter.tickets()) == (10, 10)
    again, _ = counter.done(Kind.IMPORT_FILE, upload)
    assert (again.result["new_count"], again.result["unchanged_count"], counter.tickets()) == (0, 10, 10)
    with counter.engine.connect() as connection:
        assert connection.scalar(sa.text("select max(id) from raw.imports")) == again.result["import_id"]
    undone, _ = counter.done(Kind.UNDO_IMPORT, {"import_id": again.result["import_id"]})
    assert undone.state == State.DONE
    undone, _ = counter.done(Kind.UNDO_IMPORT, {"import_id": first.result["import_id"]})
    assert (undone.result["removed_count"], counter.tickets()) == (10, 0)


def test_a_worker_killed_after_its_import_was_kept_brings_nothing_in_twice(counter: Counter) -> None:
    """The next one finds every row unchanged."""
    upload = counter.upload(GOOD.encode(), **{"time-zone": "Africa/Johannesburg"})
    number = counter.ask(Kind.IMPORT_FILE, upload)
    counter.done(Kind.IMPORT_FILE, upload)
    with counter.engine.begin() as connection:
        died = sa.text("update ops.work set state = 'running', leased_until_at = now() - interval '1 s' where id = :id")
        connection.execute(died, {"id": number})
    assert counter.worker.run_one()
    assert counter.tickets() == 10


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\x00\x01\x02\x03" * 100, "", id="no table"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 500, "", id="a broken archive"),
    ],
)
def test_a_hostile_file_ends_in_a_sentence(counter: Counter, content: bytes, said: str) -> None:
    work, answer = counter.done(Kind.LOOK_AT_FILE, counter.upload(content, "../../etc/passwd.csv"))
    assert work.state == State.FAILED
    assert said in answer["message"]
    assert work.error != "database_or_program"


def test_an_undo_that_an_earlier_worker_did_is_not_an_error(counter: Counter) -> None:
    upload = counter.upload(GOOD.encode(), **{"time-zone": "Africa/Johannesburg"})
    made, _ = counter.done(Kind.IMPORT_FILE, upload)
    parameters = {"import_id": made.result["import_id"]}
    number = counter.ask(Kind.UNDO_IMPORT, parameters)
    assert queue.claim(counter.engine, (Kind.UNDO_IMPORT,), timedelta(seconds=-1)) is not None
    with counter.engine.begin() as connection:
        connection.execute(sa.text("update raw.imports set undone_at = now()"))
    assert counter.worker.run_one()
    with counter.engine.connect() as connection:
        assert queue.work_of(connection, number, "thandi").state == State.DONE


def test_only_jobs_that_a_page_may_run_are_run(counter: Counter) -> None:
    work, _ = counter.done(Kind.RUN_JOB, {"job": "backup_database"})
    assert (work.state, work.error) == (State.FAILED, "job_failed")
