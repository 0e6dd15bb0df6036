"""The imports that were made, in order; and whether a file is one of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from warehouse.tables.raw import imports, quarantined_records

_COUNTS: Final = {"row_count": "row_count", "new_count": "new_count", "changed_count": "updated_count"}


class UnknownImportError(SupportAnalyticsError):
    """There is no import of this number."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import.

    Attributes:
        id: Its number.
        kind: What its rows are.
        source: Name under which its records are kept.
        file_name: Name of the file.
        started_at: When it began.
        row_count: Rows in the file; None when that was not kept.
        new_count: Records that were new; None when that was not kept.
        changed_count: Records that changed; None when that was not kept.
        waiting_count: Rows of it that wait in quarantine now.
        undone_at: When it was taken back; None if it was not.
        keeps_replaced: Whether it can be taken back.
        key_columns: Columns that made the key of its records.
    """

    id: int
    kind: str
    source: str
    file_name: str
    started_at: datetime
    row_count: int | None
    new_count: int | None
    changed_count: int | None
    waiting_count: int
    undone_at: datetime | None
    keeps_replaced: bool
    key_columns: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the import for a machine."""
        return {name: getattr(self, name) for name in self.__slots__}


def past_imports(connection: sa.Connection, source: str | None, limit: int) -> list[PastImport]:
    """Return the latest imports, the latest first.

    Args:
        connection: Database.
        source: Only those of this source; None means all.
        limit: Most imports returned.
    """
    return _found(connection, [imports.c.source == source] if source else [], limit)


def past_import(connection: sa.Connection, number: int) -> PastImport:
    """Return one import.

    Raises:
        UnknownImportError: If there is none of that number.
    """
    found = _found(connection, [imports.c.id == number], 1)
    if not found:
        message = f"There is no import {number}."
        raise UnknownImportError(message, "See their numbers: support-analytics import list")
    return found[0]


def imports_of_file(connection: sa.Connection, file_sha256: str) -> list[PastImport]:
    """Return the imports of this very file that were not taken back, the latest first."""
    return _found(connection, [imports.c.file_sha256 == file_sha256, imports.c.undone_at.is_(None)], None)


def has_import_of_size(connection: sa.Connection, file_size: int) -> bool:
    """Say whether an import that was not taken back may be of a file of this size."""
    sizes = (imports.c.file_size == file_size) | imports.c.file_size.is_(None)
    known = imports.c.file_sha256.is_not(None) & imports.c.undone_at.is_(None)
    return bool(connection.scalar(sa.select(sa.exists().where(sizes & known))))


def _found(connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]], limit: int | None) -> list[PastImport]:
    waiting = (
        sa.select(sa.func.count())
        .where(quarantined_records.c.import_id == imports.c.id, quarantined_records.c.released_at.is_(None))
        .scalar_subquery()
    )
    query = sa.select(imports, waiting.label("waiting_count")).where(imports.c.finished_at.is_not(None), *where)
    rows = connection.execute(query.order_by(imports.c.id.desc()).limit(limit)).mappings()
    return [_past_import(row) for row in rows]


def _past_import(row: Mapping[Any, Any]) -> PastImport:
    report = row["report"] or {}
    return PastImport(
        id=row["id"],
        kind=row["kind"],
        source=row["source"],
        file_name=row["file_name"],
        started_at=row["started_at"],
        **{name: report.get(kept) for name, kept in _COUNTS.items()},
        waiting_count=row["waiting_count"],
        undone_at=row["undone_at"],
        keeps_replaced=row["keeps_replaced"],
        key_columns=tuple(row["profile"].get("external_id", ())),
    )
