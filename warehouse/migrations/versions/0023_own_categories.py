"""A new desk has the categories of its own tickets; managers set the threshold and the languages of the classifier."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the shop's categories from desks without tickets, and add the settings and the figures of models."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0023_own_categories.sql").read_text(encoding="utf-8"))
