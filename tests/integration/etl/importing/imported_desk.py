"""What the tests of the import share: files made from a few words, and a desk to import them into."""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from etl.importing.history import PastImport
from etl.importing.import_file import ImportRequest
from etl.importing.import_records import import_records
from etl.importing.report import ImportReport
from etl.importing.source_row import SourceRow
from etl.importing.sources.source_table import SourceTable
from etl.importing.transforms.import_profile import ImportProfile
from etl.importing.transforms.questions import Question
from etl.importing.transforms.wall_time import DateOrder

JOHANNESBURG = ZoneInfo("Africa/Johannesburg")
HEADER = ("id", "email", "kind", "subject", "made", "done", "agent", "level", "note")
PROFILE = ImportProfile(
    "desk",
    "desk",
    external_id=("id",),
    columns={
        "customer_email": "email",
        "customer_type": "kind",
        "subject": "subject",
        "created_at": "made",
        "resolved_at": "done",
        "assigned_agent": "agent",
        "priority": "level",
    },
    time_zone="UTC",
)


def row(key: str, **cells: str) -> list[str]:
    """Return the cells of a good row, some of them replaced."""
    good = {
        "id": key,
        "email": f"{key}@example.org",
        "kind": "school",
        "subject": f"Question {key}",
        "made": "2025-03-01 10:00",
        "done": "2025-03-02 10:00",
        "agent": "Thabo",
        "level": "high",
        "note": "n",
    }
    return [(good | cells)[name] for name in HEADER]


def write_csv(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    """Write a file, gzipped when its name says so."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@dataclass(slots=True)
class Answers:
    """Answers what a person would be asked for, and remembers the steps."""

    zone: str = "UTC"
    country: str | None = "none"
    order: DateOrder = "dmy"
    steps: list[str] = field(default_factory=list)
    row_count: int = 0

    def ask(self, questions: Sequence[Question]) -> dict[str, str]:
        """Answer for the dates; nothing else is asked for."""
        answers = {"time-zone": self.zone, "date-order": self.order}
        return {question.name: answers[question.name] for question in questions}

    def ask_if_possible(self, question: Question) -> str | None:
        """Say whose public holidays the desk keeps; None says nothing."""
        assert question.name == "country"
        return self.country

    def confirm(self, profile: ImportProfile, table: SourceTable, sample: Sequence[SourceRow]) -> None:
        """Agree."""
        self.steps.append(f"confirmed {profile.name}: {len(table.header.names)} columns, {len(sample)} rows")

    def same_file(self, earlier: PastImport, remedy: str) -> None:
        """Want it again."""
        self.steps.append(f"again after {earlier.id}: {remedy}")

    def started(self, table: SourceTable) -> None:
        """Remember."""
        self.steps.append(f"started {table.layout}")

    def on_rows(self, count: int) -> None:
        """Count."""
        self.row_count += count

    def on_step(self, step: str) -> None:
        """Remember."""
        self.steps.append(step)


@dataclass(slots=True)
class Desk:
    """A database to import into."""

    engine: sa.Engine
    answers: Answers = field(default_factory=Answers)

    def load(self, path: Path, profile: ImportProfile | None = PROFILE, **request: Any) -> ImportReport:
        """Import a file."""
        return import_records(self.engine, ImportRequest(path, profile, **request), JOHANNESBURG, self.answers)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.engine.connect() as connection:
            return [tuple(each) for each in connection.execute(sa.text(query))]

    def value(self, query: str) -> Any:
        """Return the one value of a query."""
        ((value,),) = self.rows(query)
        return value

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return everything that an import may change, but its own row in raw.imports."""
        tables = {
            "raw.records": "source, external_id",
            "raw.superseded_records": "id",
            "raw.quarantined_records": "id",
            "support.support_tickets": "id",
            "support.customers": "customer_email",
            "support.agents": "agent_name",
            "support.categories": "slug",
            "support.ticket_changes": "ticket_id",
        }
        return {table: self.rows(f"select * from {table} order by {order}") for table, order in tables.items()}
