"""Schema `raw`: every record as it was received, so that any import can be replayed."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.tables.metadata import INSTANT, METADATA, NOW, RAW, identity


def _kind(comment: str | None = None) -> sa.Column[str]:
    return sa.Column("kind", sa.String(20), nullable=False, server_default="tickets", comment=comment)


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
    _kind("What its rows are: tickets, customers, agents ..."),
    sa.Column("file_size", sa.BigInteger, comment="Bytes; a file of another size is another file."),
    sa.Column(
        "keeps_replaced",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Whether what it replaced is still kept, so that it can be taken back.",
    ),
    sa.Column("undone_at", INSTANT, comment="When it was taken back."),
    sa.PrimaryKeyConstraint("id"),
    sa.Index("ix_imports_file_sha256", "file_sha256"),
    schema=RAW,
)

records = sa.Table(
    "records",
    METADATA,
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("ticket_id", sa.BigInteger, comment="The ticket it is or belongs to; null for customers and agents."),
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("line_number", sa.BigInteger, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("payload_hash", sa.LargeBinary, nullable=False),
    sa.Column("received_at", INSTANT, nullable=False, server_default=NOW),
    _kind(),
    sa.Column("row_id", sa.BigInteger, comment="The row it made; null for tickets, customers and agents."),
    sa.PrimaryKeyConstraint("source", "external_id", "kind"),
    sa.Index("ix_records_ticket_id", "ticket_id", postgresql_where=sa.text("kind = 'tickets'")),
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
    _kind(),
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
    _kind(),
    sa.Column("released_by_import_id", sa.BigInteger, comment="The import that brought the record in."),
    sa.PrimaryKeyConstraint("id"),
    sa.Index("ix_quarantined_records_waiting", "source", "id", postgresql_where=sa.text("released_at is null")),
    schema=RAW,
)

replaced_records = sa.Table(
    "replaced_records",
    METADATA,
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("earlier_import_id", sa.BigInteger, nullable=False),
    sa.Column("earlier_line_number", sa.BigInteger, nullable=False),
    sa.Column("earlier_payload_hash", sa.LargeBinary, nullable=False),
    sa.Column("earlier_received_at", INSTANT, nullable=False),
    sa.PrimaryKeyConstraint("import_id", "kind", "source", "external_id"),
    schema=RAW,
    comment="What stood in raw.records before an import changed it;"
    " an earlier payload that differs is in raw.superseded_records.",
)

desk_changes = sa.Table(
    "desk_changes",
    METADATA,
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("table_name", sa.String(63), nullable=False),
    sa.Column("row_key", sa.Text, nullable=False),
    sa.Column("changes", JSONB, nullable=False, comment="Column -> [value before, value after]."),
    sa.PrimaryKeyConstraint("import_id", "table_name", "row_key"),
    schema=RAW,
    comment="What an import changed in rows that were there before it.",
)

import_overlaps = sa.Table(
    "import_overlaps",
    METADATA,
    sa.Column("import_id", sa.BigInteger, nullable=False),
    sa.Column("earlier_import_id", sa.BigInteger, nullable=False),
    sa.Column("record_count", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("import_id", "earlier_import_id"),
    schema=RAW,
    comment="How many records of an earlier import a later one changed, repeated or let in.",
)
