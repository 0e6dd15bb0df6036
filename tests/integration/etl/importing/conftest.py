"""The desk that the tests of the import share."""

from collections.abc import Iterator

import pytest

from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import Desk
from warehouse.engine import DatabaseRole


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A desk as the import's own role sees it."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield Desk(engine)
    engine.dispose()
