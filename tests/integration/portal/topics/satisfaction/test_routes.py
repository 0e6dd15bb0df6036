"""The files of the Satisfaction page, over HTTP and a real database."""

import pytest
import sqlalchemy as sa

from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from warehouse.tables.desk import audit_log


@pytest.mark.parametrize("table", ["weeks", "parts", "low"])
def test_each_table_is_a_file_for_those_signed_in_alone(real_pages: Browser, database: Database, table: str) -> None:
    """A stranger gets none; who exports comments is written down, and numbers alone are not."""
    assert real_pages.get(f"/satisfaction/export/{table}.csv").status_code == 302
    real_pages.log_in("sipho")
    for kind in ("csv", "xlsx"):
        assert real_pages.get(f"/satisfaction/export/{table}.{kind}").status_code == 200
    statement = sa.select(sa.func.count()).where(audit_log.c.action == "export_low_ratings")
    with database.engine.connect() as connection:
        assert connection.scalar(statement) == (2 if table == "low" else 0)
