"""What a manager asks about SLA policies on the page: replay a policy on the last days, and save it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from etl.marts.calendars import calendar_named
from etl.marts.replay import Replay, replay
from etl.marts.sla_changes import set_policy
from warehouse.audit_log import record
from warehouse.work_queue.work import Work
from warehouse.work_queue.worker import HeldWork, Outcome

_MOST_TICKETS: Final = 50


def replay_policy(engine: sa.Engine, zone: Callable[[], ZoneInfo], held: HeldWork) -> Outcome:
    """Replay a policy on the last 90 days; nothing of it stays."""
    name, at = str(held.work.parameters["policy"]), zone()
    today = datetime.now(at).date()

    def change(connection: sa.Connection) -> None:
        set_policy(connection, name, _given(connection, held.work), today, all_time=True)

    held.say(step="deriving")
    with engine.begin() as connection:
        found = replay(connection, at.key, change)
    return Outcome(_as_json(found))


def save_policy(engine: sa.Engine, zone: Callable[[], ZoneInfo], held: HeldWork) -> Outcome:
    """Save a policy as it was replayed; the next refresh rebuilds, as after `sla set`."""
    name, is_all_time = str(held.work.parameters["policy"]), bool(held.work.parameters["all_time"])
    today = datetime.now(zone()).date()
    with engine.begin() as connection:
        given = _given(connection, held.work)
        done = set_policy(connection, name, given, today, all_time=is_all_time)
        if done.is_changed:
            details = {**given, "all_time": done.holds_for_all_time, "kept_as": done.kept_as}
            record(connection, held.work.asked_by, "set_sla_policy", name, details)
    return Outcome({"is_changed": done.is_changed, "all_time": done.holds_for_all_time, "kept_as": done.kept_as})


def _given(connection: sa.Connection, work: Work) -> dict[str, Any]:
    """Return the columns that change, as the page has checked them."""
    given = dict(work.parameters["given"])
    clock = work.parameters.get("clock")
    if clock is not None:
        given["calendar_id"] = calendar_named(connection, None).id if clock == "open_hours" else None
    return given


def _as_json(found: Replay) -> dict[str, Any]:
    changed = found.changed
    return {
        "first": found.first.isoformat(),
        "before": [found.before.met, found.before.judged],
        "after": [found.after.met, found.after.judged],
        "weeks": [[week.isoformat(), old.met, old.judged, new.met, new.judged] for week, old, new in found.by_week],
        "changed": len(changed),
        "to_met": sum(each.is_met is True for each in changed),
        "to_missed": sum(each.is_met is False for each in changed),
        "tickets": [[each.ticket_id, each.was_met, each.is_met] for each in reversed(changed)][:_MOST_TICKETS],
    }
