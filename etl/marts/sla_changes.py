"""How the desk's SLA policies change while what was decided under them stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from etl.marts.sla_policies import TARGETS, is_as_shipped, policies
from warehouse.tables.desk import business_calendars, sla_policies

LONGEST_NAME: Final = 100
_KEPT_LETTERS: Final = 70
"""Of a name, before the day on which the policy ended."""
_COLUMNS: Final = tuple(column.name for column in sla_policies.columns if column.name != "id")
# Two changes at once would give one place twice.
_LOCK: Final = sa.text("lock table support.sla_policies in share row exclusive mode")


class UnknownPolicyError(SupportAnalyticsError):
    """A policy that the desk does not have."""

    kind = ErrorKind.INVALID

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Quote the name, and list the known ones."""
        super().__init__(f"There is no SLA policy {name!r}.", f"Choose from: {', '.join(known)}." if known else "")


class EndedPolicyError(SupportAnalyticsError):
    """A policy that is over, so that nothing can change from now on."""

    kind = ErrorKind.INVALID

    def __init__(self, name: str) -> None:
        """Say how to change the past."""
        super().__init__(
            f"The SLA policy {name!r} is over, and only says what was decided under it.",
            "Pass --all-time to change what was decided.",
        )


class NoTargetError(SupportAnalyticsError):
    """A new policy that promises nothing."""

    kind = ErrorKind.INVALID

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Say that the policy would be new, and how to give it a target."""
        super().__init__(
            f"There is no SLA policy {name!r} yet, and a new one needs a target.",
            f"Give --first-reply, --next-reply or --resolution. The desk has: {', '.join(known) or 'none'}.",
        )


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What was done to a policy.

    Attributes:
        is_new: Whether it was not there before.
        is_changed: Whether anything was done.
        holds_for_all_time: Whether what was decided before is decided anew.
        kept_as: Name under which the former policy stays for what was decided; None if it does not.
    """

    is_new: bool = False
    is_changed: bool = True
    holds_for_all_time: bool = True
    kept_as: str | None = None


def set_policy(
    connection: sa.Connection, name: str, given: Mapping[str, object], today: date, *, all_time: bool | None
) -> PolicyChange:
    """Make or change a policy; others make room for its place.

    Args:
        connection: In a role that writes policies.
        name: Name of the policy.
        given: Values by the names of columns; what is not given stays, or is as the table has it.
        today: Day in the reporting zone, for the name of a policy that is kept.
        all_time: Whether the policy is to hold as it is now for all time, in place of its former ones too; None for
            an example, which nobody promised, but for no policy of the desk's own.

    Raises:
        EndedPolicyError: If the policy is over and the change is not for all time.
        NoTargetError: If a new policy has no target.
    """
    known = _locked(connection)
    present = known.get(name)
    if present is None:
        return _add(connection, name, given, known, all_time=bool(all_time))
    wanted = {**given, "valid_from_at": None} if all_time and not present.has_ended else given
    values = {column: value for column, value in wanted.items() if getattr(present, column) != value}
    if not values:
        return PolicyChange(is_changed=False)
    keeps = _keeps_past(present, all_time=all_time)
    _make_room(connection, values.get("position"), present.id)
    if not keeps:
        _delete(connection, _formers(present, known) if all_time else ())
        connection.execute(sla_policies.update().where(sla_policies.c.id == present.id).values(values))
        return PolicyChange()
    kept_as = _end(connection, present, known, today)
    row = {column: getattr(present, column) for column in _COLUMNS} | values
    connection.execute(sla_policies.insert().values(row | {"valid_from_at": sa.func.now()}))
    return PolicyChange(holds_for_all_time=False, kept_as=kept_as)


