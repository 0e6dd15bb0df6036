"""What converts the rows of a file of any kind, and what its loading has to know."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from etl.importing.kinds.converter import KindConverter
from etl.importing.kinds.fields import FIELDS_OF
from etl.importing.kinds.tickets import TICKETS
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.limits import ImportLimits
from etl.importing.time_zones import zone_named
from etl.importing.transforms.agent_names import AgentNames
from etl.importing.transforms.column_places import column_places, folded
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.instants import InstantRules
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.row_converter import RowConverter

_AHEAD: Final = timedelta(days=1)
"""A time may lie so far in the future, because zones and clocks differ."""


def has_key(profile: ImportProfile) -> bool:
    """Say whether the records of a file have keys; else their content is the key."""
    return bool(profile.external_id or FIELDS_OF[profile.kind].key)


def values_for(
    profile: ImportProfile, converter: RowConverter | KindConverter, reporting_zone: ZoneInfo
) -> dict[str, Any]:
    """Return the values that the SQL of a kind asks for by name."""
    return {
        "given": list(converter.given),
        "header": list(converter.header),
        "created_column": profile.columns.get("created_at", ""),
        "reporting_zone": reporting_zone.key,
        "ticket_column": profile.columns.get("ticket", ""),
    }


def converter_for(
    profile: ImportProfile,
    header: Sequence[str],
    reporting_zone: ZoneInfo,
    limits: ImportLimits,
    agents: AgentNames | None = None,
) -> RowConverter | KindConverter:
    """Return the converter of a file's rows.

    Raises:
        HeaderError: If the file lacks a column that is needed.
        UnknownTimeZoneError: If the profile's time zone is unknown.
        SupportAnalyticsError: If a constant of the profile breaks a rule.
    """
    present = column_places(header)
    needed = (*profile.external_id, *(profile.columns[name] for name in FIELDS_OF[profile.kind].needed))
    if lacking := [column for column in needed if folded(column) not in present]:
        message = f"The file lacks columns that the profile {profile.name!r} needs: {', '.join(lacking)}."
        raise HeaderError(message, f"It has: {', '.join(header)}.")
    rules = InstantRules(
        time_zone=zone_named(profile.time_zone) if profile.time_zone else None,
        reporting_zone=reporting_zone,
        formats=profile.formats,
        date_order=profile.date_order,
        is_date_only=profile.is_date_only,
        latest=datetime.now(UTC) + _AHEAD,
    )
    convert = RowConverter if profile.kind == TICKETS.slug else KindConverter
    try:
        return convert(profile, header, rules, limits.cell_characters, agents)
    except FieldError as error:
        message = f"A constant of the profile {profile.name!r} breaks a rule of its field ({error.code})."
        raise HeaderError(message, "docs/import.md lists what each field takes.") from error
