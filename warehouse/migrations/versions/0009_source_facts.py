"""What a file or another system says of a ticket whose messages and history it does not give."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0009_source_facts.sql").read_text(encoding="utf-8"))
