"""Answers on the real complaints equal pandas straight from the file."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from etl.importing.profile_file import read_profile
from etl.marts.refresh import refresh_marts
from tests.integration.conftest import Database
from tests.integration.etl.importing.imported_desk import Desk
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, MetricResult

ROOT = Path(__file__).parents[4]
FILE = (
    Path(os.environ.get("SUPPORT_SHARED_DATA", ROOT.parent / "shared" / "data"))
    / "tickets"
    / "nyc_complaints_2015_2016.csv.gz"
)
ZONE = "Africa/Johannesburg"
"""The zone that the desk of these tests imports for; dates stay the dates of the file."""


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    """The last row of every key, with its dates and whole days."""
    frame = pd.read_csv(FILE, dtype=str, keep_default_na=False).drop_duplicates("unique_key", keep="last")
    frame["opened"] = pd.to_datetime(frame["opendate"])
    frame["closed"] = pd.to_datetime(frame["closedate"].replace("", None))
    frame["kind"] = frame["complaint_type"].str.strip().replace("", None)
    frame["days"] = (frame["closed"] - frame["opened"]).dt.days
    return frame


@pytest.fixture
def answers(database: Database) -> Iterator[sa.Connection]:
    """The imported and refreshed complaints."""
    Desk(database.engine).load(FILE, read_profile("nyc_complaints"))
    with database.engine.begin() as connection:
        refresh_marts(connection, ZONE)
    with database.engine.connect() as connection:
        yield connection


def _ask(connection: sa.Connection, metric: str, *by: str) -> MetricResult:
    data = metric_query.data_version(connection)
    assert data.first_date is not None
    assert data.last_date is not None
    return metric_query.run(connection, MetricQuery(metric, data.first_date, data.last_date + timedelta(days=1), by))


def _values(result: MetricResult) -> dict[object, float | None]:
    return {row.keys[0] if len(row.keys) == 1 else row.keys: row.value for row in result.rows}


def test_volume_backlog_and_resolution_equal_pandas(answers: sa.Connection, complaints: pd.DataFrame) -> None:
    """Dates are dates: durations are whole days, exact at every quantile, and no hour is made up."""
    _assert_volume(answers, complaints)
    _assert_backlog(answers, complaints)
    _assert_resolution(answers, complaints)
    assert _ask(answers, "created", "hour_of_week").rows == ()


def _assert_volume(connection: sa.Connection, complaints: pd.DataFrame) -> None:
    assert _ask(connection, "created").rows[0].value == 100_371
    by_day = complaints.groupby(complaints["opened"].dt.date).size()
    assert _values(_ask(connection, "created", "day")) == by_day.to_dict()
    expected: dict[object, int] = complaints.groupby("kind").size().to_dict()
    expected[None] = int(complaints["kind"].isna().sum())
    assert _values(_ask(connection, "created", "category")) == expected
    assert expected[None] == 3_748


def _assert_backlog(connection: sa.Connection, complaints: pd.DataFrame) -> None:
    result = _ask(connection, "backlog", "day")
    opened = complaints["opened"].value_counts().sort_index().cumsum()
    closed = complaints["closed"].value_counts().sort_index().cumsum()
    days = pd.date_range(opened.index[0], max(opened.index[-1], closed.index[-1]))
    level = opened.reindex(days).ffill().fillna(0) - closed.reindex(days).ffill().fillna(0)
    assert _values(result) == dict(zip(days.date, level, strict=True))
    assert _ask(connection, "backlog").rows[0].value == 201


def _assert_resolution(connection: sa.Connection, complaints: pd.DataFrame) -> None:
    done = complaints.dropna(subset=["closed"])
    month = done["closed"].dt.strftime("%Y-%m")
    for by, keys in ((("month",), [month]), (("category",), ["kind"]), (("month", "category"), [month, "kind"])):
        result = _ask(connection, "resolution_time", *by)
        days = done.groupby(keys, dropna=False)["days"]
        expected = pd.DataFrame(
            {"median": days.median(), "p90": days.quantile(0.9), "mean": days.mean(), "n": days.size()}
        )
        assert result.unit == "days"
        assert len(result.rows) == len(expected)
        for row in result.rows:
            key = tuple(float("nan") if part is None else part for part in row.keys)
            want = expected.loc[[key] if len(key) > 1 else [key[0]]].iloc[0]
            assert (row.value, row.p90, row.n) == pytest.approx((want["median"], want["p90"], want["n"])), row
            assert row.mean == pytest.approx(want["mean"])


def test_every_complaint_is_listed_behind_its_number(answers: sa.Connection, complaints: pd.DataFrame) -> None:
    query = MetricQuery("created", date(2016, 1, 1), date(2016, 2, 1), where=(("category", (None,)),))
    in_january = complaints[complaints["opened"].dt.strftime("%Y-%m") == "2016-01"]
    page = metric_query.ticket_ids(answers, query)
    assert len(page.ticket_ids) == in_january["kind"].isna().sum() == metric_query.run(answers, query).rows[0].value
