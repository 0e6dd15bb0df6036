"""What jobs write holds slugs, numbers and the desk's own words: no sentence, and no words of the program."""

from analytics.errors import SettingsError
from etl.running.job import Job, JobContext, JobResult
from etl.running.runner import run_job
from tests.integration.etl.jobs.insight_desk import NOW, ZONE, InsightDesk
from tests.integration.etl.jobs.written_words import run_every_job, text_columns, words_of, words_of_the_program


def test_no_column_that_jobs_write_holds_words_of_the_program(desk: InsightDesk) -> None:
    """Of a made-up bookshop; `test_odd_histories.py` asks it of desks that lack this or that."""
    desk.fill(4_000)
    run_every_job(desk)
    assert words_of_the_program(desk) == {}


def test_words_are_found_where_there_are_some(desk: InsightDesk) -> None:
    """A sentence in a text, and one deep in a document."""
    desk.execute("insert into ops.job_runs (job, error) values ('a', 'The shelf fell down.')")
    desk.execute(
        """insert into ops.job_runs (job, details) values ('b', '{"left": ["two words", "slug_only", "9 h"]}')"""
    )
    columns = {column.name: column for column in text_columns() if column.table.name == "job_runs"}
    assert words_of(desk, columns["error"]) == {"The shelf fell down."}
    assert words_of(desk, columns["details"]) == {"two words"}


def test_a_job_that_fails_leaves_a_slug(desk: InsightDesk) -> None:
    """The sentence is told and logged, not kept."""

    def fail(_context: JobContext) -> JobResult:
        message = "The shelf fell down."
        raise SettingsError(message, "Put it up again.")

    done = run_job(Job("fall", "Falls.", (), (), fail, lock="fall"), JobContext(desk.engine, NOW, ZONE))
    assert done.error == "The shelf fell down. Put it up again."
    assert desk.rows("select error from ops.job_runs") == [("settings",)]
