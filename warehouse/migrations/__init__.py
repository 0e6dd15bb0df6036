"""The schema's history: `migrate` brings any database to the present one."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

DIRECTORY: Final = Path(__file__).parent
SQL_DIRECTORY: Final = DIRECTORY / "sql"
VERSION_SCHEMA: Final = "ops"
_LOCK_KEY: Final = 5_787_218_001


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Upgrade the database to a schema, the newest one by default; on a database that has it this changes nothing.

    The log-in needs to own the database and be allowed to create roles, the first time.

    Args:
        engine: Engine that works as the log-in itself, without a role taken.
        revision: An earlier schema to stop at, as the tests of a step do.
    """
    with engine.begin() as connection:
        # Two commands that find a new database at the same moment migrate it one after the other.
        connection.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
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
