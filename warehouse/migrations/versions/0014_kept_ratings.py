"""Ratings that are taken back leave a ticket as it was before them."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark what was kept from a ticket's columns, and put it back when later ratings go."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0014_kept_ratings.sql").read_text(encoding="utf-8"))
