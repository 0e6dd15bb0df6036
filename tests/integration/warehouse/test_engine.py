"""Sessions work as the role they were given."""

import sqlalchemy as sa

from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole, create_engine_for


def test_a_session_works_as_its_role(empty_database: Database) -> None:
    """A connection from an engine with a role runs as that role, after a rollback too."""
    with empty_database.engine.begin() as connection:
        connection.execute(sa.text(f'CREATE ROLE "{DatabaseRole.PORTAL_READER}" NOLOGIN'))
    engine = create_engine_for(empty_database.url, DatabaseRole.PORTAL_READER, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.rollback()
        assert connection.scalar(sa.text("SELECT current_user")) == DatabaseRole.PORTAL_READER
    with empty_database.engine.begin() as connection:
        connection.execute(sa.text(f'DROP ROLE "{DatabaseRole.PORTAL_READER}"'))


def test_a_url_with_a_role_starts_sessions_in_it(empty_database: Database) -> None:
    """Any psycopg2 URL works, whatever driver it names, and sessions are in UTC."""
    engine = create_engine_for(empty_database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW TimeZone")) == "UTC"
    engine.dispose()
