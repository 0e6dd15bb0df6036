"""The history of the schema; `migrate` brings any database to the newest schema."""

import logging
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from warehouse.schema_revision import check_revision

_LOGGER: Final = logging.getLogger(__name__)
DIRECTORY: Final = Path(__file__).parent
SQL_DIRECTORY: Final = DIRECTORY / "sql"
VERSION_SCHEMA: Final = "ops"
LOCK: Final = sa.select(sa.func.pg_advisory_xact_lock(5_787_218_001))
"""Two commands that find a database to migrate at the same moment do so one after the other."""


def migrate(engine: sa.Engine, revision: str = "head") -> tuple[str | None, str | None]:
    """Upgrade the database to a schema, the newest by default; nothing changes if the database has it already.

    The log-in has to own the database. For the first migration it also has to be allowed to create roles.

    Args:
        engine: Engine that works as the log-in itself, without a role taken.
        revision: An earlier schema to stop at, as the tests of a step do.

    Returns:
        The revisions before and after; None for a database without a schema.

    Raises:
        SchemaNotKnownError: If another version of the product has migrated the database.
    """
    with engine.begin() as connection:
        connection.execute(LOCK)
        before = _present(connection)
        if before is not None:
            check_revision(before, may_be_older=True)
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)
        after = _present(connection)
    if after != before:
        _LOGGER.info("migrated", extra={"fields": {"from": before, "to": after}})
    return before, after


def revisions() -> tuple[str, ...]:
    """Return every revision of the schema that this version of the product knows, the present one first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions())


def _present(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version", VERSION_SCHEMA):
        return None
    return connection.execute(sa.text(f"select version_num from {VERSION_SCHEMA}.alembic_version")).scalar()


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(DIRECTORY).replace("%", "%%"))
    return configuration
