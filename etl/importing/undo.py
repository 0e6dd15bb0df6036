"""Takes an import back: the desk is afterwards as if the file had never been imported."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from etl.importing.history import PastImport, past_import
from etl.importing.import_lock import lock_all
from etl.importing.kinds.registry import KINDS
from etl.importing.report import UndoReport
from etl.importing.strays import send_back
from etl.running.sql import read_sql
from warehouse.audit_log import record
from warehouse.tables.desk import agents, customers
from warehouse.tables.raw import imports
from warehouse.tables.tickets import support_tickets

_TABLES: Final = (
    support_tickets,
    customers,
    agents,
    *(kind.table for kind in KINDS.values() if kind.has_rows_of_tickets),
)
_SETTINGS: Final = ("work_mem = '64MB'", "jit = off", "time zone 'UTC'")
_FORGET: Final = (
    "importing/sql/undo/superseded.sql",
    "importing/sql/undo/forgotten_replaced.sql",
    "importing/sql/undo/forgotten_changes.sql",
    "importing/sql/undo/forgotten_overlaps.sql",
)


class UndoError(SupportAnalyticsError):
    """The import cannot be taken back."""

    kind = ErrorKind.INVALID


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What taking an import back would do.

    Attributes:
        past: The import.
        made_count: Records that it made, which would go.
        changed_count: Records that it changed, which would become as they were.
        waiting_count: Rows of it in quarantine, which would go.
    """

    past: PastImport
    made_count: int
    changed_count: int
    waiting_count: int

    def sentence(self) -> str:
        """Return what would happen, for a person."""
        past = self.past
        return (
            f"Import {past.id} ({past.file_name}, source {past.source!r}, {past.started_at:%-d %B %Y}): "
            f"{self.made_count:,} {past.kind} that it made would go, with what has been added to them since; "
            f"{self.changed_count:,} that it changed would become as they were; "
            f"{self.waiting_count:,} of its rows would leave quarantine."
        )


def preview_undo(connection: sa.Connection, number: int) -> UndoPreview:
    """Return what taking an import back would do.

    Args:
        connection: Database, in the role `etl_writer`.
        number: Number of the import.

    Raises:
        UnknownImportError: If there is none of that number.
        UndoError: If it cannot be taken back.
    """
    past = past_import(connection, number)
    _refuse(connection, past)
    found = connection.execute(sa.text(read_sql("importing/sql/undo/preview.sql")), {"import_id": number}).one()
    return UndoPreview(past, found.record_count - found.changed_count, found.changed_count, found.waiting_count)


def undo_import(engine: sa.Engine, number: int, actor: str) -> UndoReport:
    """Take an import back, in one transaction.

    What it made goes, with the customers, agents and categories that only it named. What it changed becomes as it
    was, but for what a person has corrected since. The marts follow through the queue of changed tickets.

    Args:
        engine: Database, in the role `etl_writer`.
        number: Number of the import.
        actor: Who takes it back, for the audit log.

    Raises:
        UnknownImportError: If there is none of that number.
        UndoError: If it cannot be taken back; then nothing has changed.
        ImportBusyError: If an import is running.
    """
    with engine.begin() as connection:
        lock_all(connection)
        past = past_import(connection, number)
        _refuse(connection, past)
        report = _Undo(connection, past).run()
        record(connection, actor, "undo_import", str(number), report.as_json())
    return report


def _refuse(connection: sa.Connection, past: PastImport) -> None:
    """Refuse what cannot be done exactly.

    Raises:
        UndoError: If the import has been taken back, is too old, or later imports build upon it.
    """
    if past.undone_at is not None:
        message = f"Import {past.id} has been taken back already, on {past.undone_at:%-d %B %Y}."
        raise UndoError(message)
    if not past.keeps_replaced:
        message = f"Import {past.id} cannot be taken back: what it replaced is not kept, or not any more."
        raise UndoError(message, "Import a corrected file instead.")
    later = connection.execute(sa.text(read_sql("importing/sql/undo/later_imports.sql")), {"import_id": past.id}).all()
    if later:
        named = ", ".join(f"{each.id} ({each.file_name})" for each in later)
        message = f"Import {past.id} cannot be taken back yet: later imports changed or repeat its records: {named}."
        numbers = ", then ".join(str(each.id) for each in later)
        hint = f"Take back import {numbers} first: support-analytics import undo {later[0].id}"
        raise UndoError(message, hint)


