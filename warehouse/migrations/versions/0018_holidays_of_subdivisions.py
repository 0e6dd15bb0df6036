"""A public holiday may be that of a subdivision of a country."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for ISO 3166-2 codes."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0018_holidays_of_subdivisions.sql").read_text(encoding="utf-8"))
