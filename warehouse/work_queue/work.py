"""What a queued work is: its kinds, its states, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from analytics.errors import ErrorKind, SupportAnalyticsError

KEPT: Final = timedelta(days=7)
"""How long what a work made is kept."""
MOST_ATTEMPTS: Final = 3
"""A work whose worker has died so often is given up."""
RUNNABLE_JOBS: Final = (
    "refresh_marts",
    "rebuild_marts",
    "check_data_quality",
    "retrain_classifier",
    "forecast_demand",
    "plan_staffing",
    "compare_agents",
    "analyse_drivers",
    "score_churn",
    "write_insights",
)
"""Jobs that a manager may run from a page."""


class Kind(StrEnum):
    """What there is to do."""

    LOOK_AT_FILE = "look_at_file"
    IMPORT_FILE = "import_file"
    UNDO_IMPORT = "undo_import"
    REPLAY_QUARANTINE = "replay_quarantine"
    RUN_JOB = "run_job"
    EXPORT_TICKETS = "export_tickets"
    REPLAY_SLA = "replay_sla"
    SAVE_SLA = "save_sla"


OF_JOBS: Final = (
    Kind.LOOK_AT_FILE,
    Kind.IMPORT_FILE,
    Kind.UNDO_IMPORT,
    Kind.REPLAY_QUARANTINE,
    Kind.RUN_JOB,
    Kind.REPLAY_SLA,
    Kind.SAVE_SLA,
)
"""Done by `etl watch`."""
OF_PORTAL: Final = (Kind.EXPORT_TICKETS,)
"""Done by the portal, which alone may read what a page lists, and only that."""


class State(StrEnum):
    """How far a work is."""

    FILLING = "filling"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    FORGOTTEN = "forgotten"


OPEN: Final = (State.FILLING, State.WAITING, State.RUNNING)


class WorkError(SupportAnalyticsError):
    """A work cannot be queued, or not be shown, as asked."""

    kind = ErrorKind.INVALID


class WorkCancelledError(SupportAnalyticsError):
    """Whoever asked for the work does not want it any more."""

    kind = ErrorKind.INVALID


class WorkLostError(SupportAnalyticsError):
    """Another worker has taken the work up, because this one was silent for too long."""


@dataclass(frozen=True, slots=True)
class Work:
    """One queued work.

    Attributes:
        id: Its number.
        kind: What there is to do.
        parameters: With what.
        asked_by: User name of whoever asked; what it makes is theirs only.
        asked_at: When.
        state: How far it is.
        step: Slug of what it does at the moment.
        done_count: How much is done, in the unit of its kind.
        total_count: Of how much; None where that is not known.
        is_cancel_wanted: Whether it is to stop.
        attempts: How often it was taken up.
        finished_at: When it ended.
        error: Slug of what went wrong.
        result: Numbers of what it did.
        file_name: Name of the file that it made; None without one.
        file_bytes: Its size.
    """

    id: int
    kind: str
    parameters: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    state: str
    step: str
    done_count: int
    total_count: int | None
    is_cancel_wanted: bool
    attempts: int
    finished_at: datetime | None
    error: str | None
    result: Mapping[str, Any]
    file_name: str | None
    file_bytes: int | None
