"""A desk whose jobs call the classifier."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import Database
from tests.integration.etl.classification.classified_desk import ClassifiedDesk
from warehouse.engine import DatabaseRole

_SETTINGS = ("ADDRESS", "TOKEN", "TOKEN_FILE", "CA", "REGISTRY_URL", "SIGNING_KEY", "SIGNING_KEY_FILE")


@pytest.fixture
def classified_desk(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassifiedDesk]:
    """A desk whose jobs find settings of its own."""
    monkeypatch.setenv("SUPPORT_DATA_DIR", str(tmp_path))
    for name in _SETTINGS:
        monkeypatch.delenv(f"CLASSIFIER_{name}", raising=False)
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield ClassifiedDesk(database.engine, engine, tmp_path)
    engine.dispose()