def remove_policy(connection: sa.Connection, name: str, today: date, *, all_time: bool | None) -> PolicyChange:
    """Take a policy away.

    Args:
        connection: In a role that writes policies.
        name: Name of the policy.
        today: Day in the reporting zone, for the name of a policy that is kept.
        all_time: As for `set_policy`.

    Raises:
        EndedPolicyError: If the policy is over and is not to go for all time.
        UnknownPolicyError: If there is none of that name.
    """
    known = _locked(connection)
    if name not in known:
        raise UnknownPolicyError(name, tuple(known))
    if _keeps_past(known[name], all_time=all_time):
        return PolicyChange(holds_for_all_time=False, kept_as=_end(connection, known[name], known, today))
    _delete(connection, (known[name], *(_formers(known[name], known) if all_time else ())))
    return PolicyChange()


def _locked(connection: sa.Connection) -> dict[str, sa.Row[Any]]:
    connection.execute(_LOCK)
    return {row.name: row for row in policies(connection)}


def _add(
    connection: sa.Connection,
    name: str,
    given: Mapping[str, object],
    known: Mapping[str, sa.Row[Any]],
    *,
    all_time: bool,
) -> PolicyChange:
    """Add a policy, behind all others unless its place is given, with the desk's own calendar unless one is given.

    Raises:
        NoTargetError: If it has no target.
    """
    if not any(target in given for target in TARGETS):
        raise NoTargetError(name, tuple(known))
    default = sa.select(business_calendars.c.id).where(business_calendars.c.is_default).scalar_subquery()
    last = max((row.position for row in known.values()), default=0)
    values = {"name": name, "position": last + 1, "calendar_id": default, **given}
    _make_room(connection, given.get("position"), None)
    begins = None if all_time else sa.func.now()
    connection.execute(sla_policies.insert().values(values | {"valid_from_at": begins}))
    return PolicyChange(is_new=True, holds_for_all_time=all_time)


def _keeps_past(policy: sa.Row[Any], *, all_time: bool | None) -> bool:
    """Say whether a policy is kept for what was decided under it.

    Raises:
        EndedPolicyError: If it is over and what was decided is to stay.
    """
    if all_time:
        return False
    if policy.has_ended:
        raise EndedPolicyError(policy.name)
    return policy.has_begun and (all_time is False or not is_as_shipped(policy))


def _make_room(connection: sa.Connection, place: object, own: int | None) -> None:
    """Move all policies from a place on back by one if another has that place; their order stays."""
    if place is None:
        return
    columns = sla_policies.c
    others = sa.true() if own is None else columns.id != own
    if connection.scalar(sa.select(sa.exists().where(columns.position == place, others))):
        moved = sla_policies.update().where(columns.position >= place)
        connection.execute(moved.values(position=columns.position + 1))


def _end(connection: sa.Connection, policy: sa.Row[Any], known: Mapping[str, object], today: date) -> str:
    """Let a policy be over now, and return the name that it has from now on."""
    kept_as, number = f"{_kept_name(policy.name)}{today})", 1
    while kept_as in known:
        number += 1
        kept_as = f"{_kept_name(policy.name)}{today}, {number})"
    ended = sla_policies.update().where(sla_policies.c.id == policy.id)
    connection.execute(ended.values(name=kept_as, valid_until_at=sa.func.now()))
    return kept_as


def _kept_name(name: str) -> str:
    """Return what the names of former policies begin with."""
    return f"{name[:_KEPT_LETTERS]} (until "


def _formers(policy: sa.Row[Any], known: Mapping[str, sa.Row[Any]]) -> list[sa.Row[Any]]:
    """Return the former policies that a policy took the place of, the latest first: each ended as the next began."""
    kept = [row for row in known.values() if row.has_ended and row.name.startswith(_kept_name(policy.name))]
    found: list[sa.Row[Any]] = []
    begun_at = policy.valid_from_at
    for row in sorted(kept, key=lambda each: each.valid_until_at, reverse=True):
        if row.valid_until_at == begun_at:
            found.append(row)
            begun_at = row.valid_from_at
    return found


def _delete(connection: sa.Connection, gone: Iterable[sa.Row[Any]]) -> None:
    connection.execute(sla_policies.delete().where(sla_policies.c.id.in_([row.id for row in gone])))
