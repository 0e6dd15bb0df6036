"""Desks for jobs that look for what can be said."""

from collections.abc import Iterator

import pytest

from tests.integration.conftest import Database
from tests.integration.etl.jobs.insight_desk import InsightDesk, insight_desk


@pytest.fixture
def desk(database: Database) -> Iterator[InsightDesk]:
    """A desk without tickets."""
    with insight_desk(database) as made:
        yield made
