"""Which imports may run at the same time: two of different sources; and none while one is taken back."""

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError

_ALL = "support-analytics imports"


class ImportBusyError(SupportAnalyticsError):
    """Another import is running that must not run at the same time."""


def lock_source(connection: sa.Connection, source: str) -> None:
    """Keep other imports of a source out, until the transaction ends.

    Raises:
        ImportBusyError: If one is running, or an import is being taken back.
    """
    if not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock_shared(_key(_ALL)))):
        message = "An import is being taken back at the moment."
        raise ImportBusyError(message, "Wait until that has ended, then try again.")
    if not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_key(f"support-analytics import {source}")))):
        message = f"Another import of the source {source!r} is running."
        raise ImportBusyError(message, "Wait until it has ended, then try again.")


def lock_all(connection: sa.Connection) -> None:
    """Keep every import out, until the transaction ends.

    Raises:
        ImportBusyError: If one is running.
    """
    if not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_key(_ALL)))):
        message = "An import is running."
        raise ImportBusyError(message, "Wait until it has ended, then try again.")


def _key(name: str) -> sa.ColumnElement[int]:
    return sa.func.hashtextextended(name, 0)
