"""A desk in a real database, and what is asked of it about its classified tickets."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import JobRun, Outcome, run_job
from etl.settings import ADDRESS_FILE
from tests.factories.desk import add_ticket, instant

NOW = instant("2026-03-02 08:00")


@dataclass(frozen=True, slots=True)
class ClassifiedDesk:
    """A desk.

    Attributes:
        admin: Engine of the superuser.
        engine: Engine of the jobs.
        data_dir: Where jobs look for settings that are kept.
    """

    admin: sa.Engine
    engine: sa.Engine
    data_dir: Path

    def use_service_at(self, address: str) -> None:
        """Let the jobs call the service there."""
        (self.data_dir / ADDRESS_FILE).write_text(address, encoding="ascii")

    def forget_categories(self) -> None:
        """Take the bookshop's categories away: a desk as it is when it is new."""
        self.execute("delete from support.categories")

    def add(self, subject: str, **columns: Any) -> int:
        """Add a ticket."""
        with self.admin.begin() as connection:
            return add_ticket(connection, NOW, subject=subject, **columns)

    def run(self, job: str = "classify_tickets") -> JobRun:
        """Run a job."""
        return run_job(JOBS[job], JobContext(self.engine, NOW, "Africa/Johannesburg"))

    def classify(self) -> int:
        """Run the scoring job, which succeeds, and return how many tickets it classified."""
        done = self.run()
        assert done.outcome is Outcome.SUCCEEDED, done.error
        assert done.result is not None
        return done.result.row_count

    def execute(self, statement: str, **values: Any) -> None:
        """Change something."""
        with self.admin.begin() as connection:
            connection.execute(sa.text(statement), values)

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask for rows."""
        with self.admin.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(statement), values)]

    def filed(self, ticket_id: int) -> tuple[Any, ...]:
        """Return category, priority, and who set them."""
        columns = "category, category_source, priority, priority_source"
        return self.rows(f"select {columns} from support.support_tickets where id = :id", id=ticket_id)[0]

    def waiting(self, task: str = "classify") -> int:
        """Return how many tickets wait."""
        statement = "select count(distinct ticket_id) from support.classification_tasks where task = :task"
        return int(self.rows(statement, task=task)[0][0])

    def latest(self, ticket_id: int) -> tuple[Any, ...]:
        """Return category and versions of what was said last."""
        statement = (
            "select category, model_version, rules_version from marts.ticket_predictions where ticket_id = :id"
            " order by predicted_at desc, id desc limit 1"
        )
        return self.rows(statement, id=ticket_id)[0]
