"""The SLA page in a browser: what is about to breach, and would a promise of two hours for chats do better?"""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.background.running import worker
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE
from warehouse.engine import DatabaseRole, create_engine_for

_DUE: Final = ("first_reply_due_at", "next_reply_due_at", "resolution_due_at")
_DAYS: Final = "period=all"


@pytest.fixture
def due_desk(portal: Portal) -> Iterator[Portal]:
    """Three open tickets about to miss a target, one of them with nobody assigned; put back afterwards."""
    columns = ", ".join(("ticket_id", "agent_id", *_DUE))
    with portal.engine.begin() as connection:
        connection.execute(sa.text(f"create table public.kept_due as select {columns} from marts.fct_tickets"))
        connection.execute(sa.text(f"update marts.fct_tickets set {', '.join(f'{each} = null' for each in _DUE)}"))
        now = connection.execute(
            sa.text(
                "update ops.data_version set refreshed_at = '2026-03-02 06:00Z', version = version + 1"
                " returning refreshed_at"
            )
        ).scalar_one()
        found = connection.execute(
            sa.text(
                "select ticket_id from marts.fct_tickets where resolved_at is null and not is_excluded"
                " and not is_solved_undated and agent_id <> 0 order by ticket_id limit 3"
            )
        ).scalars()
        for ticket, minutes in zip(found, (35, 300, 1_500), strict=True):
            connection.execute(
                sa.text("update marts.fct_tickets set first_reply_due_at = :due where ticket_id = :ticket"),
                {"due": now + timedelta(minutes=minutes), "ticket": ticket},
            )
            if minutes == 35:
                connection.execute(sa.text(f"update marts.fct_tickets set agent_id = 0 where ticket_id = {ticket}"))
    yield portal
    with portal.engine.begin() as connection:
        back = ", ".join(f"{each} = kept.{each}" for each in ("agent_id", *_DUE))
        connection.execute(
            sa.text(
                f"update marts.fct_tickets as facts set {back} from public.kept_due as kept"
                " where facts.ticket_id = kept.ticket_id"
            )
        )
        connection.execute(sa.text("drop table public.kept_due"))
        connection.execute(sa.text("update ops.data_version set version = version + 1"))


@pytest.fixture
def watched(portal: Portal, tmp_path: Path) -> Iterator[None]:
    """The worker of `etl watch`."""
    engine, stop = create_engine_for(portal.engine.url, DatabaseRole.ETL_WRITER), threading.Event()
    queued = worker(engine, str(tmp_path / "artefacts"), lambda: ZoneInfo("Africa/Johannesburg"), stop.is_set)
    thread = threading.Thread(target=queued.run_until_stopped, args=(stop.is_set,))
    thread.start()
    yield
    stop.set()
    thread.join()
    engine.dispose()


def test_what_is_about_to_breach_is_read_at_a_glance_and_leads_to_the_tickets(
    due_desk: Portal, open_window: OpenWindow
) -> None:
    """The sentence counts them, the card has each with its time left and who has it, and the list has as many."""
    assert due_desk.url
    reader = open_window()
    reader.open(f"/sla?{_DAYS}")
    expect(reader.page.locator("#sla-said")).to_contain_text("3 tickets miss a target before 10:00 of the next day")
    expect(reader.page.locator("#sla-said")).to_contain_text("Of the 3, 1 has nobody assigned.")
    rows = reader.page.locator("#sla-due .due-table tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("First reply")
    expect(rows.first).to_contain_text("Nobody assigned")
    expect(reader.page.locator("#sla-due .due-head").first).to_contain_text("Within 2 hours 1")
    reader.page.locator("#sla-due").get_by_text("Open all 3 as tickets").click()
    reader.page.wait_for_url(re.compile(r"/tickets\?"))
    reader.settle()
    assert reader.listed_count() == 3
    assert reader.complaints == []


@pytest.mark.usefixtures("watched")
def test_a_manager_tries_two_hours_for_chats_and_sees_what_it_would_have_done(
    portal: Portal, open_window: OpenWindow
) -> None:
    """Nothing is saved by looking."""
    with portal.engine.begin() as connection:
        # The desk ends long ago: its last 90 days are those before its end.
        kept = connection.execute(sa.text("select refreshed_at from ops.data_version")).scalar_one()
        connection.execute(sa.text("update ops.data_version set refreshed_at = '2026-03-01 20:00Z'"))
    reader = open_window()
    reader.open(f"/sla?{_DAYS}")
    form = reader.page.locator("#sla-replay form.settings-form")
    form.locator("[name=policy]").select_option("+")
    form.locator("[name=name]").fill("Chats")
    form.locator("[name=channel]").select_option("chat")
    form.locator("[name=first_reply]").fill("2")
    form.get_by_text("Replay on the last 90 days").click()
    reader.page.wait_for_url(re.compile("work="))
    reader.settle()
    answer = reader.page.locator("#sla-replay")
    expect(answer).to_contain_text("Chats: for chat and first reply within 2.0 h.")
    expect(answer.locator(".sla-replayed")).to_contain_text("would have")
    expect(answer).to_contain_text("As it would be")
    expect(answer.get_by_text("Save this policy")).to_be_visible()
    with portal.engine.begin() as connection:
        assert not connection.execute(sa.text("select 1 from support.sla_policies where name = 'Chats'")).all()
        connection.execute(sa.text("update ops.data_version set refreshed_at = :kept"), {"kept": kept})
    assert reader.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(open_window: OpenWindow, scheme: str) -> None:
    reader = open_window(PHONE, scheme)
    reader.open(f"/sla?{_DAYS}")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert reader.complaints == []
