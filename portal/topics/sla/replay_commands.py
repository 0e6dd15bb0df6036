"""What a manager may ask about policies: a replay on the last days, and to save what was replayed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.vocabulary import CHANNELS, PAUSING_STATUSES
from portal.topics.sla.replay_dataset import PolicyNow
from warehouse.tables.desk import sla_policies
from warehouse.work_queue import queue
from warehouse.work_queue.work import OPEN, Kind, State, Work, WorkError

TARGETS: Final = ("first_reply", "next_reply", "resolution")
NEW: Final = "+"
"""Stands for a policy that is not there yet, in the choice of the form."""
_LONGEST_NAME: Final = 60
_MOST_HOURS: Final = 10_000
_PATIENCE_SECONDS: Final = 6.0
_LOOK_SECONDS: Final = 0.1


class InvalidPolicyError(SupportAnalyticsError):
    """A policy that cannot be tried; the sentence says why."""

    kind = ErrorKind.INVALID

    def __init__(self, message: str) -> None:
        """Say what is wrong with the form, and the way back to it."""
        super().__init__(message, "Go back and change it.")


@dataclass(frozen=True, slots=True)
class Trial:
    """A policy to try, as it was checked.

    Attributes:
        policy: Its name.
        given: Values by the names of columns; what is not given stays.
        clock: "open_hours" of the desk, "every_hour", or None to leave it.
    """

    policy: str
    given: Mapping[str, Any]
    clock: str | None

    @property
    def parameters(self) -> dict[str, Any]:
        """What the work is queued with."""
        return {"policy": self.policy, "given": dict(self.given), "clock": self.clock}


def present_policies(connection: sa.Connection) -> tuple[PolicyNow, ...]:
    """Return the policies that hold now, in the order in which they are tried."""
    columns = sla_policies.c
    held = sa.or_(columns.valid_until_at.is_(None), columns.valid_until_at > sa.func.now())
    rows = connection.execute(sa.select(sla_policies).where(held).order_by(columns.position, columns.id))
    return tuple(
        PolicyNow(
            row.name,
            (row.first_reply_minutes, row.next_reply_minutes, row.resolution_minutes),
            bool(row.resolution_pauses),
            row.calendar_id is not None,
        )
        for row in rows
    )


def checked_trial(form: Mapping[str, str], known: tuple[str, ...]) -> Trial:
    """Read what a form holds.

    Args:
        form: Its fields.
        known: Names of the policies that there are.

    Raises:
        InvalidPolicyError: If it cannot be tried.
    """
    targets = {f"{each}_minutes": _minutes(form[each]) for each in TARGETS if form.get(each, "").strip()}
    pauses = {"yes": list(PAUSING_STATUSES), "no": []}.get(form.get("pauses", ""))
    given: dict[str, Any] = {**targets, **({} if pauses is None else {"resolution_pauses": pauses})}
    clock = form.get("clock") if form.get("clock") in {"open_hours", "every_hour"} else None
    if form.get("policy", "") == NEW:
        return Trial(_new_name(form.get("name", ""), known), {**given, **_for_channel(form, targets)}, clock)
    if form.get("policy", "") not in known:
        message = "There is no such policy any more."
        raise InvalidPolicyError(message)
    if not given and clock is None:
        message = "Nothing would change: give another time, pause or clock."
        raise InvalidPolicyError(message)
    return Trial(form["policy"], given, clock)


def _new_name(text: str, known: tuple[str, ...]) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or name in known:
        message = f"A new policy needs a name of its own, of at most {_LONGEST_NAME} characters."
        raise InvalidPolicyError(message)
    return name


def _for_channel(form: Mapping[str, str], targets: Mapping[str, int]) -> dict[str, Any]:
    """Return which tickets a new policy is for; it is tried before the others."""
    channel = form.get("channel", "")
    if channel and channel not in CHANNELS:
        message = "There is no such channel."
        raise InvalidPolicyError(message)
    if not targets:
        message = "A new policy has to promise something: give a time."
        raise InvalidPolicyError(message)
    return {"channel": channel or None, "position": 1}


def _minutes(hours: str) -> int:
    try:
        minutes = round(60 * float(hours))
    except (ValueError, OverflowError):
        minutes = 0
    if not 0 < minutes <= 60 * _MOST_HOURS:
        message = f"A time is a number of hours, above 0 and at most {_MOST_HOURS:,}."
        raise InvalidPolicyError(message)
    return minutes


def ask_replay(connection: sa.Connection, actor: str, trial: Trial) -> int:
    """Queue a replay, and return its number."""
    return queue.enqueue(connection, Kind.REPLAY_SLA, actor, trial.parameters)


def ask_save(connection: sa.Connection, actor: str, number: int, *, all_time: bool) -> int:
    """Queue the saving of what was replayed, exactly as it was, and return its number.

    Raises:
        WorkError: If there is no such replay of theirs that is done.
    """
    replayed = queue.work_of(connection, number, actor)
    if replayed.kind != Kind.REPLAY_SLA or replayed.state != State.DONE:
        message = "There is no such replay of yours."
        raise WorkError(message)
    return queue.enqueue(connection, Kind.SAVE_SLA, actor, {**replayed.parameters, "all_time": all_time})


def wait_for(engine: sa.Engine, actor: str, number: int) -> None:
    """Wait a few seconds for a work to end; whoever reads the page afterwards sees how far it is."""
    gives_up_at = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < gives_up_at and asked_work(engine, actor, number).state in OPEN:
        time.sleep(_LOOK_SECONDS)


def asked_work(engine: sa.Engine, actor: str, number: int) -> Work:
    """Return a work of somebody's own."""
    with engine.connect() as connection:
        return queue.work_of(connection, number, actor)
