"""A rating that is corrected shows in the columns of its ticket."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Show corrected ratings."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0015_corrected_ratings.sql").read_text(encoding="utf-8"))
