"""The Tickets page as a queue: a manager walks it by keys, and corrects what is filed wrongly."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import Portal
from tests.e2e.reader import PHONE

_OVERDUE = "/tickets?metric=backlog&part=overdue"


def test_a_manager_walks_the_overdue_tickets_by_keys_and_corrects_one(open_window: OpenWindow, portal: Portal) -> None:
    """The priority is corrected on the ticket's page and undone there; both stand in the audit log."""
    reader = open_window()
    reader.open("/tickets")
    reader.page.keyboard.press("3")
    reader.page.wait_for_url(f"**{_OVERDUE}")
    reader.settle()
    tab = reader.page.locator(".queue-tab[aria-current=page]")
    expect(tab).to_have_text(re.compile(r"^Overdue [\d,]+$"))
    assert int(tab.inner_text().split()[-1].replace(",", "")) == reader.listed_count()
    for key in ("j", "j", "k", "j"):
        reader.page.keyboard.press(key)
    second = reader.page.locator("#tickets-table .row-link").nth(1)
    expect(second).to_be_focused()
    number = re.findall(r"/tickets/(\d+)", second.get_attribute("href") or "")[0]
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"**/tickets/{number}?**")
    reader.settle()
    priority = reader.page.get_by_label("Priority")
    before = priority.input_value()
    wanted = "low" if before != "low" else "high"
    priority.select_option(wanted)
    reader.page.locator("form", has=priority).get_by_role("button", name="Correct").click()
    notice = reader.page.get_by_text("The priority was changed")
    expect(notice).to_be_visible()
    expect(reader.page.get_by_label("Priority")).to_have_value(wanted)
    reader.page.get_by_role("button", name="Undo").click()
    expect(notice).to_have_count(0)
    expect(reader.page.get_by_label("Priority")).to_have_value(before)
    assert "part=overdue" in reader.page.url, "the way back to the list is kept"
    logged = sa.text("select action from support.audit_log where action like '%ticket%' order by id desc limit 2")
    with portal.engine.connect() as connection:
        assert connection.execute(logged).scalars().all() == ["undo_ticket_change", "correct_tickets"]
    assert reader.complaints == []


def test_a_manager_corrects_three_tickets_at_once_and_takes_it_back(open_window: OpenWindow, portal: Portal) -> None:
    """What would happen is said before; the undo gives each ticket what it had."""
    reader = open_window()
    reader.open("/tickets?period=all&sort=created")
    links = reader.page.locator("#tickets-table .row-link")
    numbers = [re.findall(r"/tickets/(\d+)", links.nth(place).get_attribute("href") or "")[0] for place in range(3)]
    wanted = sa.text(
        "select id, category, category_source from support.support_tickets where id = any(:ids) order by id"
    )
    with portal.engine.connect() as connection:
        before = connection.execute(wanted, {"ids": [int(each) for each in numbers]}).all()
    for _ in range(3):
        reader.page.keyboard.press("j")
        reader.page.keyboard.press("x")
    form = reader.page.locator("#tickets-bulk")
    expect(form.get_by_role("button", name="Correct")).to_be_disabled()
    form.get_by_label("They become").select_option(label="Return or refund")
    expect(form.locator(".bulk-said")).to_have_text("3 tickets become Return or refund")
    form.get_by_role("button", name="Correct").click()
    expect(reader.page.get_by_text("The category was changed, on 3 tickets")).to_be_visible()
    with portal.engine.connect() as connection:
        after = connection.execute(wanted, {"ids": [int(each) for each in numbers]}).all()
    assert [row.category_source for row in after] == ["person"] * 3
    assert len({row.category for row in after}) == 1
    reader.settle()
    reader.page.get_by_role("button", name="Undo").click()
    expect(reader.page.get_by_text("The category was changed")).to_have_count(0)
    with portal.engine.connect() as connection:
        assert connection.execute(wanted, {"ids": [int(each) for each in numbers]}).all() == before
    assert reader.complaints == []


def test_the_keys_are_shown_and_leave_a_field_alone(open_window: OpenWindow) -> None:
    reader = open_window()
    reader.open(_OVERDUE)
    reader.page.keyboard.press("?")
    shown = reader.page.get_by_role("dialog", name="Keys of this list")
    expect(shown).to_contain_text("next ticket")
    reader.page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    words = reader.page.locator("input[name=q]")
    words.press_sequentially("jk1?")
    expect(words).to_have_value("jk1?")
    assert reader.page.url.endswith(_OVERDUE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tabs_fit_a_phone(open_window: OpenWindow, scheme: str) -> None:
    reader = open_window(PHONE, scheme)
    reader.open(_OVERDUE)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert reader.complaints == []
