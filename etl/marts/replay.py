"""Says what would have become of the last days' tickets under other SLA policies, and leaves everything as it was.

The change is made in a savepoint, the tickets are derived as a refresh derives them, and the savepoint is taken back.
So there is no second reading of the rules: what is told is what a rebuild after the change would give.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from etl.marts.business_days import cover_data
from etl.marts.facts import derive_facts, reporting_zone
from etl.marts.sla_policies import policies
from etl.running.sql import read_sql

DAYS: Final = 90
_KIND: Final = ("priority", "customer_type", "channel")
_TICKETS: Final = "marts/sql/replay_tickets.sql"
_VERDICTS: Final = "marts/sql/replay_verdicts.sql"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one ticket.

    Attributes:
        ticket_id: Its number.
        policy: The policy that decides then; None without one.
        old_week: Monday of the week in which its last target ended; None where none ended in these days.
        new_week: The same under the change.
        was_met: Whether every target was met; None where none ended in these days.
        is_met: The same under the change.
    """

    ticket_id: int
    policy: str | None
    old_week: date | None
    new_week: date | None
    was_met: bool | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Share:
    """Tickets that met every target among those judged.

    Attributes:
        met: Those that did.
        judged: All of them.
    """

    met: int
    judged: int


@dataclass(frozen=True, slots=True)
class Replay:
    """The last days under a change.

    Attributes:
        first: First day.
        verdicts: Of each ticket that has one, before or after.
    """

    first: date
    verdicts: tuple[Verdict, ...]

    @property
    def before(self) -> Share:
        """As it was."""
        return _share([each.was_met for each in self.verdicts])

    @property
    def after(self) -> Share:
        """As it would have been."""
        return _share([each.is_met for each in self.verdicts])

    @property
    def changed(self) -> tuple[Verdict, ...]:
        """The tickets that get another verdict."""
        return tuple(each for each in self.verdicts if each.was_met is not each.is_met)

    @property
    def by_week(self) -> tuple[tuple[date, Share, Share], ...]:
        """Each week's Monday, as it was, and as it would have been."""
        weeks = sorted({week for each in self.verdicts for week in (each.old_week, each.new_week) if week is not None})
        return tuple(
            (
                week,
                _share([each.was_met for each in self.verdicts if each.old_week == week]),
                _share([each.is_met for each in self.verdicts if each.new_week == week]),
            )
            for week in weeks
        )


def _share(met: list[bool | None]) -> Share:
    return Share(sum(each is True for each in met), sum(each is not None for each in met))


def replay(
    connection: sa.Connection,
    time_zone: str,
    change: Callable[[sa.Connection], object],
    *,
    days: int = DAYS,
    renews_calendars: bool = False,
) -> Replay:
    """Return what would have become of the tickets of the last days.

    Args:
        connection: In a transaction of a role that refreshes the marts; nothing of it stays.
        time_zone: IANA name of the reporting zone.
        change: Changes policies (or calendars) as they would be saved, for all time.
        days: How many days, the running one among them.
        renews_calendars: Whether hours or holidays change, so that open time is counted anew.
    """
    savepoint = connection.begin_nested()
    try:
        reporting_zone(connection, time_zone)
        first = connection.execute(sa.text("select refreshed_at::date from ops.data_version")).scalar_one()
        first -= timedelta(days=days - 1)
        before = policies(connection)
        change(connection)
        kinds = None if renews_calendars else changed_kinds(before, policies(connection))
        tickets = f"create temporary table changed_tickets on commit drop as {read_sql(_TICKETS)}"
        scope = {"first": first, "is_for_all": kinds is None, "kinds": json.dumps(kinds or [])}
        connection.execute(sa.text(tickets), scope)
        connection.exec_driver_sql("analyze changed_tickets")
        cover_data(connection, renew=renews_calendars)
        derive_facts(connection, changed_only=True, renew_policies=True)
        rows = connection.execute(sa.text(read_sql(_VERDICTS)), {"first": first}).all()
        return Replay(first, tuple(Verdict(*row) for row in rows))
    finally:
        savepoint.rollback()


def changed_kinds(before: Sequence[sa.Row[Any]], after: Sequence[sa.Row[Any]]) -> list[dict[str, str | None]] | None:
    """Return which tickets the policies that differ are for, as they were and as they are; None for any ticket.

    Args:
        before: The policies, in the order in which they are tried.
        after: The same after the change.
    """
    was, now = ({row.id: row for row in rows} for rows in (before, after))
    kept = was.keys() & now.keys()
    if [row.id for row in before if row.id in kept] != [row.id for row in after if row.id in kept]:
        return None
    differ = [
        row
        for number in was.keys() | now.keys()
        if _content(was.get(number)) != _content(now.get(number))
        for row in (was.get(number), now.get(number))
        if row is not None
    ]
    return [{name: getattr(row, name) for name in _KIND} for row in differ]


def _content(row: sa.Row[Any] | None) -> list[object] | None:
    """Return what a policy says; its place counts only beside that of others."""
    return None if row is None else [getattr(row, name) for name in row._fields if name != "position"]
