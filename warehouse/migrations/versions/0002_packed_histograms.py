"""Durations are kept as packed histograms, and one rollup has all dimensions."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the rollups whose form changes; the next refresh makes all of them again from the facts."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0002_packed_histograms.sql").read_text(encoding="utf-8"))
