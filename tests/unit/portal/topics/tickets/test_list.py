"""The list of tickets as a reader sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.lateness import Lateness
from portal.numbers.filters import Period, TicketFilters
from portal.topics.tickets.address import XLSX_ROWS, Order, SortBy, TicketList
from portal.topics.tickets.dataset import ListedTickets, PageEnd, SlaOutcome, SourceNumber, TicketPage
from portal.topics.tickets.late import late_choices, sla_cell
from portal.topics.tickets.list import (
    empty_list,
    list_foot,
    list_head,
    list_table,
    moment,
    number_cell,
    subject_cell,
)
from tests.factories.tickets import make_ticket_row

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_LISTED = TicketList(
    TicketFilters(date(2026, 1, 1), date(2026, 3, 1), Period.CUSTOM), "csat", "numerator", words="late"
)
_FILTERED = TicketList(_LISTED.filters.with_values("channel", ("chat",)))
_FOUND = ListedTickets(120, 120, "share", ())


def texts(node: object) -> list[str]:
    """Return all texts of an element, in order."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, list):
        return [text for each in node for text in texts(each)]
    return texts(node["props"]["content"]) if isinstance(node, dict) else []


def hrefs(node: object) -> list[str]:
    """Return all links of an element, in order."""
    if isinstance(node, list):
        return [href for each in node for href in hrefs(each)]
    if not isinstance(node, dict):
        return []
    own = [node["props"]["href"]] if "href" in node["props"] else []
    return own + hrefs(node["props"]["content"])


def test_every_row_leads_to_its_ticket_and_keeps_the_list() -> None:
    page = TicketPage(tuple(make_ticket_row(ticket_id=number) for number in (3, 2, 1)), 0, 3, None, None)
    table = list_table(_LISTED, _FOUND, page, NOW)
    assert table is not None
    assert [row[0] for row in table["rows"]] == [f"/tickets/{number}{_LISTED.to_search()}" for number in (3, 2, 1)]


def test_the_pager_says_where_one_is_and_links_only_where_there_is_a_page() -> None:
    page = TicketPage((make_ticket_row(),), 50, 120, PageEnd("x", 17, 50), None)
    pager = list_foot(_LISTED, page, is_recorded=True)
    assert texts(pager) == ["51 to 51 of 120", "First", "Previous", "Next", "Last"]
    assert len(hrefs(pager)) == 2


def test_pressing_the_present_order_turns_it_round_and_another_begins_with_the_largest() -> None:
    page = TicketPage((make_ticket_row(),), 0, 1, None, None)
    listed = replace(_LISTED, order=Order(SortBy.RESOLUTION))
    table = list_table(listed, _FOUND, page, NOW)
    assert table is not None
    links = [href for _, _, href, _ in table["columns"]]
    assert replace(listed, order=Order(SortBy.RESOLUTION, is_descending=False)).href() in links
    assert replace(listed, order=Order(SortBy.PRIORITY)).href() in links
    assert [sorted_as for _, _, _, sorted_as in table["columns"] if sorted_as] == ["descending"]


def test_a_drill_down_can_be_left_and_exported() -> None:
    links = hrefs(list_head(_LISTED, _FOUND))
    assert _LISTED.without_drill_down().href() in links
    assert f"/tickets/export.csv{_LISTED.to_search()}" in links
    assert f"/tickets/export.xlsx{_LISTED.to_search()}" in links


def test_what_excel_cannot_hold_is_said_and_not_offered() -> None:
    head = list_head(_LISTED, replace(_FOUND, total=XLSX_ROWS + 1))
    assert not any("xlsx" in href for href in hrefs(head))
    assert "1,048,575" in " ".join(texts(head))


