"""The queue itself: ask, take up, go on, end, cancel. Each step is one short transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from warehouse.audit_log import record
from warehouse.tables.ops import work, workers
from warehouse.work_queue.work import (
    MOST_ATTEMPTS,
    OPEN,
    Kind,
    State,
    Work,
    WorkError,
)

_COLUMNS: Final = tuple(work.c[field.name] for field in fields(Work))
_MOST_OPEN: Final = 20
"""Works that one person may have open at a time."""


def enqueue(
    connection: sa.Connection, kind: Kind, asked_by: str, parameters: Mapping[str, Any], state: State = State.WAITING
) -> int:
    """Queue a work, write it down in the audit log, and return its number.

    Args:
        connection: In a role that may add to the queue.
        kind: What there is to do.
        asked_by: User name of whoever asks.
        parameters: With what; the caller has checked them.
        state: Filling where its file is still to come.

    Raises:
        WorkError: If the person has too much open already.
    """
    is_theirs = (work.c.asked_by == asked_by) & work.c.state.in_(OPEN)
    if (connection.scalar(sa.select(sa.func.count()).select_from(work).where(is_theirs)) or 0) >= _MOST_OPEN:
        message = f"You have {_MOST_OPEN} works waiting or running already."
        raise WorkError(message, "Wait until one has ended, or cancel one.")
    row = {"kind": kind.value, "asked_by": asked_by, "parameters": dict(parameters), "state": state.value}
    number = int(connection.execute(sa.insert(work).values(row).returning(work.c.id)).scalar_one())
    record(connection, asked_by, "queue_work", str(number), {"kind": kind.value})
    return number


def claim(engine: sa.Engine, kinds: Sequence[Kind], lease: timedelta) -> Work | None:
    """Take up the oldest work that nobody has; None when there is none.

    A work whose worker has died is free once its lease has run out. One that has killed its worker too often has
    failed.

    Args:
        engine: Database.
        kinds: What this worker can do.
        lease: How long it has the work without a sign of life.
    """
    is_free = (work.c.state == State.WAITING) | (
        (work.c.state == State.RUNNING) & (work.c.leased_until_at < sa.func.now())
    )
    is_ours = work.c.kind.in_([kind.value for kind in kinds])
    with engine.begin() as connection:
        given_up = (work.c.state == State.RUNNING) & (work.c.attempts >= MOST_ATTEMPTS)
        connection.execute(
            work.update()
            .where(is_free, is_ours, given_up)
            .values(state=State.FAILED.value, error="worker_died", finished_at=sa.func.now())
        )
        found = connection.scalar(
            sa.select(work.c.id).where(is_free, is_ours).order_by(work.c.id).limit(1).with_for_update(skip_locked=True)
        )
        if found is None:
            return None
        taken = work.update().where(work.c.id == found)
        taken = taken.values(
            state=State.RUNNING.value,
            attempts=work.c.attempts + 1,
            leased_until_at=sa.func.now() + lease,
            started_at=sa.func.coalesce(work.c.started_at, sa.func.now()),
        )
        return _work(connection.execute(taken.returning(*_COLUMNS)).mappings().one())


def renew(engine: sa.Engine, held: Work, lease: timedelta, progress: Mapping[str, Any]) -> bool | None:
    """Show a sign of life, and how far the work is.

    Returns:
        Whether it is to stop; None when another worker has it by now.
    """
    with engine.begin() as connection:
        renewed = _held(held).values(leased_until_at=sa.func.now() + lease, **progress)
        heard: bool | None = connection.scalar(renewed.returning(work.c.is_cancel_wanted))
    return heard


def finish(engine: sa.Engine, held: Work, state: State, **values: object) -> bool:
    """End a work; returns False when another worker has it by now, and nothing was changed."""
    ended = _held(held).values(state=state.value, finished_at=sa.func.now(), step="", **values)
    with engine.begin() as connection:
        return connection.execute(ended).rowcount == 1


def cancel(connection: sa.Connection, number: int, actor: str) -> None:
    """Cancel a work: one that waits at once, one that runs as soon as its worker hears of it.

    Raises:
        WorkError: If there is none of that number that is open.
    """
    is_waiting = work.c.state.in_([State.WAITING, State.FILLING])
    asked = (
        work.update()
        .where(work.c.id == number, work.c.state.in_(OPEN))
        .values(
            is_cancel_wanted=True,
            state=sa.case((is_waiting, State.CANCELLED.value), else_=work.c.state),
            finished_at=sa.case((is_waiting, sa.func.now()), else_=None),
        )
    )
    if connection.execute(asked).rowcount == 0:
        message = "This work has ended already."
        raise WorkError(message)
    record(connection, actor, "cancel_work", str(number))


def filled(connection: sa.Connection, number: int) -> None:
    """Let a work wait for a worker: its file has arrived."""
    is_filling = (work.c.id == number) & (work.c.state == State.FILLING)
    connection.execute(work.update().where(is_filling).values(state=State.WAITING.value))


def recent(connection: sa.Connection, limit: int) -> tuple[Work, ...]:
    """Return the latest works, the latest first; those forgotten are left out."""
    found = sa.select(*_COLUMNS).where(work.c.state != State.FORGOTTEN).order_by(work.c.id.desc()).limit(limit)
    return tuple(_work(row) for row in connection.execute(found).mappings())


def work_of(connection: sa.Connection, number: int, owner: str) -> Work:
    """Return a work of somebody's own.

    Raises:
        WorkError: If there is none of that number, or it is another's; which of both is not said.
    """
    found = sa.select(*_COLUMNS).where(work.c.id == number, work.c.asked_by == owner)
    row = connection.execute(found.where(work.c.state != State.FORGOTTEN)).mappings().one_or_none()
    if row is None:
        message = "There is no such work of yours."
        raise WorkError(message, "What a work makes is kept for seven days, and for whoever asked for it only.")
    return _work(row)


def forget_before(engine: sa.Engine, kinds: Sequence[Kind], moment: datetime) -> tuple[int, ...]:
    """Mark as forgotten what was asked before a moment and has ended, or never began; returns their numbers."""
    is_over = work.c.state.not_in([State.WAITING, State.RUNNING, State.FORGOTTEN]) & work.c.kind.in_(kinds)
    with engine.begin() as connection:
        old = (
            work.update()
            .where(work.c.asked_at < moment, is_over)
            .values(state=State.FORGOTTEN.value, file_name=None, parameters={})
        )
        return tuple(connection.scalars(old.returning(work.c.id)))


def show_presence(engine: sa.Engine, name: str) -> None:
    """Write down that a worker is there."""
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "insert into ops.workers (name, seen_at) values (:name, now())"
                " on conflict (name) do update set seen_at = excluded.seen_at"
            ),
            {"name": name},
        )


def last_seen(connection: sa.Connection) -> dict[str, datetime]:
    """Return name of a worker -> when it was last there."""
    return {row.name: row.seen_at for row in connection.execute(sa.select(workers))}


def _held(held: Work) -> sa.Update:
    """Return an update of a work that this very attempt still has."""
    is_held = (work.c.id == held.id) & (work.c.attempts == held.attempts) & (work.c.state == State.RUNNING)
    return work.update().where(is_held)


def _work(row: sa.RowMapping) -> Work:
    return Work(**row)
