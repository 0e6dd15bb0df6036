"""Errors of the embedded PostgreSQL server.

EmbeddedPostgresError
├── ServerInUseError        another process holds the data directory
├── ServerStartError        the server, or initdb, did not come up
└── ServerAccessError       the account cannot use the data directory or the programs
"""

from analytics.errors import SupportAnalyticsError


class EmbeddedPostgresError(SupportAnalyticsError):
    """The embedded PostgreSQL server cannot be used."""


class ServerInUseError(EmbeddedPostgresError):
    """Another process runs, starts or stops a server on the same data directory."""


class ServerStartError(EmbeddedPostgresError):
    """The server or its first initialisation failed; the hint names the log."""


class ServerAccessError(EmbeddedPostgresError):
    """The data directory or the programs cannot be reached by the account in use."""
