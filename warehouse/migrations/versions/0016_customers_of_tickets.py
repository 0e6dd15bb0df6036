"""A ticket takes the type and the organisation of its customer where it has none of its own."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Queue the tickets of changed customers, and have the marts made again."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0016_customers_of_tickets.sql").read_text(encoding="utf-8"))
