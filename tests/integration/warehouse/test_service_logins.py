"""Services of one machine log in with the rights of their work and no more."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.service_logins import ROLES, ServiceLogin, set_login

PASSWORD = "a-password-of-this-test"


@pytest.fixture
def address(database: Database) -> Iterator[sa.URL]:
    """The database, with both logins; they are taken away from the server afterwards."""
    with database.engine.begin() as connection:
        for login in ServiceLogin:
            set_login(connection, login, PASSWORD)
    yield database.url
    with database.engine.begin() as connection:
        for login in ServiceLogin:
            connection.exec_driver_sql(f"drop role {login}")


def _run(address: sa.URL, login: ServiceLogin, role: DatabaseRole | None, statement: str) -> None:
    engine = create_engine_for(address.set(username=str(login), password=PASSWORD), role, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("login", ServiceLogin)
def test_a_login_takes_its_own_roles_only(address: sa.URL, login: ServiceLogin) -> None:
    """Every other role, the owner's among them, is refused."""
    for role in DatabaseRole:
        if role in ROLES[login]:
            _run(address, login, role, "select version from ops.data_version")
        else:
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied to set role"):
                _run(address, login, role, "select 1")


@pytest.mark.parametrize("login", [ServiceLogin.PORTAL, ServiceLogin.ETL])
def test_a_login_may_do_nothing_before_it_takes_a_role(address: sa.URL, login: ServiceLogin) -> None:
    """And it is no superuser who could read files or make others one."""
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        _run(address, login, None, "select version from ops.data_version")
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        _run(address, login, None, "select pg_read_file('pg_hba.conf')")


def test_the_login_of_the_backups_reads_everything_and_writes_nothing(address: sa.URL) -> None:
    """Who may log in to the portal is in a backup too; nothing that a backup does needs more than reading."""
    for table in ("support.users", "support.support_tickets", "marts.fct_tickets", "raw.records", "ops.job_runs"):
        _run(address, ServiceLogin.BACKUP, None, f"select from {table}")
    for statement in ("delete from support.support_tickets", "create table marts.mine ()", "create schema mine"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            _run(address, ServiceLogin.BACKUP, None, statement)
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        _run(address, ServiceLogin.BACKUP, None, "select pg_read_file('pg_hba.conf')")


def test_a_new_password_replaces_the_old_one(address: sa.URL, database: Database) -> None:
    """Each start makes new ones."""
    with database.engine.begin() as connection:
        set_login(connection, ServiceLogin.PORTAL, "another-password")
    with pytest.raises(sa.exc.OperationalError, match="password authentication failed"):
        _run(address, ServiceLogin.PORTAL, None, "select 1")
