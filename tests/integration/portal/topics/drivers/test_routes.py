"""The files of the Drivers page, over HTTP and a real database."""

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.factories.analyses import add_drivers
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser

MADE_AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
TABLES = ("effects", "shares", "correlations")


def exported(browser: Browser, table: str) -> list[dict[str, str]]:
    """Return the lines of a file."""
    answer = browser.get(f"/drivers/export/{table}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_each_table_is_a_file_of_the_latest_analysis(real_pages: Browser, database: Database) -> None:
    """A viewer may take it away too; its name has the day of the analysis."""
    with database.engine.begin() as connection:
        add_drivers(connection, MADE_AT)
    real_pages.log_in("sipho")
    (effect,) = exported(real_pages, "effects")
    assert [effect["What"], effect["Effect"], effect["Likely range: to"]] == ["First reply time", "-0.14", "-0.11"]
    (share,) = exported(real_pages, "shares")
    assert share["Share of the differences between ratings (0 to 1)"] == "0.12"
    (pair,) = exported(real_pages, "correlations")
    assert [pair["Straight line"], pair["In order"], pair["Rated tickets (n)"]] == [
        "-0.2",
        "-0.3",
        "400",
    ]
    named = real_pages.get("/drivers/export/effects.csv").headers["content-disposition"]
    assert named == 'attachment; filename="driver_effects_2026-03-02.csv"'


def test_an_effect_is_told_in_words_too(real_pages: Browser, database: Database) -> None:
    """The sentence of the page, made from the numbers."""
    with database.engine.begin() as connection:
        add_drivers(connection, MADE_AT)
    real_pages.log_in()
    assert exported(real_pages, "effects")[0]["In words"].startswith("A first reply that takes twice as long goes with")


@pytest.mark.parametrize("table", TABLES)
def test_before_the_first_analysis_a_file_has_its_headings(real_pages: Browser, table: str) -> None:
    """An old link gives a file without lines, not an error."""
    real_pages.log_in()
    assert exported(real_pages, table) == []
    named = real_pages.get(f"/drivers/export/{table}.csv").headers["content-disposition"]
    assert named == f'attachment; filename="driver_{table}.csv"'


def test_there_are_no_other_files(real_pages: Browser) -> None:
    """Any other name is a page that there is not."""
    real_pages.log_in()
    for path in ("/drivers/export/response.csv", "/drivers/export/effects.ods", "/drivers/export"):
        assert real_pages.get(path).status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_files_need_a_login(real_pages: Browser, table: str) -> None:
    """Nobody takes anything away without logging in."""
    assert real_pages.get(f"/drivers/export/{table}.csv").status_code == 302
