"""Errors of the archive of the write-ahead log.

ArchiveError
├── ArchiveStoreError      its directory cannot be used, or belongs to another database
├── ArchiveToolError       one of PostgreSQL's own programs failed
└── NotRecoverableError    the archive does not reach the moment that was asked for, or is damaged
"""

from analytics.errors import SupportAnalyticsError


class ArchiveError(SupportAnalyticsError):
    """The write-ahead log could not be archived, or the database could not be recovered from it."""


class ArchiveStoreError(ArchiveError):
    """The directory of the archive cannot be used, or belongs to another database."""


class ArchiveToolError(ArchiveError):
    """`pg_basebackup`, `pg_receivewal` or `pg_verifybackup` failed."""


class NotRecoverableError(ArchiveError):
    """The archive does not reach the moment that was asked for, or is damaged; nothing was changed."""
