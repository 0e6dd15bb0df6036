"""Errors of backups.

BackupError
├── BackupStoreError      the backups' directory or bucket cannot be reached or used
├── BackupToolError       pg_dump or pg_restore is missing, or failed
│   └── TablesBusyError       a rebuild was swapping tables at that moment
├── BackupRefusedError    a backup is damaged, of another version, or encrypted for another key
└── RestoreTargetError    the place to restore to is not free, or may not be written
"""

from analytics.errors import SupportAnalyticsError


class BackupError(SupportAnalyticsError):
    """A backup could not be made, proved or restored."""


class BackupStoreError(BackupError):
    """The backups' directory or bucket cannot be reached or used."""


class BackupToolError(BackupError):
    """`pg_dump` or `pg_restore` is missing, of another version, or failed."""


class TablesBusyError(BackupToolError):
    """A rebuild is swapping tables at this moment; it will be done a moment later."""


class BackupRefusedError(BackupError):
    """A backup cannot be used as it is; nothing of it was restored."""


class RestoreTargetError(BackupError):
    """A restore would overwrite existing data, or this log-in may not change the target."""
