"""Seasons are known by their dates, bulk days are told apart, and a calendar knows how its countries were chosen."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables of results, and add what a calendar follows from."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0021_dates_of_seasons.sql").read_text(encoding="utf-8"))
