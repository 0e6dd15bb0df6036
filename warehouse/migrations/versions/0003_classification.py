"""Classification: the queue of tickets, the answers and their reasons, and who set a priority."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables, columns and triggers, and put every existing ticket into the queue."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0003_classification.sql").read_text(encoding="utf-8"))
