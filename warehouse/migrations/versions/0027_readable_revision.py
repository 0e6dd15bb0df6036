"""Every session may read which schema the database has."""

from contextlib import closing

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the portal's roles read the revision; the jobs' role may already."""
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute(
            "grant select on ops.alembic_version to support_etl_writer, support_portal_reader, support_portal_editor"
        )
