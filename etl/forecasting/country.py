"""Whose public holidays count: the country of the reporting time zone, or the one that is set."""

import os
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from analytics.errors import SettingsError
from analytics.forecasting.calendar import supported_countries

NO_COUNTRY: Final = "none"


def holiday_country(time_zone: str, environment: Mapping[str, str] | None = None) -> str | None:
    """Return a country code of two letters, or None if no country's holidays are to be used.

    Args:
        time_zone: IANA name of the reporting time zone.
        environment: Variables to read; None means this process's own.

    Raises:
        SettingsError: If SUPPORT_COUNTRY is not the code of a known country.
    """
    variables = os.environ if environment is None else environment
    chosen = variables.get("SUPPORT_COUNTRY", "").strip()
    if chosen.lower() == NO_COUNTRY:
        return None
    if chosen:
        if chosen.upper() not in supported_countries():
            message = "SUPPORT_COUNTRY names no country whose holidays are known."
            raise SettingsError(message, "Give two letters such as ZA or BW, or none.")
        return chosen.upper()
    found = _country_of(time_zone)
    return found if found in supported_countries() else None


def _country_of(time_zone: str) -> str | None:
    """Return the country that the time zone database names first for a zone."""
    table = files("tzdata") / "zoneinfo" / "zone.tab"
    for line in table.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 2 and not line.startswith("#") and cells[2] == time_zone:  # noqa: PLR2004 - the zone is third
            return cells[0]
    return None
