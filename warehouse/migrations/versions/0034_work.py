"""Work that people queue has a table, and the portal may read what the Data health page shows."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the queue."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0034_work.sql").read_text(encoding="utf-8"))
