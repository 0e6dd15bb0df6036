"""Drivers in a browser: what goes with ratings, before and after it has been worked out, on a desk and on a phone."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE
from warehouse.engine import DatabaseRole, create_engine_for


@pytest.fixture(scope="module")
def analysed(portal: Portal) -> Portal:
    """The portal after the nightly analysis of satisfaction."""
    engine = create_engine_for(portal.engine.url, DatabaseRole.ETL_WRITER, poolclass=sa.NullPool)
    done = run_job(JOBS["analyse_drivers"], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
    assert done.result is not None
    return portal


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_effects_are_told_with_interval_and_n(analysed: Portal, open_window: OpenWindow, size: tuple[int, int]) -> None:
    """The page says its point, names the number of ratings, and fits the screen."""
    with analysed.engine.connect() as connection:
        rated = connection.scalar(sa.text("select rated_count from marts.driver_reports"))
    reader = open_window(size)
    reader.open("/drivers")
    effects = reader.page.locator("#drivers-effects")
    expect(effects.locator(".conclusion")).to_contain_text("likely")
    expect(effects).to_contain_text(f"{rated:,} ratings")
    expect(effects).to_contain_text("not proven")
    expect(reader.page.locator("#drivers-response .conclusion")).to_contain_text("have answered")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert reader.complaints == []


def test_the_table_twin_holds_what_is_drawn(analysed: Portal, open_window: OpenWindow) -> None:
    """Opening "Show as table" gives a row for every effect that is kept."""
    with analysed.engine.connect() as connection:
        count = connection.scalar(sa.text("select count(*) from marts.driver_effects"))
    reader = open_window()
    reader.open("/drivers")
    effects = reader.page.locator("#drivers-effects")
    effects.get_by_text("Show as table").click()
    expect(effects.locator(".twin-table tbody tr")).to_have_count(int(count or 0))
    matrix = reader.page.locator("#drivers-correlations .matrix-cell")
    expect(matrix).to_have_count(10)


@pytest.mark.usefixtures("analysed")
@pytest.mark.parametrize("table", ["effects", "shares", "correlations"])
def test_each_table_can_be_taken_away(open_window: OpenWindow, tmp_path: Path, table: str) -> None:
    """The file has a line for each row of the table on the page, in its order."""
    reader = open_window()
    reader.open("/drivers")
    shown = reader.page.locator(f"#drivers-{table} .twin-table tbody th").all_text_contents()
    path = tmp_path / f"{table}.csv"
    reader.download(f"Export {table} as CSV").save_as(path)
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[1:]
    assert len(shown) > 1
    assert len(lines) == len(shown)
    assert all(row.startswith(line[0]) for row, line in zip(shown, lines, strict=True))
    assert reader.complaints == []
