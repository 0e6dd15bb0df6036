"""What the Data health page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One queued work.

    Attributes:
        id: Its number.
        kind: What there is to do.
        job: The job that is run, for that kind.
        name: Name of the uploaded file; "" for others, and for other people's.
        asked_by: Who asked.
        asked_at: When.
        state: How far it is.
        step: Slug of what it does at the moment.
        done: How much is done.
        total: Of how much; None where that is not known.
        is_stopping: Whether it is to stop.
        error: Slug of what went wrong.
        result: Numbers of what it did.
        file_bytes: Size of the file that it made; None without one.
        answer: What only its owner reads.
        parameters: With what it was asked for, for its owner.
    """

    id: int
    kind: str
    job: str
    name: str
    asked_by: str
    asked_at: datetime
    state: str
    step: str
    done: int
    total: int | None
    is_stopping: bool
    error: str
    result: Mapping[str, Any]
    file_bytes: int | None
    answer: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in {"filling", "waiting", "running"}


@dataclass(frozen=True, slots=True)
class Background:
    """The queued works.

    Attributes:
        works: The latest ones, the latest first.
        is_jobs_there: Whether `etl watch` is there to do them.
        is_portal_there: Whether the portal's own worker is there, which writes exports.
    """

    works: tuple[WorkRow, ...]
    is_jobs_there: bool
    is_portal_there: bool


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import.

    Attributes:
        id: Its number.
        kind: What its rows are.
        source: Name under which its records are kept.
        file_name: Name of the file.
        started_at: When it began.
        rows: Rows in the file; None when that was not kept.
        new: Records that were new; None likewise.
        changed: Records that changed; None likewise.
        waiting: Rows of it in quarantine.
        undone_at: When it was taken back; None if it was not.
        keeps_replaced: Whether it can be taken back.
    """

    id: int
    kind: str
    source: str
    file_name: str
    started_at: datetime
    rows: int | None
    new: int | None
    changed: int | None
    waiting: int
    undone_at: datetime | None
    keeps_replaced: bool


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """One row that waits.

    Attributes:
        file_name: File it came in.
        line: Line on which it starts there.
        reasons: Codes and columns of what is wrong.
        values: The columns that are wrong -> what stood there.
    """

    file_name: str
    line: int
    reasons: tuple[tuple[str, str], ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The rows that wait.

    Attributes:
        total: How many.
        rows: The first of a page.
        page: Number of the page, from 1.
        pages: How many pages there are.
    """

    total: int
    rows: tuple[QuarantineRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class JobRow:
    """The latest run of a job.

    Attributes:
        job: Its name.
        started_at: When it began.
        seconds: How long it took; None while it runs.
        outcome: running, succeeded, failed or abandoned.
        rows: Rows it changed.
        error: Slug of what went wrong.
        failures: How often it failed within a week.
        succeeded_at: When it last succeeded; None if never.
    """

    job: str
    started_at: datetime
    seconds: float | None
    outcome: str
    rows: int | None
    error: str
    failures: int
    succeeded_at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The latest look at a rule of the data.

    Attributes:
        rule: Its name.
        checked_at: When it was looked at.
        failing: How many tickets break it.
        tickets: The first of them.
    """

    rule: str
    checked_at: datetime
    failing: int
    tickets: tuple[int, ...]
