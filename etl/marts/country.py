"""Whose public holidays the desk follows, as far as the settings and its time zone say it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from analytics.errors import SettingsError
from analytics.forecasting.calendar import supported_countries
from warehouse.settings import DEFAULT_TIME_ZONE

NO_COUNTRY: Final = "none"
_ZONE_CELL: Final = 2


class CountriesSource(StrEnum):
    """What the countries of a calendar follow from. What the desk says goes before all others."""

    DESK = "desk"
    SETTING = "setting"
    ZONE = "zone"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class ChosenCountries:
    """Countries whose public holidays count; none where the desk wants none."""

    codes: tuple[str, ...]
    source: CountriesSource


def chosen_countries(time_zone: str, environment: Mapping[str, str] | None = None) -> ChosenCountries | None:
    """Return what SUPPORT_COUNTRY says, else the country of a time zone that was set; None where that is not known.

    The zone that every new desk has says nothing of where it is.

    Args:
        time_zone: IANA name of the reporting time zone.
        environment: Variables to read; None means this process's own.

    Raises:
        SettingsError: If SUPPORT_COUNTRY is not the code of a known country.
    """
    variables = os.environ if environment is None else environment
    chosen = variables.get("SUPPORT_COUNTRY", "").strip()
    if chosen.lower() == NO_COUNTRY:
        return ChosenCountries((), CountriesSource.SETTING)
    if chosen:
        if chosen.upper() not in supported_countries():
            message = "SUPPORT_COUNTRY names no country whose holidays are known."
            raise SettingsError(message, "Give two letters such as ZA or BW, or none.")
        return ChosenCountries((chosen.upper(),), CountriesSource.SETTING)
    is_set = time_zone != DEFAULT_TIME_ZONE or variables.get("SUPPORT_TIME_ZONE", "").strip() == time_zone
    named = countries_of_zone(time_zone) if is_set else ()
    return ChosenCountries(named[:1], CountriesSource.ZONE) if named else None


@lru_cache(maxsize=16)
def countries_of_zone(time_zone: str) -> tuple[str, ...]:
    """Return the countries whose clocks follow a zone, the one that it is named for first; none for UTC.

    Only countries whose holidays are known are returned.

    Args:
        time_zone: IANA name.
    """
    named, shared = _countries_by_zone("zone.tab"), _countries_by_zone("zone1970.tab")
    found = named.get(time_zone, ()) + shared.get(time_zone, ())
    if not found:
        found = sum((named[each] for each in _same_zones(time_zone, named)), ())
    return tuple(code for code in dict.fromkeys(found) if code in supported_countries())


def _countries_by_zone(table: str) -> dict[str, tuple[str, ...]]:
    lines = (files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return {each[_ZONE_CELL]: tuple(each[0].split(",")) for each in cells if len(each) > _ZONE_CELL}


def _same_zones(time_zone: str, named: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the zones that an older name such as US/Eastern stands for: those with the same clocks at all times."""
    folder = files("tzdata") / "zoneinfo"
    try:
        clocks = folder.joinpath(*time_zone.split("/")).read_bytes()
    except OSError:
        return []
    return [each for each in named if folder.joinpath(*each.split("/")).read_bytes() == clocks]
