"""The history of the schema; `migrate` brings any database to the newest schema."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

DIRECTORY: Final = Path(__file__).parent
SQL_DIRECTORY: Final = DIRECTORY / "sql"
VERSION_SCHEMA: Final = "ops"
LOCK: Final = sa.select(sa.func.pg_advisory_xact_lock(5_787_218_001))
"""Two commands that find a database to migrate at the same moment do so one after the other."""


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Upgrade the database to a schema, the newest by default; nothing changes if the database has it already.

    The log-in has to own the database. For the first migration it also has to be allowed to create roles.

    Args:
        engine: Engine that works as the log-in itself, without a role taken.
        revision: An earlier schema to stop at, as the tests of a step do.
    """
    with engine.begin() as connection:
        connection.execute(LOCK)
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)


def revisions() -> tuple[str, ...]:
    """Return every revision of the schema that this version of the product knows, the present one first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions())


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(DIRECTORY).replace("%", "%%"))
    return configuration
