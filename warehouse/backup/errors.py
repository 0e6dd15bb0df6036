"""Errors of backups.

BackupError
├── BackupStoreError      the place of the backups cannot be reached or used
├── BackupToolError       pg_dump or pg_restore is missing, or failed
│   └── TablesBusyError       tables were being swapped for others at that moment
├── BackupRefusedError    a backup is damaged, of another version, or closed to the key that was given
└── RestoreTargetError    the place to restore to is not free, or may not be written
"""

from analytics.errors import SupportAnalyticsError


class BackupError(SupportAnalyticsError):
    """A backup could not be made, proved or restored."""


class BackupStoreError(BackupError):
    """The place of the backups cannot be reached or used."""


class BackupToolError(BackupError):
    """`pg_dump` or `pg_restore` is missing, of another version, or failed."""


class TablesBusyError(BackupToolError):
    """A rebuild is swapping tables at this moment; a moment later it has done so."""


class BackupRefusedError(BackupError):
    """A backup that is not what was written; nothing of it was used."""


class RestoreTargetError(BackupError):
    """What is there already would be lost, or may not be changed by this log-in."""
