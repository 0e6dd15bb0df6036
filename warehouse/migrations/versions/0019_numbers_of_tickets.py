"""The keys under which tickets came in, their organisations, brands and tags can be read by the portal."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the views, and an index from tickets to keys."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0019_numbers_of_tickets.sql").read_text(encoding="utf-8"))
