"""Lists the records that broke a rule, and tries them again after a rule or mapping was corrected."""

from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.notices import Notice
from etl.importing.file_converter import converter_for, has_key, values_for
from etl.importing.kinds.converter import KindConverter
from etl.importing.kinds.registry import KINDS
from etl.importing.load import LoadTask, load
from etl.importing.profile_file import limits_of
from etl.importing.report import ImportReport, notice_lines
from etl.importing.source_row import SourceRow
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.reasons import UNREPLAYABLE, Reason, Rule
from etl.importing.transforms.row_converter import RowConverter
from etl.running.sql import read_sql
from warehouse.tables.raw import imports, quarantined_records

_FETCHED: Final = 1_000
_REPLAY: Final = "replay of "


@dataclass(frozen=True, slots=True)
class QuarantinedRecord:
    """A record that waits.

    Attributes:
        id: Number of the record.
        source: Name under which it is kept.
        file_name: File it came in.
        line_number: Line on which it starts there.
        external_id: Key of the record; None when it is not known.
        reasons: ``{code, column, message}`` each.
        payload: The record as received. It may hold personal data.
        quarantined_at: When it was put into quarantine.
    """

    id: int
    source: str
    file_name: str
    line_number: int
    external_id: str | None
    reasons: list[dict[str, str]]
    payload: dict[str, Any]
    quarantined_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the record for a machine."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay did.

    Attributes:
        tried_count: Records tried.
        accepted_count: Records that came in.
        overtaken_count: Records not tried, because a later row with their key has come in; kept as superseded.
        damaged_count: Records not tried, because only a corrected file can bring them in.
        waiting_count: Records that still wait, the damaged ones included.
        notices: What is unusual about those that came in.
    """

    tried_count: int = 0
    accepted_count: int = 0
    overtaken_count: int = 0
    damaged_count: int = 0
    waiting_count: int = 0
    notices: tuple[Notice, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine."""
        return {**asdict(self), "notices": [each.as_json() for each in self.notices]}

    def lines(self) -> list[str]:
        """Return the report for a person."""
        return [
            *notice_lines(self.notices),
            f"{self.tried_count:,} records tried: {self.accepted_count:,} came in.",
            f"{self.overtaken_count:,} had been overtaken by a later row with their key; kept as superseded.",
            f"{self.damaged_count:,} are damaged: correct the file and import it again.",
            f"{self.waiting_count:,} still wait. See them: support-analytics quarantine list",
        ]


@dataclass(slots=True)
class _Attempt:
    """Replays the records of one import."""

    import_id: int
    converter: RowConverter | KindConverter
    header: tuple[str, ...]
    ticket_column: str
    tried: int = 0
    accepted: "array[int]" = field(default_factory=lambda: array("q"))
    _ids: dict[int, int] = field(default_factory=dict)

    def rows(self, connection: sa.Connection) -> Iterator[SourceRow]:
        """Yield the waiting records that now break no rule, in the order of the file."""
        found = connection.execution_options(yield_per=_FETCHED).execute(
            sa.text(read_sql("importing/sql/quarantine/replayable.sql")),
            {"import_id": self.import_id, "damaged": list(UNREPLAYABLE), "ticket_column": self.ticket_column},
        )
        for record_id, line_number, payload in found:
            self.tried += 1
            cells = [str(payload.get(name, "")) for name in self.header]
            row = SourceRow(line_number, cells)
            if self.converter.accepts(row):
                self.accepted.append(record_id)
                yield row


def waiting_records(
    connection: sa.Connection, source: str | None, limit: int
) -> tuple[int, tuple[QuarantinedRecord, ...]]:
    """Return how many records wait, and the first of them.

    Args:
        connection: Database.
        source: Only records of this source; None means all sources.
        limit: Most records returned.
    """
    table = quarantined_records
    where = [table.c.released_at.is_(None), *([table.c.source == source] if source else [])]
    total = connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where))
    columns = (
        table.c.id,
        table.c.source,
        imports.c.file_name,
        table.c.line_number,
        table.c.external_id,
        table.c.reasons,
        table.c.payload,
        table.c.quarantined_at,
    )
    joined = table.join(imports, imports.c.id == table.c.import_id)
    found = sa.select(*columns).select_from(joined).where(*where).order_by(table.c.source, table.c.id).limit(limit)
    rows = ({**row, "reasons": _told(row["reasons"])} for row in connection.execute(found).mappings())
    return int(total or 0), tuple(QuarantinedRecord(**row) for row in rows)


