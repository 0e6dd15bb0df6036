"""Where the write-ahead log is archived, read from the environment here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Self

from analytics.errors import SettingsError

ARCHIVE_VARIABLE: Final = "SUPPORT_WAL_ARCHIVE"
_DAYS_VARIABLE: Final = "SUPPORT_WAL_ARCHIVE_BASE_DAYS"
_MOST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """The settings of the archive in the environment.

    Attributes:
        directory: Directory of the archive.
        base_age: Largest age of the newest base backup; then the next one is made.
    """

    directory: Path
    base_age: timedelta

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: If no archive is named, or a value cannot be used.
        """
        variables = os.environ if environment is None else environment
        directory = variables.get(ARCHIVE_VARIABLE)
        if not directory:
            message = f"{ARCHIVE_VARIABLE} is not set."
            raise SettingsError(message, "Name a directory on another disk than the data's.")
        days = variables.get(_DAYS_VARIABLE) or "7"
        if not days.isascii() or not days.isdecimal() or not 1 <= int(days) <= _MOST_DAYS:
            message = f"{_DAYS_VARIABLE} is not a whole number from 1 to {_MOST_DAYS}."
            raise SettingsError(message, "The default is 7.")
        return cls(Path(directory).expanduser().absolute(), timedelta(days=int(days)))
