"""What jobs write holds slugs, numbers and the desk's own words: no sentence, and no words of the program."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from analytics.errors import SettingsError
from etl.running.job import Job, JobContext, JobResult
from etl.running.runner import run_job
from tests.factories.odd_histories import ODD_HISTORIES, OddHistory
from tests.integration.conftest import Database
from tests.integration.etl.jobs.insight_desk import NOW, ZONE, InsightDesk, insight_desk
from tests.integration.portal.topics.test_odd_histories import ANALYSES
from warehouse.tables.metadata import MARTS, METADATA, OPS

_JOBS: Final = ("check_data_quality", "measure_drift", *ANALYSES, "prune_history")
_WORDS: Final = re.compile(r"[^\W\d_]+[,;:]? [^\W\d_]+")
"""Two words: more than any slug has."""
_OF_PEOPLE: Final = {
    "marts.dimension_values.value": "names of agents, teams and whatever else the desk calls its values",
    "marts.agent_figures.agent": "a name of an agent",
    "marts.demand_series.series_key": "holds a value of the desk, such as a category of an import",
    "marts.demand_series.value": "the same",
    "marts.demand_forecasts.series_key": "the same",
    "marts.demand_backtests.series_key": "the same",
    "marts.demand_accuracy.series_key": "the same",
    "marts.demand_components.series_key": "the same",
    "marts.demand_forecast_hours.series_key": "the same",
    "marts.demand_holidays.name": "public holidays by the name their country gives them, and the desk's own events",
}
"""Column -> whose words it holds. Every other one holds slugs, or values of the desk as `dimension_values` has them."""


def texts(value: object) -> Iterator[str]:
    """Yield every text of a value, the names in a document among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def text_columns() -> list[sa.Column[Any]]:
    """Return the columns of texts and documents that are the jobs' to write."""
    return [
        column
        for table in METADATA.tables.values()
        if table.schema in {MARTS, OPS}
        for column in table.columns
        if isinstance(column.type, sa.String | JSONB)
    ]


def words_of(desk: InsightDesk, column: sa.Column[Any]) -> set[str]:
    """Return what a column holds that reads like words of the program."""
    own = {str(value) for (value,) in desk.rows("select value from marts.dimension_values where value is not null")}
    with desk.database.engine.connect() as connection:
        values = connection.execute(sa.select(column).distinct()).scalars().all()
    return {text for value in values for text in texts(value) if _WORDS.search(text) and text not in own}


@pytest.fixture(params=["bookshop", "three days", "all ratings are 5", "a single category"])
def worked_desk(request: pytest.FixtureRequest, database: Database) -> Iterator[InsightDesk]:
    """A desk on which every job has run that needs no other service."""
    with insight_desk(database) as desk:
        if request.param == "bookshop":
            desk.fill(4_000)
        else:
            history: OddHistory = next(each for each in ODD_HISTORIES if each.name == request.param)
            with database.engine.begin() as connection:
                history.add(connection)
            desk.refresh()
        for name in _JOBS:
            desk.run(name, NOW + timedelta(minutes=1))
        yield desk


def test_no_column_that_jobs_write_holds_words_of_the_program(worked_desk: InsightDesk) -> None:
    """Of a made-up bookshop and of desks that lack this or that, so that what is missing is written down too."""
    columns = {f"{column.table.fullname}.{column.name}": column for column in text_columns()}
    assert set(columns) >= set(_OF_PEOPLE)
    found = {name: words_of(worked_desk, column) for name, column in columns.items() if name not in _OF_PEOPLE}
    assert {name: words for name, words in found.items() if words} == {}


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