def _told(stored: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return reasons as they are shown: with a sentence for a person."""
    return [{**each, "message": Reason(Rule(each["code"]), each["column"]).message} for each in stored]


def replay_quarantine(
    engine: sa.Engine, source: str | None, profile: ImportProfile | None, time_zone: str, reporting_zone: ZoneInfo
) -> ReplayReport:
    """Try the waiting records again, with one transaction for the records of each import.

    Args:
        engine: Database, in the role `etl_writer`.
        source: Only records of this source; None means all sources.
        profile: The corrected mapping; None means the mapping that each import used.
        time_zone: Zone of times without an offset; "" means the profile's zone.
        reporting_zone: A date without a time is stored as midnight in this zone.

    Raises:
        SupportAnalyticsError: If the profile does not fit the records, or an import of the source is running.
    """
    with engine.begin() as connection:
        overtaken = _run(connection, "importing/sql/quarantine/overtaken.sql", source=source)
        groups = connection.execute(
            sa.text(read_sql("importing/sql/quarantine/imports.sql")),
            {"source": source, "kind": profile.kind if profile else None},
        ).all()
    tried = accepted = 0
    notices: list[Notice] = []
    for import_id, file_name, stored in groups:
        header = tuple(stored.pop("header"))
        mapping = (profile or ImportProfile.from_json(stored)).with_answers(time_zone=time_zone)
        attempt = _attempt(import_id, mapping, header, reporting_zone)
        report = _replay(engine, attempt, mapping, str(file_name), reporting_zone)
        if report is not None:
            accepted += report.released_count
            notices += report.notices
        tried += attempt.tried
    with engine.connect() as connection:
        waiting, damaged = connection.execute(
            sa.text(read_sql("importing/sql/quarantine/counts.sql")), {"source": source, "damaged": list(UNREPLAYABLE)}
        ).one()
    return ReplayReport(tried, accepted, overtaken, damaged, waiting, tuple(notices))


def replay_arrivals(engine: sa.Engine, reporting_zone: ZoneInfo) -> tuple[int, tuple[Notice, ...]]:
    """Let in the records that waited for a ticket which is there now; return how many came in, and what is unusual.

    Args:
        engine: Database, in the role `etl_writer`.
        reporting_zone: A date without a time is stored as midnight in this zone.
    """
    with engine.connect() as connection:
        groups = connection.execute(sa.text(read_sql("importing/sql/quarantine/imports_waiting_for_tickets.sql"))).all()
    reports = []
    for import_id, file_name, stored in groups:
        header = tuple(stored.pop("header"))
        mapping = ImportProfile.from_json(stored)
        attempt = _attempt(import_id, mapping, header, reporting_zone)
        reports.append(_replay(engine, attempt, mapping, str(file_name), reporting_zone))
    arrived = [report for report in reports if report is not None]
    return sum(each.released_count for each in arrived), tuple(chain.from_iterable(each.notices for each in arrived))


def _attempt(import_id: int, mapping: ImportProfile, header: tuple[str, ...], reporting_zone: ZoneInfo) -> _Attempt:
    converter = converter_for(mapping, header, reporting_zone, limits_of(mapping))
    return _Attempt(import_id, converter, header, mapping.columns.get("ticket", ""))


def _replay(
    engine: sa.Engine, attempt: _Attempt, profile: ImportProfile, file_name: str, reporting_zone: ZoneInfo
) -> ImportReport | None:
    """Try the records of one import, and report on those that came in; None when there are none to try."""
    with engine.connect() as reading:
        rows = attempt.rows(reading)
        first = next(rows, None)
        if first is None:
            return None
        task = LoadTask(
            kind=KINDS[profile.kind],
            source=profile.source,
            file_name=f"{_REPLAY}{file_name.removeprefix(_REPLAY)}",
            profile={**profile.as_json(), "header": list(attempt.header)},
            rows=chain([first], rows),
            convert=attempt.converter.convert,
            columns=attempt.converter.columns,
            values=values_for(profile, attempt.converter, reporting_zone),
            has_key=has_key(profile),
            file_sha256=lambda: None,
            on_rows=_ignore,
            on_step=_ignore,
        )
        return load(engine, task, replayed=attempt.accepted)


def _ignore(_progress: object) -> None:
    return None


def _run(connection: sa.Connection, path: str, **values: object) -> int:
    return int(connection.execute(sa.text(read_sql(path)), values).rowcount)
