"""The first schema: tables, triggers, views, roles and what a new desk starts with."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STEPS = ("tables", "functions", "views", "triggers", "defaults", "roles")


def upgrade() -> None:
    """Run the baseline's SQL files in order."""
    # The driver's own cursor, because SQLAlchemy would take a percent sign in these files for a parameter.
    with closing(op.get_bind().connection.cursor()) as cursor:
        for step in _STEPS:
            cursor.execute((SQL_DIRECTORY / f"0001_{step}.sql").read_text(encoding="utf-8"))
