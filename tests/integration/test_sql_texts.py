"""PostgreSQL can plan every SQL text of the product: each relation and column that it names is there."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa
from psycopg2 import errors

from etl.importing.kinds.registry import KINDS
from etl.importing.transforms.staged_columns import RECORD_COLUMNS
from etl.marts.facts import derive_facts, reporting_zone
from etl.running.sql import read_sql
from tests.integration.conftest import Database
from tests.reference.sql_texts import FILLED_IN, SqlText, python_strings, sql_files

NAME = re.compile(r"(?<![:\w]):(\w+)")
STATEMENT = re.compile(r"\s*(?:--[^\n]*\s*)*(?:select|with \w+ as|insert into|update|delete from)\s")
CREATION = re.compile(r"^create temporary table", re.MULTILINE)


def read(text: SqlText) -> str:
    """Return a file's text as its job reads it, with the codes filled in."""
    return read_sql(text.path.removeprefix("etl/"))


def with_places(sql: str) -> str:
    """Return a statement with $1, $2 ... for its named values, each by itself, as the driver writes them in."""
    numbers = count(1)
    return NAME.sub(lambda _: f"${next(numbers)}", sql)


@pytest.fixture
def desk(database: Database) -> Iterator[sa.Connection]:
    """A connection to an empty desk on which every temporary table of the jobs has been made."""
    with database.engine.connect() as connection, connection.begin() as transaction:
        reporting_zone(connection, "UTC")
        connection.exec_driver_sql("create temporary table changed_tickets (ticket_id bigint primary key)")
        derive_facts(connection, changed_only=True)
        of_kinds = (column for kind in KINDS.values() for column in kind.columns)
        columns = ", ".join(f"{name} {kind}" for name, kind in dict((*RECORD_COLUMNS, *of_kinds)).items())
        connection.exec_driver_sql(f"create temporary table staged ({columns})")
        waiting = [NAME.sub("null", read(text)) for text in sql_files() if CREATION.search(text.text)]
        while waiting:
            left = [sql for sql in waiting if not _made(connection, sql)]
            assert len(left) < len(waiting), left
            waiting = left
        yield connection
        transaction.rollback()


def _made(connection: sa.Connection, sql: str) -> bool:
    """Make a temporary table, unless it is made from one that is not there yet."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(sql)
    except sa.exc.ProgrammingError as error:
        if isinstance(error.orig, errors.UndefinedTable):
            return False
        raise
    return True


def refused(connection: sa.Connection, sql: str) -> str | None:
    """Return why PostgreSQL cannot plan a statement; None if it can."""
    cursor = connection.connection.cursor()
    cursor.execute("savepoint planning")
    try:
        cursor.execute(f"explain (generic_plan) {with_places(sql)}")
    except errors.Error as error:
        cursor.execute("rollback to savepoint planning")
        return str(error)
    return None


def test_every_sql_file_can_be_planned(desk: sa.Connection) -> None:
    """Those that make a table were run to get this far."""
    texts = [text for text in sql_files() if not CREATION.search(text.text)]
    found = {str(text): refused(desk, read(text)) for text in texts}
    assert not {where: why for where, why in found.items() if why}


def test_every_whole_statement_in_python_can_be_planned(desk: sa.Connection) -> None:
    """What is put together when it runs is run by the tests of its module."""
    texts = [text for text in python_strings() if STATEMENT.match(text.text) and FILLED_IN not in text.text]
    found = {str(text): refused(desk, text.text) for text in texts}
    assert not {where: why for where, why in found.items() if why}


def test_a_column_that_is_not_there_is_found(desk: sa.Connection) -> None:
    """So the tests above can fail."""
    assert refused(desk, "select created_on from marts.fct_tickets where ticket_id = :ticket_id")
    assert refused(desk, "select created_at from marts.fct_tickets where ticket_id = :ticket_id") is None
