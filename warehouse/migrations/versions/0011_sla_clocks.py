"""Clocks of SLA targets that stand still, targets that end without an answer, and tickets judged as a whole."""

from contextlib import closing

from alembic import op

from warehouse.migrations import SQL_DIRECTORY

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change policies, functions, facts and rollups."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute((SQL_DIRECTORY / "0011_sla_clocks.sql").read_text(encoding="utf-8"))