class _Undo:
    """One import that is taken back, in the transaction of its connection."""

    def __init__(self, connection: sa.Connection, past: PastImport) -> None:
        self._connection = connection
        self._past = past

    def run(self) -> UndoReport:
        """Take it back and say what was done."""
        for setting in _SETTINGS:
            self._connection.exec_driver_sql(f"set local {setting}")
        self._run("importing/sql/undo/removed.sql")
        send_back(self._connection, self._past.id)
        returned = self._run("importing/sql/undo/waiting_again.sql")
        self._run("importing/sql/undo/records_of_removed_tickets.sql")
        self._remove_rows()
        for table in _TABLES:
            self._restore(table)
        made = self._run("importing/sql/undo/removed_records.sql")
        changed = self._run("importing/sql/undo/earlier_records.sql")
        self._return_to_tickets()
        waiting = self._run("importing/sql/undo/waiting.sql")
        returned += self._run("importing/sql/undo/unreleased.sql")
        for path in _FORGET:
            self._run(path)
        undone = imports.update().where(imports.c.id == self._past.id).values(undone_at=sa.func.now())
        self._connection.execute(undone)
        return UndoReport(
            import_id=self._past.id,
            kind=self._past.kind,
            source=self._past.source,
            file_name=self._past.file_name,
            removed_count=made,
            restored_count=changed,
            waiting_removed_count=waiting,
            waiting_again_count=returned,
            removed_customer_count=self._run("importing/sql/undo/customers.sql"),
            removed_agent_count=self._run("importing/sql/undo/agents.sql"),
            removed_category_count=self._run("importing/sql/undo/categories.sql"),
        )

    def _remove_rows(self) -> None:
        kind = KINDS[self._past.kind]
        if kind.has_rows_of_tickets:
            table = kind.table.fullname
            self._connection.exec_driver_sql(
                f"delete from {table} as gone using removed where gone.id = removed.row_id"
            )
        self._run("importing/sql/undo/unmerged.sql")
        self._run("importing/sql/undo/tickets.sql")

    def _return_to_tickets(self) -> None:
        """Let the records belong to the tickets to which their restored rows belong."""
        kind = KINDS[self._past.kind]
        if kind.has_rows_of_tickets:
            statement = (
                f"update raw.records set ticket_id = restored.ticket_id from {kind.table.fullname} as restored"
                " where records.kind = :kind and records.source = :source and records.row_id = restored.id"
                " and records.ticket_id <> restored.ticket_id"
            )
            self._connection.execute(sa.text(statement), {"kind": kind.slug, "source": self._past.source})

    def _restore(self, table: sa.Table) -> None:
        """Give the rows of a table the values they had before, unless they have been changed again since."""
        key = "id" if "id" in table.columns else table.primary_key.columns[0].name
        names = [column.name for column in table.columns if column.name != key]
        row_key = "cast(kept.row_key as bigint)" if key == "id" else "kept.row_key"
        stands = _STANDS_IN_TICKETS if table is support_tickets else _STANDS
        statement = (
            f"update {table.fullname} as present set ({', '.join(names)}) ="
            f" (select {', '.join(names)} from jsonb_populate_record(present, earlier.cells))"
            f" from (select now_row.{key}, jsonb_object_agg(change.key, change.value -> 0) as cells"
            f" from raw.desk_changes as kept inner join {table.fullname} as now_row on now_row.{key} = {row_key}"
            " cross join lateral (select to_jsonb(now_row.*) as cells offset 0) as told"
            f" cross join lateral jsonb_each(kept.changes) as change"
            f" where kept.import_id = :import_id and kept.table_name = :table_name and {stands}"
            f" group by now_row.{key}) as earlier where present.{key} = earlier.{key}"
        )
        self._connection.execute(sa.text(statement), {"import_id": self._past.id, "table_name": table.name})

    def _run(self, path: str) -> int:
        """Run one statement and return how many rows it wrote."""
        statement = sa.text(read_sql(path))
        wanted = {"import_id": self._past.id} if "import_id" in statement.compile().params else {}
        return int(self._connection.execute(statement, wanted).rowcount)


_STANDS: Final = "told.cells -> change.key = change.value -> 1"
_STANDS_IN_TICKETS: Final = (
    "case when change.key in ('category', 'category_source') then now_row.category_source <> 'person'"
    " when change.key in ('priority', 'priority_source') then now_row.priority_source <> 'person'"
    # What an import merged into a ticket that goes is merged into none by now, and only imports merge tickets.
    " when change.key = 'merged_into_id' and now_row.merged_into_id is null then true"
    f" else {_STANDS} end"
)
"""A category or priority is the import's or was derived from it, unless a person has set it since."""
