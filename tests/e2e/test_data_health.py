"""The Data health page in a browser: a manager imports a month's file, takes it back, and exports everything."""

import contextlib
import csv
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import CHECKOUT, VIEWER, WAIT_SECONDS, Portal, command
from tests.e2e.reader import PATIENCE_MILLISECONDS

MONTH = "id,created,subject,content,status\n" + "".join(
    f"A{number},2026-02-{number:02} 10:00,Where is my order,Words,open\n" for number in range(1, 21)
)


@contextlib.contextmanager
def watching(portal: Portal, log: Path) -> Iterator[None]:
    """Run `etl watch` beside the portal."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command("etl", "watch"), cwd=CHECKOUT, env=portal.environment, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def tickets(portal: Portal) -> int:
    with portal.engine.connect() as connection:
        return int(connection.scalar(sa.text("select count(*) from support.support_tickets")) or 0)


def test_this_months_file_is_imported_in_the_browser_and_taken_back(
    portal: Portal, open_window: OpenWindow, tmp_path: Path
) -> None:
    """It is looked at first, asks what only a person knows, survives a reload, and says what happened."""
    file = tmp_path / "february.csv"
    file.write_text(MONTH)
    before = tickets(portal)
    reader = open_window()
    reader.open("/data-health")
    card = reader.page.locator("#data_health-import")
    card.locator("input[type=file]").set_input_files(str(file))
    expect(card).to_contain_text("Waits for its turn.")
    work = reader.page.locator("#data_health-work")
    expect(work).to_contain_text("support-analytics etl watch")
    with watching(portal, tmp_path / "watch.log"):
        expect(card).to_contain_text("Only you can say this.", timeout=PATIENCE_MILLISECONDS)
        card.locator("[name='answer:time-zone']").fill("Africa/Johannesburg")
        card.get_by_role("button", name="Answer, and look again").click()
        expect(card).to_contain_text(
            "of 20 rows, 20 new, 0 changed, 0 unchanged, 0 left out in quarantine.", timeout=PATIENCE_MILLISECONDS
        )
        expect(card.locator("tr", has_text="created").first).to_contain_text("created_at")
        assert tickets(portal) == before
        card.get_by_role("button", name="Import it").click()
        expect(card).to_contain_text("Imported: of 20 rows, 20 new", timeout=PATIENCE_MILLISECONDS)
        assert tickets(portal) == before + 20
        reader.page.reload()
        reader.settle()
        expect(card).to_contain_text("Imported: of 20 rows, 20 new")
        card.get_by_role("link", name="Take it back").click()
        told = reader.page.locator("#data_health-told")
        expect(told).to_contain_text("20 tickets that it made would go")
        told.get_by_role("button", name="Take it back").click()
        expect(work).to_contain_text(
            "is taken back: 20 records that it had made are gone", timeout=PATIENCE_MILLISECONDS
        )
    assert tickets(portal) == before
    assert reader.complaints == []


def test_everything_is_exported_in_the_background(portal: Portal, open_window: OpenWindow) -> None:
    """The file has each ticket that counts once, as the pages know them, and only its owner gets it."""
    reader = open_window()
    reader.open("/data-health")
    work = reader.page.locator("#data_health-work")
    work.get_by_role("button", name="Export as CSV").click()
    link = work.get_by_role("link", name="Download").first
    expect(link).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    with reader.page.expect_download() as started:
        link.click()
    text = Path(started.value.path()).read_text("utf-8-sig")
    exported = [int(row["Number"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    with portal.engine.connect() as connection:
        counted = connection.scalars(sa.text("select ticket_id from marts.fct_tickets where not is_excluded"))
        assert sorted(exported) == sorted(counted)
    assert reader.complaints == []


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_viewers_see_the_jobs_and_nothing_of_imports(
    portal: Portal, open_window: OpenWindow, size: tuple[int, int]
) -> None:
    """What rows hold, and what was queued, is for managers."""
    reader = open_window(size, is_anonymous=True)
    reader.page.goto(f"{portal.url}/login")
    reader.log_in(VIEWER, portal.password)
    reader.settle()
    reader.open("/data-health")
    for card in ("import", "work", "imports", "quarantine"):
        expect(reader.page.locator(f"#data_health-{card}")).to_contain_text("Only managers see this.")
    expect(reader.page.locator("#data_health-jobs")).to_contain_text("refresh_marts")
    assert reader.complaints == []
