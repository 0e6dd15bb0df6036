"""Changes of the staffing settings and the roster."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.staffing.roster import RosterEntry
from warehouse.audit_log import record
from warehouse.tables.staffing import roster_entries, staffing_settings, staffing_targets

_SHARES: Final = {"shrinkage": (0, 90), "occupancy_cap": (30, 100), "quantile": (50, 97)}
_NUMBERS: Final = {"minimum_people": (0, 1000), "shift_hours": (1, 24)}
_LABELS: Final = {
    "shrinkage": "time on breaks, training and leave",
    "occupancy_cap": "largest share of time busy",
    "quantile": "share of days that is enough for",
    "minimum_people": "least people at work",
    "shift_hours": "longest shift",
    "cost_per_hour": "cost of an hour",
    "written_due_hours": "time to answer mail",
    "level": "share answered in time",
    "within": "time to answer",
    "patience": "time after which customers give up",
}
_MOST_COST: Final = 1_000_000
_CURRENCY_LETTERS: Final = 3


class SettingsValueError(SupportAnalyticsError):
    """A value of a form that a setting cannot have."""

    kind = ErrorKind.INVALID


def save_settings(connection: sa.Connection, actor: str, form: Mapping[str, str]) -> None:
    """Change the settings, all or none.

    Args:
        connection: In the role that a manager's changes are made in, in a transaction.
        actor: Who changes them.
        form: As the form on the page sends it: shares in per cent.

    Raises:
        SettingsValueError: If a value is missing or out of its range.
    """
    settings = _settings(form)
    channels = list(connection.execute(sa.select(staffing_targets.c.channel)).scalars())
    targets = {channel: _target(form, channel) for channel in channels}
    connection.execute(staffing_settings.update().values(**settings, updated_at=sa.func.now()))
    for channel, target in targets.items():
        connection.execute(staffing_targets.update().where(staffing_targets.c.channel == channel).values(**target))
    record(connection, actor, "change_staffing_settings", "staffing", settings | {"targets": targets})


def save_roster(connection: sa.Connection, actor: str, entries: Iterable[RosterEntry]) -> int:
    """Add shifts to the roster; one that begins when a person's other shift does replaces it.

    Returns:
        How many shifts are new or different.
    """
    kept = [
        {"agent_name": entry.agent_name, "starts_at": entry.starts_at, "ends_at": entry.ends_at} for entry in entries
    ]
    # One statement a shift would be twenty thousand for a large file.
    statement = sa.text("""
        insert into support.roster_entries (agent_name, starts_at, ends_at)
        select * from unnest(cast(:names as text[]), cast(:starts as timestamptz[]), cast(:ends as timestamptz[]))
        on conflict (agent_name, starts_at) do update set ends_at = excluded.ends_at, entered_at = now()
        where roster_entries.ends_at <> excluded.ends_at
    """)
    columns = {
        "names": [row["agent_name"] for row in kept],
        "starts": [row["starts_at"] for row in kept],
        "ends": [row["ends_at"] for row in kept],
    }
    changed = connection.execute(statement, columns).rowcount
    record(connection, actor, "change_roster", roster_entries.name, {"shifts": len(kept), "changed": changed})
    return changed


def _settings(form: Mapping[str, str]) -> dict[str, Any]:
    currency = form.get("currency", "").strip().upper()
    if len(currency) != _CURRENCY_LETTERS or not (currency.isascii() and currency.isalpha()):
        message = "The currency has to be three letters."
        raise SettingsValueError(message, "For example ZAR.")
    due_hours = _number(form, "written_due_hours", (0.25, 720))
    return {
        **{name: _number(form, name, span) / 100 for name, span in _SHARES.items()},
        **{name: round(_number(form, name, span)) for name, span in _NUMBERS.items()},
        "cost_per_hour": _number(form, "cost_per_hour", (0, _MOST_COST)),
        "currency": currency,
        "is_blended": form.get("is_blended") == "yes",
        "written_due_minutes": round(60 * due_hours),
    }


def _target(form: Mapping[str, str], channel: str) -> dict[str, Any]:
    prefix = f"target-{channel}-"
    has_patience = bool(form.get(f"{prefix}patience", "").strip())
    return {
        "service_level": _number(form, f"{prefix}level", (10, 99)) / 100,
        "within_seconds": round(_number(form, f"{prefix}within", (0, 3600))),
        "patience_seconds": round(_number(form, f"{prefix}patience", (1, 86_400))) if has_patience else None,
    }


def _number(form: Mapping[str, str], name: str, span: tuple[float, float]) -> float:
    least, most = span
    label = _LABELS[name.rpartition("-")[2]]
    try:
        value = float(form.get(name, "").strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        message = f"The {label} has to be a number from {least:g} to {most:g}."
        raise SettingsValueError(message, "Nothing was changed. Go back and correct it.")
    return value
