"""The dimensions of a desk's own: as a manager has declared them, and as the facts hold them."""

import sqlalchemy as sa

from warehouse.rollups.custom import FieldKind
from warehouse.tables.metadata import INSTANT, MARTS, METADATA, NOW, SUPPORT, one_of, required

declared_dimensions = sa.Table(
    "custom_dimensions",
    METADATA,
    required("slug", sa.String(50)),
    sa.Column(
        "field",
        sa.Text,
        nullable=False,
        comment="tags, organisation, brand, or a key of the tickets' metadata.",
    ),
    required("kind", sa.String(10)),
    sa.Column("slot", sa.SmallInteger, nullable=False, comment="Its place in the facts."),
    sa.Column("declared_at", INSTANT, nullable=False, server_default=NOW),
    sa.PrimaryKeyConstraint("slug"),
    sa.UniqueConstraint("slot"),
    sa.UniqueConstraint("field"),
    one_of("kind", tuple(FieldKind)),
    schema=SUPPORT,
    comment="What tickets are told apart by, as a manager has declared.",
)

held_dimensions = sa.Table(
    "custom_dimensions",
    METADATA,
    required("slug", sa.String(50)),
    required("field", sa.Text),
    required("kind", sa.String(10)),
    required("slot", sa.SmallInteger),
    sa.PrimaryKeyConstraint("slug"),
    schema=MARTS,
    comment="The declared dimensions that facts and rollups hold; what is declared later comes with the next rebuild.",
)
