"""What `etl status` says of backups."""

from datetime import UTC, datetime, timedelta

import pytest

from etl.cli import _last_backup

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "says"),
    [
        (None, "No backup has been made yet."),
        (timedelta(minutes=90), "The last backup was made 1 hour ago."),
        (timedelta(hours=26, minutes=59), "The last backup was made 26 hours ago."),
        (
            timedelta(hours=27),
            "The last backup was made 27 hours ago. That is too long: see the errors of backup_database.",
        ),
    ],
)
def test_the_age_of_the_last_backup_is_told(age: timedelta | None, says: str) -> None:
    """A night without a backup is named, two hours after it should have been made."""
    assert _last_backup(NOW - age if age is not None else None, NOW) == says
