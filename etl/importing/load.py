"""Loads converted rows in one transaction: a file comes in completely or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from analytics.notices import Notice
from etl.importing.import_lock import lock_source
from etl.importing.kinds.fields import TICKETS
from etl.importing.kinds.record_kind import RecordKind
from etl.importing.report import ImportReport, Superseded
from etl.importing.row_feed import Convert, RowFeed
from etl.importing.same_file import SameFileCheck
from etl.importing.source_row import SourceRow
from etl.importing.strays import bring_home
from etl.importing.transforms.cell_rules import NULL
from etl.importing.transforms.staged_columns import RECORD_COLUMNS
from etl.running.sql import read_sql
from warehouse.tables.desk import agents, customers
from warehouse.tables.raw import imports

_BATCH_ROWS: Final = 20_000
_READ_BYTES: Final = 1 << 20
_LINES_KEPT: Final = 10_000
_COMPARE: Final = ("importing/sql/final_rows.sql", "importing/sql/changed.sql", "importing/sql/overruled.sql")
_REPLACE: Final = (
    "importing/sql/overlaps.sql",
    "importing/sql/replaced.sql",
    "importing/sql/supersede_in_file.sql",
    "importing/sql/supersede_stored.sql",
)


@dataclass(frozen=True, slots=True)
class LoadTask:
    """What to load, and whom to tell about progress.

    Attributes:
        kind: What the rows are.
        source: Name under which the records are kept.
        file_name: Name of the file, without its directory.
        profile: The mapping, as it is stored with the import.
        rows: The rows; they are read only once.
        convert: Returns a row's line for COPY.
        columns: Columns of the staging table that a line fills, in their order.
        values: Values that the SQL of the kind asks for by name.
        has_key: Whether the rows have keys; else their content is the key.
        file_sha256: Returns the hash of the file; called after all rows have been read.
        same_file: Asks before a file comes in twice; None for what comes from no file.
        file_size: Bytes of the file; None for what comes from no file.
        on_rows: Called with the number of rows read since the last call, from another thread.
        on_step: Called with the name of each step after the reading.
        is_dry_run: Whether everything is rolled back at the end.
        notices: What was unusual about the file.
        late_notices: Returns what was unusual about the rows; called after all rows have been read.
    """

    kind: RecordKind
    source: str
    file_name: str
    profile: dict[str, Any]
    rows: Iterable[SourceRow]
    convert: Convert
    columns: Sequence[str]
    values: Mapping[str, Any]
    has_key: bool
    file_sha256: Callable[[], str | None]
    on_rows: Callable[[int], None]
    on_step: Callable[[str], None]
    same_file: SameFileCheck | None = None
    file_size: int | None = None
    is_dry_run: bool = False
    notices: tuple[Notice, ...] = ()
    late_notices: Callable[[], tuple[Notice, ...]] = tuple


def load(engine: sa.Engine, task: LoadTask, *, replayed: Sequence[int] | None = None) -> ImportReport:
    """Load the rows of one file.

    A record whose stored hash is the same is left alone, so loading a file twice changes nothing. A process that is
    killed leaves nothing behind.

    Args:
        engine: Database, in the role `etl_writer`.
        task: What to load.
        replayed: For a replay, the ids of the quarantined records to release. The list is filled while the rows are
            read. None means that the rows come from a file.

    Raises:
        ImportBusyError: If another import of the source is running.
        ImportFileError: If the file ends too early or is damaged.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        load_into = _Load(connection, task)
        report = load_into.run(replayed)
        if task.is_dry_run:
            transaction.rollback()
    return report


