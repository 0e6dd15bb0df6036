"""What no source and no person said is not known: no priority, no channel."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let priority and channel be null, and take back what nobody said."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0010_not_known.sql").read_text(encoding="utf-8"))
