"""What one kind of record is made of: the columns that are staged, and the SQL that brings them in."""

from dataclasses import dataclass

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record. The paths are those of SQL files, in the order in which they run.

    Attributes:
        slug: Its name on the command line and in the database.
        columns: (name, type) of each staged column besides those of every record.
        table: The table that the records fill.
        new: Run on each batch, for the new records.
        before_changed: Run before the changed records.
        changed: Run for the changed records.
        after: Run at the end, for what all records name together, and to note what was changed in rows of before.
        prepare: Run on each batch first; may find more that is wrong with its rows.
        before_new: Run on each batch before the new records, unless the desk had neither customers nor agents.
        told: Asked at the end: each row that is found is a notice, its slug in the column of that name.
    """

    slug: str
    columns: tuple[tuple[str, str], ...]
    table: sa.Table
    new: tuple[str, ...]
    before_changed: tuple[str, ...]
    changed: tuple[str, ...]
    after: tuple[str, ...]
    prepare: tuple[str, ...] = ()
    before_new: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def has_rows_of_tickets(self) -> bool:
        """Whether each record makes a row that belongs to a ticket."""
        return "ticket_id" in self.table.columns
