"""Ratings as events, minutes and answers of merged tickets, what sources know, and dimensions of a desk's own."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, columns and triggers, and have the marts made again."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0013_surveys_and_merges.sql").read_text(encoding="utf-8"))
