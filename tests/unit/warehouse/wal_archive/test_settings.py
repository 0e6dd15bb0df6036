"""Where the log is archived."""

from datetime import timedelta
from pathlib import Path

import pytest

from analytics.errors import SettingsError
from warehouse.wal_archive.settings import ArchiveSettings


def test_a_directory_is_enough() -> None:
    """A base backup is made once a week then."""
    settings = ArchiveSettings.from_environment({"SUPPORT_WAL_ARCHIVE": "/mnt/other disk"})
    assert settings == ArchiveSettings(Path("/mnt/other disk"), timedelta(days=7))


@pytest.mark.parametrize("days", ["0", "-1", "366", "1.5", "week", "\u0663"])
def test_days_that_make_no_sense_are_refused(days: str) -> None:
    """With the name of the variable."""
    with pytest.raises(SettingsError, match="SUPPORT_WAL_ARCHIVE_BASE_DAYS"):
        ArchiveSettings.from_environment({"SUPPORT_WAL_ARCHIVE": "/a", "SUPPORT_WAL_ARCHIVE_BASE_DAYS": days})


def test_no_directory_is_refused() -> None:
    """Nothing is archived by accident."""
    with pytest.raises(SettingsError, match="SUPPORT_WAL_ARCHIVE is not set"):
        ArchiveSettings.from_environment({})