class _Load:
    """One import, in the transaction of its connection."""

    def __init__(self, connection: sa.Connection, task: LoadTask) -> None:
        self._connection = connection
        self._task = task
        self._values: dict[str, Any] = {**task.values, "source": task.source, "kind": task.kind.slug}
        self._columns = (*RECORD_COLUMNS, *task.kind.columns)
        self._row_count = 0
        self._new_count = 0
        self._is_desk_new = False

    def run(self, replayed: Sequence[int] | None) -> ImportReport:
        """Load the rows, and return the report."""
        lock_source(self._connection, self._task.source)
        self._values["import_id"] = self._begin()
        self._make_staging()
        self._take_batches()
        if self._task.same_file is not None:
            self._task.same_file.known(self._connection, self._task.file_sha256())
        self._task.on_step("comparing with what is there")
        changed, overruled = self._apply_repeated()
        newly = self._run("importing/sql/quarantine.sql")
        self._run("importing/sql/quarantine_overlaps.sql")
        released = self._run("importing/sql/release.sql") if replayed is None else self._release(replayed)
        for step in self._task.kind.after:
            self._run(step)
        if self._task.kind.slug == TICKETS:
            bring_home(self._connection, self._task.source, self._values["import_id"])
        report = self._report(changed, overruled, newly, released)
        self._end(report)
        self._task.on_step("saving")
        return report

    def _begin(self) -> int:
        task = self._task
        started = imports.insert().values(
            source=task.source, file_name=task.file_name, profile=task.profile, kind=task.kind.slug, keeps_replaced=True
        )
        return int(self._connection.execute(started.returning(imports.c.id)).scalar_one())

    def _make_staging(self) -> None:
        # The time zone settles how instants are written in what is kept of changed rows.
        for setting in ("work_mem = '64MB'", "jit = off", "time zone 'UTC'"):
            self._connection.exec_driver_sql(f"set local {setting}")
        columns = ", ".join(f"{name} {kind}" for name, kind in self._columns)
        self._connection.exec_driver_sql(f"create temporary table staged ({columns}) on commit drop")
        table = self._task.kind.table
        self._values["row_ids"] = None
        if "id" in table.columns:
            ids = sa.select(sa.func.pg_get_serial_sequence(table.fullname, "id"))
            self._values["row_ids"] = self._connection.scalar(ids)
        self._connection.exec_driver_sql(read_sql("importing/sql/staging.sql"))
        known = sa.exists().select_from(customers) | sa.exists().select_from(agents)
        self._is_desk_new = not self._connection.scalar(sa.select(known))

    def _take_batches(self) -> None:
        task = self._task
        feed = RowFeed(task.rows, task.convert, task.on_rows, _BATCH_ROWS)
        try:
            while not feed.is_exhausted:
                self._take_batch(feed)
                if feed.error is not None:
                    raise feed.error
        finally:
            feed.close()

    def _take_batch(self, feed: RowFeed) -> None:
        names = ", ".join(self._task.columns)
        null = "".join(f"\\x{ord(letter):02x}" for letter in NULL)
        cursor: Any = self._connection.connection.cursor()
        cursor.copy_expert(f"copy pg_temp.staged ({names}) from stdin (null E'{null}')", feed, _READ_BYTES)
        count = int(cursor.rowcount)
        cursor.close()
        if count <= 0:
            return
        self._row_count += count
        for step in self._task.kind.prepare:
            self._run(step)
        if not self._task.has_key:
            self._run("importing/sql/content_keys.sql")
        self._run("importing/sql/reject.sql")
        fresh = self._run("importing/sql/number.sql")
        if fresh < count:
            self._run("importing/sql/repeat_known.sql")
            self._run("importing/sql/repeat_other.sql")
        if fresh:
            self._new_count += fresh
            before = () if self._is_desk_new else self._task.kind.before_new
            for step in (*before, *self._task.kind.new):
                self._run(step)
        self._connection.exec_driver_sql("truncate staged, numbered")

    def _apply_repeated(self) -> tuple[dict[str, int], tuple[Superseded, ...]]:
        for step in _COMPARE:
            self._run(step)
        counts = self._ask("importing/sql/repeated_counts.sql").mappings().one()
        found = self._connection.execute(sa.text(read_sql("importing/sql/superseded_lines.sql")), {"most": _LINES_KEPT})
        superseded = tuple(Superseded(*row) for row in found)
        kind = self._task.kind
        for step in (*_REPLACE, *kind.before_changed, *kind.changed, "importing/sql/update_records.sql"):
            self._run(step)
        return dict(counts), superseded

    def _release(self, replayed: Sequence[int]) -> int:
        self._values["ids"] = list(replayed)
        self._run("importing/sql/quarantine/release_overlaps.sql")
        return self._run("importing/sql/quarantine/release.sql")

    def _report(
        self, counts: dict[str, int], superseded: tuple[Superseded, ...], newly: int, released: int
    ) -> ImportReport:
        reasons = self._connection.execute(sa.text(read_sql("importing/sql/rejected_reasons.sql")))
        lines = self._connection.execute(
            sa.text("select line_number from rejected order by line_number limit :most"), {"most": _LINES_KEPT}
        )
        rejected = self._connection.scalar(sa.text("select count(*) from rejected"))
        return ImportReport(
            kind=self._task.kind.slug,
            source=self._task.source,
            file_name=self._task.file_name,
            row_count=self._row_count,
            new_count=self._new_count,
            updated_count=counts["updated"],
            unchanged_count=counts["unchanged"],
            duplicate_count=counts["duplicates"],
            superseded_count=counts["superseded"],
            superseded=superseded,
            quarantined_count=int(rejected or 0),
            quarantined_by_reason={str(row.code): int(row.row_count) for row in reasons},
            quarantined_lines=tuple(line for (line,) in lines),
            newly_quarantined_count=newly,
            released_count=released,
            is_dry_run=self._task.is_dry_run,
            notices=(
                *self._task.notices,
                *self._task.late_notices(),
                *self._notices_of_rows(),
                *self._same_file_notices(),
            ),
        )

    def _notices_of_rows(self) -> Iterator[Notice]:
        for path in self._task.kind.told:
            for found in self._ask(path).mappings():
                yield Notice(found["slug"], {name: fact for name, fact in found.items() if name != "slug"})

    def _same_file_notices(self) -> tuple[Notice, ...]:
        return tuple(self._task.same_file.notices()) if self._task.same_file else ()

    def _end(self, report: ImportReport) -> None:
        ended = imports.update().where(imports.c.id == self._values["import_id"])
        self._connection.execute(
            ended.values(
                finished_at=sa.func.clock_timestamp(),
                file_sha256=self._task.file_sha256(),
                file_size=self._task.file_size,
                report=report.as_json(),
            )
        )

    def _run(self, path: str) -> int:
        """Run one statement and return how many rows it wrote."""
        return int(self._ask(path).rowcount)

    def _ask(self, path: str) -> sa.CursorResult[Any]:
        statement = sa.text(read_sql(path))
        return self._connection.execute(statement, {key: self._values[key] for key in statement.compile().params})