@pytest.mark.parametrize(
    ("listed", "words", "link"),
    [
        (replace(_LISTED, metric="created", part="all", words=""), "No tickets are listed", "/tickets?period=all"),
        (_FILTERED, "No tickets match these filters", "/tickets?from=2026-01-01&to=2026-02-28"),
        (replace(_LISTED, words="4711"), "matches “4711”", _LISTED.filters.href("/tickets/4711")),
        (_LISTED, "matches “late”", _LISTED.without_drill_down().href()),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(listed: TicketList, words: str, link: str) -> None:
    assert words in " ".join(texts(empty_list(listed)))
    assert link in hrefs(empty_list(listed))


@pytest.mark.parametrize(
    ("sla", "text", "tone"),
    [
        (SlaOutcome(0, 0, None), "—", ""),
        (SlaOutcome(0, 2, None), "Met", "good"),
        (SlaOutcome(0, 1, None, running=1), "No due time", ""),
        (SlaOutcome(1, 2, None), "Missed", "bad"),
        (SlaOutcome(1, 0, NOW - timedelta(minutes=40)), "Overdue by 40 min", "late_hours"),
        (SlaOutcome(0, 0, NOW - timedelta(days=3)), "Overdue by 3 days", "late_days"),
        (SlaOutcome(0, 0, NOW - timedelta(days=300)), "Overdue by 300 days", "late_weeks"),
        (SlaOutcome(0, 1, NOW + timedelta(minutes=90)), "Due in 1.5 h", "due_soon"),
        (SlaOutcome(0, 1, NOW + timedelta(hours=5)), "Due in 5.0 h", ""),
        (SlaOutcome(1, 1, NOW + timedelta(hours=5)), "Missed", "bad"),
    ],
)
def test_the_worst_there_is_to_say_about_targets_is_said(sla: SlaOutcome, text: str, tone: str) -> None:
    """How late it is stands in words, and its colour is that of its grade: weeks late is not what just fell due."""
    cell = sla_cell(sla, NOW)
    assert (cell.text.replace("\u00a0", " "), cell.tone) == (text, tone)


def test_open_tickets_lead_to_those_of_each_grade() -> None:
    """With how many there are; a list of anything else has no such line."""
    listed = TicketList(_LISTED.filters, "backlog")
    found = ListedTickets(9, 9, "tickets", (), late={Lateness.HOURS: 2, Lateness.WEEKS: 7, Lateness.DAYS: 0})
    line = late_choices(listed, found)
    assert "".join(texts(line)).strip() == "2 late by less than a day, 7 late by a week or more"
    assert [href for href in hrefs(line) if "part=late_hours" in href and "sort=-due" in href]
    assert late_choices(TicketList(_LISTED.filters), ListedTickets(9, 9, "tickets", ())) == []


@pytest.mark.parametrize(("subject", "text"), [("", "(no subject)"), ("a\n b\t", "a b"), ("x" * 900, "x" * 300)])
def test_a_subject_is_one_short_line_that_can_be_pressed(subject: str, text: str) -> None:
    assert subject_cell(subject).text == text


def test_a_ticket_is_known_by_the_number_of_its_source_where_it_has_one() -> None:
    imported = number_cell(make_ticket_row(ticket_id=552, number=SourceNumber("10252", "helpdesk")))
    assert (imported.text, imported.title) == ("10252", "10252 in helpdesk, internal number 552")
    assert number_cell(make_ticket_row(ticket_id=552)).text == "552"


def test_a_date_without_a_time_is_shown_without_one() -> None:
    assert moment(date(2016, 1, 3)).replace("\u00a0", " ") == "3 Jan 2016"
    assert moment(datetime(2016, 1, 3, 0, 0, tzinfo=UTC)).replace("\u00a0", " ") == "3 Jan 2016 00:00"


def test_a_moment_of_another_year_than_the_lists_last_has_its_year() -> None:
    row = make_ticket_row(created=date(2025, 12, 31), resolved=date(2026, 1, 2))
    table = list_table(_LISTED, _FOUND, TicketPage((row,), 0, 1, None, None), NOW)
    assert table is not None
    shown = [(text.replace("\u00a0", " "), title.replace("\u00a0", " ")) for text, _, title in table["rows"][0][1]]
    assert ("31 Dec 2025", "") in shown
    assert ("2 Jan", "2 Jan 2026") in shown


def test_an_empty_page_has_no_table_but_words() -> None:
    page = TicketPage((), 0, 0, None, None)
    assert list_table(_LISTED, _FOUND, page, NOW) is None
    assert "None of these tickets" in " ".join(texts(list_foot(_LISTED, page, is_recorded=True)))


def test_every_cell_stands_under_its_heading() -> None:
    table = list_table(_LISTED, _FOUND, TicketPage((make_ticket_row(),), 0, 1, None, None), NOW)
    assert table is not None
    labels = [label for _, label, _, _ in table["columns"]]
    shown = {
        label: text.replace("\u00a0", " ") for label, (text, _, _) in zip(labels, table["rows"][0][1], strict=True)
    }
    assert shown == {
        "Number": "17",
        "Subject": "Where is my parcel?",
        "Category": "Book order",
        "Priority": "High",
        "Status": "Closed",
        "Channel": "Email",
        "Customer": "School",
        "Agent": "Lerato",
        "Created": "3 Feb 14:03",
        "First reply": "41 min",
        "Resolution": "2.1 h",
        "Resolved": "3 Feb 16:09",
        "SLA": "Met",
        "Rating": "5",
    }
    assert labels[table["link"]] == "Subject"
