"""What jobs write that reads like words of the program: there should be none."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from tests.integration.etl.jobs.insight_desk import NOW, InsightDesk
from warehouse.tables.metadata import MARTS, METADATA, OPS

_JOBS: Final = (
    "check_data_quality",
    "measure_drift",
    "forecast_demand",
    "plan_staffing",
    "compare_agents",
    "find_anomalies",
    "analyse_drivers",
    "score_churn",
    "write_insights",
    "prune_history",
)
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
    "marts.seasonal_lifts.period": "dates, or the name of an event of the desk",
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


def run_every_job(desk: InsightDesk) -> None:
    """Run every job that needs no other service."""
    for name in _JOBS:
        desk.run(name, NOW + timedelta(minutes=1))


def words_of_the_program(desk: InsightDesk) -> dict[str, set[str]]:
    """Return the columns that jobs write, by name, in which such words are found, and the words."""
    columns = {f"{column.table.fullname}.{column.name}": column for column in text_columns()}
    assert set(columns) >= set(_OF_PEOPLE)
    found = {name: words_of(desk, column) for name, column in columns.items() if name not in _OF_PEOPLE}
    return {name: words for name, words in found.items() if words}
