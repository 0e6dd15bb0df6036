"""The tabs of the queue as a manager reads them."""

from datetime import date

from analytics.lateness import Lateness
from portal.numbers.filters import Days, Period, TicketFilters
from portal.topics.tickets.address import Order, SortBy, TicketList, read_list
from portal.topics.tickets.queue import queue_sentence, queue_tabs
from portal.topics.tickets.queue_query import queue_list
from tests.unit.portal.topics.tickets.test_list import hrefs, texts

_DAYS = Days(date(2025, 1, 1), date(2026, 3, 1))
_COUNTS = {
    "all": 287,
    "due_today": 41,
    "overdue": 23,
    "missed": 38,
    "unassigned": 19,
    "frustrated": 12,
    **{grade.value: 2 for grade in Lateness},
}
_LAST_YEAR = TicketFilters(date(2025, 1, 1), date(2025, 3, 1), Period.CUSTOM).with_values("channel", ("chat",))


def test_each_tab_is_an_address_that_lists_what_is_due_first_whatever_the_days_of_the_list() -> None:
    """The filters are kept; the days are not, as the queue is of now."""
    listed = TicketList(_LAST_YEAR)
    queue = queue_list(listed, _DAYS)
    links = hrefs(queue_tabs(listed, queue, _COUNTS))
    read = [read_list(link.partition("?")[2], _DAYS)[0] for link in links]
    assert [each.part for each in read] == ["all", "due_today", "overdue", "missed", "unassigned", "frustrated", "all"]
    assert {each.metric for each in read[:-1]} == {"backlog"}
    assert {each.order for each in read[:-1]} == {Order(SortBy.DUE, is_descending=False)}
    assert {each.filters.end for each in read[:-1]} == {date(2026, 3, 2)}
    assert {each.filters.where for each in read} == {_LAST_YEAR.where}
    assert read[-1] == listed


def test_only_the_tab_that_is_listed_is_marked() -> None:
    listed = TicketList(_LAST_YEAR, "backlog", "overdue")
    tabs = queue_tabs(listed, queue_list(listed, _DAYS), _COUNTS)[1]["props"]["content"][0]["props"]["content"]
    assert ["".join(texts(tab)) for tab in tabs if "aria-current" in tab["props"]] == ["Overdue 23"]


def test_the_queue_is_said_in_a_sentence_that_stays_true_without_late_tickets() -> None:
    wanted = "23 tickets are overdue, 4 of them by a day or more. 41 more fall due today; 19 have nobody."
    assert queue_sentence(_COUNTS) == wanted
    quiet = dict.fromkeys(_COUNTS, 0)
    assert queue_sentence(quiet) == "No ticket is overdue. Nothing falls due today."
    one = quiet | {"overdue": 1, "due_today": 1, "unassigned": 1}
    assert queue_sentence(one) == "1 ticket is overdue. 1 more falls due today; 1 has nobody."
    late = quiet | {"overdue": 1, Lateness.WEEKS: 1}
    assert queue_sentence(late) == "1 ticket is overdue, by a day or more. Nothing falls due today."
    late = quiet | {"overdue": 3, Lateness.WEEKS: 1, Lateness.DAYS: 2}
    assert queue_sentence(late) == "3 tickets are overdue, all of them by a day or more. Nothing falls due today."
    assert queue_sentence({}) == ""


def test_a_list_of_open_tickets_turns_to_the_newest_first_when_all_tickets_are_listed() -> None:
    """The order of the queue is no choice of the reader's; one that is stays."""
    queue = queue_list(TicketList(_LAST_YEAR), _DAYS)
    assert queue.without_drill_down().order == Order()
    chosen = TicketList(_LAST_YEAR, "backlog", order=Order(SortBy.PRIORITY))
    assert chosen.without_drill_down().order == Order(SortBy.PRIORITY)
