"""Whether the database has the schema that this version of the product was written for.

The revisions that are known are read from the names of the migrations' files, as Alembic is slow to import.
"""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError

_VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"
_OF_DATABASE: Final = "select version_num from ops.alembic_version"
_NOT_ALLOWED: Final = "42501"


class SchemaNotKnownError(SupportAnalyticsError):
    """The database was migrated by a version of the product that knows more than this one, or by another one."""

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, revision: str) -> None:
        """Say which schema is there, and the two ways out."""
        newest = known_revisions()[-1]
        known = f"this version of support-analytics does not know; it knows up to {newest}"
        super().__init__(
            f"The schema of the database is revision {revision}, which {known}.",
            "Another version has migrated the database: use that version, or a newer one (its code, its image),"
            " or restore a backup from before. Nothing was changed.",
        )


class SchemaOlderError(SupportAnalyticsError):
    """The database has not been migrated to the schema of this version yet."""

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, revision: str | None) -> None:
        """Say which schema is there, if that can be read, and what to run."""
        found = "older" if revision is None else f"revision {revision}, older"
        super().__init__(
            f"The schema of the database is {found} than this version of support-analytics needs"
            f" ({known_revisions()[-1]}).",
            "Run: support-analytics db migrate",
        )


def known_revisions() -> tuple[str, ...]:
    """Return every revision that this version knows, the newest last."""
    return tuple(sorted(file.name.partition("_")[0] for file in _VERSIONS.glob("[0-9]*.py")))


def check_revision(revision: str | None, *, may_be_older: bool = False) -> None:
    """Check the revision of a database.

    Args:
        revision: As the database has it; None if this session may not read it, which was so before 0028.
        may_be_older: Whether an earlier schema will do.

    Raises:
        SchemaNotKnownError: If this version does not know it.
        SchemaOlderError: If it is an earlier one.
    """
    known = known_revisions()
    if revision is not None and revision not in known:
        raise SchemaNotKnownError(revision)
    if revision != known[-1] and not may_be_older:
        raise SchemaOlderError(revision)


def check_schema(connection: sa.Connection, *, may_be_older: bool = False) -> None:
    """Check the schema of a database that has one; raises as `check_revision` does."""
    check_revision(connection.scalar(sa.text(_OF_DATABASE)), may_be_older=may_be_older)


def refuse_other_schemas(engine: sa.Engine, *, may_be_older: bool = False) -> None:
    """Let an engine hand out no connection before it has seen the schema that it needs.

    It looks once. So a portal that answers goes on answering while a newer version migrates the database.

    Args:
        engine: Raises as `check_revision` does when it is asked for a connection.
        may_be_older: Whether an earlier schema will do.
    """
    fits = False

    @sa.event.listens_for(engine, "connect")
    def look(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no public type
        nonlocal fits
        if not fits:
            check_revision(_revision(engine, connection), may_be_older=may_be_older)
            fits = True


def _revision(engine: sa.Engine, connection: Any) -> str | None:  # noqa: ANN401 - as above
    with connection.cursor() as cursor:
        try:
            cursor.execute(_OF_DATABASE)
            row = cursor.fetchone()
        except engine.dialect.import_dbapi().Error as error:
            if getattr(error, "pgcode", None) != _NOT_ALLOWED:
                raise
            row = None
        finally:
            connection.rollback()
    return None if row is None else str(row[0])
