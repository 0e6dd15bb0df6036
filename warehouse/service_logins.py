"""Database logins of the services on one machine; each login may take only the roles that its service needs."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from psycopg2.extensions import encrypt_password

from warehouse.engine import DatabaseRole


class ServiceLogin(StrEnum):
    """A login of the embedded server."""

    PORTAL = "support_portal"
    ETL = "support_etl"
    BACKUP = "support_backup"


ROLES: Final[Mapping[ServiceLogin, tuple[DatabaseRole, ...]]] = MappingProxyType(
    {
        ServiceLogin.PORTAL: (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR),
        ServiceLogin.ETL: (DatabaseRole.ETL_WRITER,),
        ServiceLogin.BACKUP: (),
    }
)
_READER_OF_EVERYTHING: Final = "pg_read_all_data"


def set_login(connection: sa.Connection, login: ServiceLogin, password: str) -> None:
    """Create a login, or give it a new password.

    The login has no rights of its own; a session has to take one of its roles first. Only the login for backups may
    read everything at once, and write nothing.

    Args:
        connection: Connection of the server's superuser, in a migrated database.
        login: The login.
        password: Letters, digits and - _ only. The server gets its SCRAM hash, never the password.
    """
    # A lock, because logins belong to the whole server, and tests set up several databases of one server at once.
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtextextended('support-analytics logins', 0))"))
    known = connection.scalar(sa.text("select exists (select from pg_roles where rolname = :name)"), {"name": login})
    hashed = encrypt_password(password, str(login), connection.connection.driver_connection, "scram-sha-256")
    verb = "alter" if known else "create"
    connection.exec_driver_sql(f"{verb} role {login} with login noinherit password '{hashed}'")
    for role in ROLES[login]:
        connection.exec_driver_sql(f"grant {role} to {login} with inherit false, set true")
    if login is ServiceLogin.BACKUP:
        connection.exec_driver_sql(f"grant {_READER_OF_EVERYTHING} to {login} with inherit true, set false")
