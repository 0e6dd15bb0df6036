"""The files of a made-up desk, imported like anybody's."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from etl.importing.profile_file import read_profile
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.files import write_files
from standalone.bookshop.loading import load
from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import Desk
from warehouse.engine import DatabaseRole

UNTIL = date(2026, 7, 1)
TICKETS = 800
_TICKETS = sa.text(
    "select subject, content, category, priority, status, created_at, resolved_at, assigned_agent, channel, team,"
    " customer_type, customer_satisfaction_score, language, exclusion, survey_offered_at, rated_at"
    " from support.support_tickets order by created_at, content"
)


def test_the_ticket_file_comes_in_by_its_profile(database: Database, tmp_path: Path) -> None:
    """The shipped profile imports every ticket of the file, with the values that loading gives."""
    write_files(Bookshop.plan(TICKETS, 1, read_effects(), UNTIL), tmp_path)
    desk = Desk(database.engine_as(DatabaseRole.ETL_WRITER))
    report = desk.load(tmp_path / "support_tickets.csv", read_profile("bookshop"))
    assert (report.new_count, report.quarantined_count) == (TICKETS, 0)
    with database.engine.begin() as connection:
        imported = connection.execute(_TICKETS).all()
        connection.execute(sa.text("truncate support.support_tickets, support.customers, support.agents cascade"))
    load(database.engine_as(DatabaseRole.OWNER), TICKETS, 1, read_effects(), UNTIL)
    with database.engine.connect() as connection:
        assert connection.execute(_TICKETS).all() == imported
