"""What a manager may queue on the Data health page; everything from outside is checked here."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

import sqlalchemy as sa

from portal.topics.data_health.forms import ROWS
from storage.given_file import shortened
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import LARGEST_UPLOAD, PIECE, Artefacts
from warehouse.work_queue.work import RUNNABLE_JOBS, Kind, State, Work, WorkError

_LONGEST_NAME: Final = 200
_LONGEST_ANSWER: Final = 200
_MOST_ANSWERS: Final = 100
_LONGEST_NUMBER: Final = 15


def number(text: str) -> int:
    """Return a number from outside.

    Raises:
        WorkError: If it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        message = "The number of the work cannot be read."
        raise WorkError(message)
    return int(text)


def begin_upload(connection: sa.Connection, actor: str, name: str, size: str, rows: str) -> int:
    """Queue a look at a file that is still to arrive; returns its number.

    Raises:
        WorkError: If the file is too large or empty, or its rows are nothing that is known.
    """
    length = number(size)
    if length > LARGEST_UPLOAD:
        message = f"The file is larger than {LARGEST_UPLOAD // 10**6} MB."
        raise WorkError(message, "Import it on the machine itself: support-analytics import FILE.")
    if not length:
        message = "The file is empty."
        raise WorkError(message)
    if rows not in ROWS:
        message = "It is not known what the rows of the file are."
        raise WorkError(message)
    clean = shortened(PurePath(name.replace("\\", "/")).name or "file")[:_LONGEST_NAME]
    parameters = {"upload": 0, "pieces": -(-length // PIECE), "size": length, "name": clean, "rows": rows}
    parameters |= {"answers": {}, "time_zone": ""}
    return queue.enqueue(connection, Kind.LOOK_AT_FILE, actor, parameters, State.FILLING)


def take_piece(artefacts: Artefacts, work: Work, place: int, content: bytes) -> None:
    """Keep a piece of a file.

    Raises:
        WorkError: If it is none of the file's pieces.
    """
    size, pieces = int(work.parameters["size"]), int(work.parameters["pieces"])
    wanted = min(PIECE, size - place * PIECE)
    if work.state != State.FILLING or not 0 <= place < pieces or len(content) != wanted:
        message = "This piece does not belong to the file."
        raise WorkError(message, "Choose the file again.")
    artefacts.write_piece(work.id, place, content)


def end_upload(connection: sa.Connection, artefacts: Artefacts, work: Work) -> None:
    """Let the file be looked at.

    Raises:
        WorkError: If some of it is missing.
    """
    if artefacts.arrived_bytes(work.id, int(work.parameters["pieces"])) != int(work.parameters["size"]):
        message = "Some of the file has not arrived."
        raise WorkError(message, "Choose the file again.")
    queue.filled(connection, work.id)


def answered(connection: sa.Connection, actor: str, looked: Work, fields: Mapping[str, str]) -> int:
    """Queue another look, with answers; returns its number."""
    answers = dict(looked.parameters["answers"])
    for name, text in list(fields.items())[:_MOST_ANSWERS]:
        answers[name[:_LONGEST_ANSWER]] = text.strip()[:_LONGEST_ANSWER]
    return queue.enqueue(connection, Kind.LOOK_AT_FILE, actor, _of_upload(looked) | {"answers": answers})


def carry_out(connection: sa.Connection, actor: str, looked: Work) -> int:
    """Queue the import of a file that was looked at; returns its number.

    Raises:
        WorkError: If it has not been looked at to the end.
    """
    if looked.kind != Kind.LOOK_AT_FILE or looked.state != State.DONE or "questions" in looked.result:
        message = "This file has not been looked at to the end."
        raise WorkError(message)
    return queue.enqueue(connection, Kind.IMPORT_FILE, actor, _of_upload(looked))


def undo(connection: sa.Connection, actor: str, import_id: int) -> int:
    """Queue taking an import back; returns its number."""
    return queue.enqueue(connection, Kind.UNDO_IMPORT, actor, {"import_id": import_id})


def replay(connection: sa.Connection, actor: str) -> int:
    """Queue another try of the quarantine; returns its number."""
    return queue.enqueue(connection, Kind.REPLAY_QUARANTINE, actor, {})


def run_job(connection: sa.Connection, actor: str, job: str) -> int:
    """Queue a run of a job; returns its number.

    Raises:
        WorkError: If it is none that a page may run.
    """
    if job not in RUNNABLE_JOBS:
        message = "There is no such job to run from a page."
        raise WorkError(message)
    return queue.enqueue(connection, Kind.RUN_JOB, actor, {"job": job})


def _of_upload(looked: Work) -> dict[str, Any]:
    return {**looked.parameters, "upload": looked.parameters["upload"] or looked.id}
