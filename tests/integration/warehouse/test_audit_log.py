"""Who did what is written down with what was done, and stays."""

import pytest
import sqlalchemy as sa

from tests.integration.conftest import Database
from warehouse.audit_log import record
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log

WRITERS = (DatabaseRole.PORTAL_EDITOR, DatabaseRole.ETL_WRITER)


@pytest.mark.parametrize("role", WRITERS)
def test_a_line_says_who_did_what_to_what(database: Database, role: DatabaseRole) -> None:
    """With what else is worth keeping, and with nothing where there is nothing."""
    engine = database.engine_as(role)
    with engine.begin() as connection:
        record(connection, "thandi", "change_roster", "roster", {"shifts": 3})
        record(connection, "thandi", "password_set", "sipho")
    engine.dispose()
    columns = audit_log.c
    statement = sa.select(columns.actor, columns.action, columns.target, columns.details).order_by(columns.id)
    with database.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(statement)] == [
            ("thandi", "change_roster", "roster", {"shifts": 3}),
            ("thandi", "password_set", "sipho", {}),
        ]


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize("change", [sa.delete(audit_log), sa.update(audit_log).values(actor="nobody")])
def test_a_line_stays(database: Database, role: DatabaseRole, change: sa.Delete | sa.Update) -> None:
    """Who may write it down may neither change nor remove it."""
    engine = database.engine_as(role)
    with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        connection.execute(change)
    engine.dispose()


def test_what_is_taken_back_is_not_written_down(database: Database) -> None:
    """The line is part of the transaction that it tells of."""
    with database.engine.connect() as connection, connection.begin() as transaction:
        record(connection, "thandi", "change_roster", "roster")
        transaction.rollback()
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(audit_log)) == 0
