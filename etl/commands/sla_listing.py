"""SLA policies as a table and as JSON."""

from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from rich.text import Text

from analytics.instants import instant_text
from analytics.listing import Listing
from analytics.terminal_text import cell
from etl.commands.sla_words import duration_text
from etl.marts.sla_policies import PAUSES, TARGETS, is_as_shipped

_JSON_COLUMNS: Final = (
    *("position", "name", "priority", "customer_type", "channel", "calendar"),
    *(*TARGETS, *PAUSES, "valid_from_at", "valid_until_at"),
)
_KINDS: Final = ("first reply", "next reply", "resolution")


def policy_as_json(policy: sa.Row[Any]) -> dict[str, object]:
    """Return a policy for a machine; minutes are open minutes of its calendar, if it has one.

    Args:
        policy: A row of `etl.marts.sla_policies.policies`.
    """
    return {name: getattr(policy, name) for name in _JSON_COLUMNS} | {"is_as_shipped": is_as_shipped(policy)}


def policy_listing(found: Sequence[sa.Row[Any]], zone: ZoneInfo) -> Listing:
    """Return policies as a list.

    Args:
        found: Rows of `etl.marts.sla_policies.policies`.
        zone: Of the instants from and until which a policy holds.
    """
    headers = ("place", "policy", "tickets", "targets", "paused in", "calendar")
    listing = Listing(*headers, names={"policy", "calendar"}, has_lines=True)
    for row in found:
        columns = ((str(row.position),), _name(row, zone), _tickets(row), _targets(row), _pauses(row), _calendar(row))
        listing.add(*(Text("\n").join(map(cell, lines)) for lines in columns))
    return listing


def _name(policy: sa.Row[Any], zone: ZoneInfo) -> tuple[str, ...]:
    shipped = ("as shipped",) if is_as_shipped(policy) else ()
    turns = (("from", policy.valid_from_at), ("until", policy.valid_until_at))
    return policy.name, *shipped, *(f"{word} {instant_text(at, zone)}" for word, at in turns if at)


def _tickets(policy: sa.Row[Any]) -> tuple[str, ...]:
    named = ("priority", policy.priority), ("customer type", policy.customer_type), ("channel", policy.channel)
    return tuple(f"{what} {word}" for what, word in named if word is not None) or ("every ticket",)


def _targets(policy: sa.Row[Any]) -> tuple[str, ...]:
    minutes = (getattr(policy, target) for target in TARGETS)
    return tuple(f"{kind} {duration_text(each)}" for kind, each in zip(_KINDS, minutes, strict=True))


def _pauses(policy: sa.Row[Any]) -> tuple[str, ...]:
    statuses = (getattr(policy, pauses) for pauses in PAUSES)
    return tuple(f"{kind}: {', '.join(each)}" for kind, each in zip(_KINDS, statuses, strict=True) if each)


def _calendar(policy: sa.Row[Any]) -> tuple[str, ...]:
    return (policy.calendar or "none, every hour counts",)
