"""Engines: one login, and a database role for what a process may do."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa


class DatabaseRole(StrEnum):
    """What a session may do; each is a group role that migrations create.

    The login in the URL has to be a member of the roles it takes.
    """

    OWNER = "support_owner"
    ETL_WRITER = "support_etl_writer"
    PORTAL_READER = "support_portal_reader"
    PORTAL_EDITOR = "support_portal_editor"


def create_engine_for(url: sa.URL | str, role: DatabaseRole | None = None, **options: Any) -> sa.Engine:  # noqa: ANN401 - passed on to SQLAlchemy untouched
    """Return an engine whose every connection works as one role, in UTC.

    Args:
        url: Where; the driver is always psycopg2.
        role: Role that each session takes; None keeps the login's own rights.
        **options: Anything `sqlalchemy.create_engine` takes.
    """
    address = sa.make_url(url).set(drivername="postgresql+psycopg2")
    engine = sa.create_engine(address, pool_pre_ping=True, **options)

    @sa.event.listens_for(engine, "connect")
    def take_role(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no public type
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            if role is not None:
                cursor.execute(f'SET ROLE "{role.value}"')
        connection.commit()

    return engine
