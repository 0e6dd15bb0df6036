"""An export of each help desk comes in by guess alone, every field right."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.conftest import DeskTemplates
from tests.integration.etl.importing.imported_desk import Desk
from tests.integration.etl.importing.system_exports import EXPORTS, SystemExport
from warehouse.engine import DatabaseRole

FILES = Path(__file__).parent / "exports"


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Desk]:
    """A desk as the import's own role sees it; all exports come into the same."""
    with desk_templates.clone(_empty) as database:
        engine = database.engine_as(DatabaseRole.ETL_WRITER)
        yield Desk(engine)
        engine.dispose()


def _empty(_engine: sa.Engine) -> None:
    """Leave the desk as it is."""


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_comes_in_with_every_field(desk: Desk, export: SystemExport) -> None:
    report = desk.load(FILES / f"{export.name}.csv", None, answers=dict(export.answers))
    assert (report.new_count, report.quarantined_count) == (len(export.tickets), 0)
    assert [notice.facts["system"] for notice in report.notices if notice.slug == "system"] == [export.system]
    for key, expected in export.tickets.items():
        columns = ", ".join(f"{name}::text" if name.endswith("_at") else name for name in expected)
        (found,) = desk.rows(
            f"select {columns} from support.support_tickets join raw.records on id = ticket_id "
            f"where source = '{export.name}' and external_id = '{key}'"
        )
        assert dict(zip(expected, found, strict=True)) == dict(expected)
