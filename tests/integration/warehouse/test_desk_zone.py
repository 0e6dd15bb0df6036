"""The desk keeps its reporting time zone unless another one is asked for."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from tests.integration.conftest import Database
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole
from warehouse.settings import DEFAULT_TIME_ZONE


@pytest.fixture
def engine(database: Database) -> Iterator[sa.Engine]:
    """The database in the role of the jobs."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield engine
    engine.dispose()


def test_a_command_without_a_zone_keeps_that_of_the_latest_refresh(engine: sa.Engine) -> None:
    assert zone_of_desk(engine, None) == DEFAULT_TIME_ZONE
    with engine.begin() as connection:
        refresh_marts(connection, "Europe/London")
    assert zone_of_desk(engine, None) == "Europe/London"


def test_a_zone_that_is_asked_for_counts(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        refresh_marts(connection, "Europe/London")
    assert zone_of_desk(engine, "Asia/Kolkata") == "Asia/Kolkata"
