"""Looks at a file that a person chose in the browser, imports it, and takes an import back."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from etl.background.answers import BrowserAnswers, QuestionsError
from etl.importing.history import past_import
from etl.importing.import_file import ImportRequest
from etl.importing.import_lock import ImportBusyError
from etl.importing.import_records import import_records
from etl.importing.quarantine import replay_quarantine
from etl.importing.report import ImportReport
from etl.importing.undo import undo_import
from warehouse.tables.raw import imports
from warehouse.work_queue.worker import HeldWork, Outcome

_PATIENCE_SECONDS: Final = 60
_COUNTS: Final = (
    "row_count",
    "new_count",
    "updated_count",
    "unchanged_count",
    "duplicate_count",
    "superseded_count",
    "quarantined_count",
)


@dataclass(frozen=True, slots=True)
class BrowserImports:
    """Does the works that are about imports.

    Attributes:
        engine: Database, in the role `etl_writer`.
        zone: Returns the reporting zone.
    """

    engine: sa.Engine
    zone: Callable[[], ZoneInfo]

    def look(self, held: HeldWork) -> Outcome:
        """Do everything that an import would do, and keep nothing: what is found is shown before it is carried out."""
        answers = _answers(held)
        try:
            with _upload(held) as path:
                report = self._import(held, path, answers, is_dry_run=True)
        except QuestionsError as error:
            return Outcome({"questions": len(error.questions)}, {"questions": error.questions})
        return Outcome(_numbers(report), _found(answers, report))

    def carry_out(self, held: HeldWork) -> Outcome:
        """Import the file. Done a second time after a kill, it changes nothing: its rows are known by then."""
        answers = _answers(held)
        with _upload(held) as path:
            before = self._last_import()
            report = self._import_when_free(held, path, answers)
        made = self._last_import(before, report.file_name)
        numbers = _numbers(report) | ({"import_id": made} if made else {})
        return Outcome(numbers, _found(answers, report))

    def _import_when_free(self, held: HeldWork, path: Path, answers: BrowserAnswers) -> ImportReport:
        """Import once the database has noticed that an earlier worker has died, or another import has ended."""
        for _ in range(_PATIENCE_SECONDS):
            try:
                return self._import(held, path, answers, is_dry_run=False)
            except ImportBusyError:
                held.check()
                time.sleep(1.0)
        return self._import(held, path, answers, is_dry_run=False)

    def undo(self, held: HeldWork) -> Outcome:
        """Take an import back; one that an earlier attempt has taken back is left as it is."""
        number = int(held.work.parameters["import_id"])
        held.say(step="undoing")
        with self.engine.connect() as connection:
            is_undone = past_import(connection, number).undone_at is not None
        if is_undone and held.work.attempts > 1:
            return Outcome({"import_id": number})
        report = undo_import(self.engine, number, held.work.asked_by)
        return Outcome(
            {"import_id": number, "removed_count": report.removed_count, "restored_count": report.restored_count}
        )

    def replay(self, held: HeldWork) -> Outcome:
        """Try the rows in quarantine again."""
        held.say(step="replaying")
        report = replay_quarantine(self.engine, None, None, "", self.zone())
        return Outcome(
            {"tried": report.tried_count, "accepted": report.accepted_count, "waiting": report.waiting_count}
        )

    def _import(self, held: HeldWork, path: Path, answers: BrowserAnswers, *, is_dry_run: bool) -> ImportReport:
        parameters = held.work.parameters
        request = ImportRequest(
            path=path,
            profile=None,
            kind=parameters["rows"],
            answers=dict(parameters["answers"]),
            time_zone=parameters["time_zone"],
            is_dry_run=is_dry_run,
            name=parameters["name"],
        )
        return import_records(self.engine, request, self.zone(), answers)

    def _last_import(self, after: int = 0, file_name: str | None = None) -> int:
        """Return the number of the latest import, of a file if one is named; 0 without one."""
        found = sa.select(sa.func.max(imports.c.id)).where(imports.c.id > after)
        if file_name is not None:
            found = found.where(imports.c.file_name == file_name)
        with self.engine.connect() as connection:
            return int(connection.scalar(found) or 0)


def _answers(held: HeldWork) -> BrowserAnswers:
    def on_progress(step: str, done: int, total: int) -> None:
        held.say(step=step, done=done, total=total)

    return BrowserAnswers(on_progress)


@contextmanager
def _upload(held: HeldWork) -> Iterator[Path]:
    """Yield the file on this machine; it is gone afterwards."""
    parameters = held.work.parameters
    with tempfile.TemporaryDirectory(prefix="support-import-") as folder:
        path = Path(folder) / "upload"
        held.say(step="fetching")
        held.artefacts.fetch_upload(int(parameters["upload"]) or held.work.id, int(parameters["pieces"]), path)
        yield path


def _numbers(report: ImportReport) -> dict[str, int]:
    return {name: getattr(report, name) for name in _COUNTS}


def _found(answers: BrowserAnswers, report: ImportReport) -> Mapping[str, Any]:
    return {
        "layout": answers.layout,
        "columns": answers.columns,
        "words": answers.words,
        "notices": report.notice_lines(),
        "reasons": dict(report.quarantined_by_reason),
        "lines": list(report.quarantined_lines[:10]),
    }
