"""Schema `raw`: every record as it was received, so that any import can be replayed."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.tables.metadata import INSTANT, METADATA, NOW, RAW, identity

imports = sa.Table(
    "imports",
    METADATA,
    identity(),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_sha256", sa.String(64)),
    sa.Column("profile", JSONB, nullable=False, comment="The column mapping that was used."),
    sa.Column("started_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("finished_at", INSTANT),
    sa.Column("report", JSONB, comment="Counts and line numbers shown to the person."),
    sa.PrimaryKeyConstraint("id"),
    schema=RAW,
)

records = sa.Table(
    "records",
    METADATA,
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("ticket_id", sa.BigInteger, nullable=False),
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("line_number", sa.BigInteger, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("payload_hash", sa.LargeBinary, nullable=False),
    sa.Column("received_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("source", "external_id"),
    schema=RAW,
)

superseded_records = sa.Table(
    "superseded_records",
    METADATA,
    identity(),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("line_number", sa.BigInteger, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("superseded_by_import_id", sa.BigInteger, nullable=False),
    sa.Column("superseded_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("id"),
    schema=RAW,
)

quarantined_records = sa.Table(
    "quarantined_records",
    METADATA,
    identity(),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("external_id", sa.Text),
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("line_number", sa.BigInteger, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("reasons", JSONB, nullable=False, comment="[{code, column}], never empty."),
    sa.Column("quarantined_at", INSTANT, nullable=False, server_default=NOW),
    sa.Column("released_at", INSTANT, comment="When a replay accepted the record."),
    sa.PrimaryKeyConstraint("id"),
    sa.Index("ix_quarantined_records_waiting", "source", "id", postgresql_where=sa.text("released_at is null")),
    schema=RAW,
)
