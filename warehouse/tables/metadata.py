"""The one MetaData all tables register with, and the column shapes they share."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

RAW = "raw"
SUPPORT = "support"
MARTS = "marts"
OPS = "ops"

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT = sa.DateTime(timezone=True)
NOW = sa.text("now()")
EMPTY_OBJECT = sa.text("'{}'::jsonb")


def identity(name: str = "id") -> sa.Column[int]:
    """Return a bigint column that PostgreSQL fills with the next number unless a value is given."""
    return sa.Column(name, sa.BigInteger, sa.Identity(), nullable=False)


def required(name: str, kind: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    """Return a column that always holds something."""
    return sa.Column(name, kind, nullable=False)


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """Return the rule that a column holds one of a few words."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} in ({allowed})", name=column)
