"""The sentence over a list of tickets."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.metrics import METRICS, Kind
from portal.numbers import phrasing
from portal.numbers.filters import Period, TicketFilters
from portal.topics.tickets.address import TicketList
from portal.topics.tickets.conclusion import happened, listed_sentence, measured_sentence
from portal.topics.tickets.dataset import ListedTickets

_FILTERS = TicketFilters(date(2025, 12, 1), date(2026, 3, 1), Period.CUSTOM)
_MARCH = replace(_FILTERS, start=date(2026, 3, 2), end=date(2026, 3, 9))


def found(
    total: int = 1284, measured: int | None = None, unit: str = "tickets", **names: tuple[str, ...]
) -> ListedTickets:
    """Return what is listed."""
    return ListedTickets(total, measured, unit, tuple(names.items()))


@pytest.mark.parametrize("slug", METRICS)
@pytest.mark.parametrize("part", ["all", "numerator"])
def test_every_number_has_words_for_its_tickets(slug: str, part: str) -> None:
    assert happened(TicketList(_FILTERS, slug, part))


@pytest.mark.parametrize(
    ("listed", "told", "sentence"),
    [
        (
            TicketList(_FILTERS, "resolved"),
            found(category=("Book orders",)),
            "1,284 tickets resolved, 1 Dec 2025 to 28 Feb 2026, category Book orders",
        ),
        (TicketList(_MARCH), found(1), "1 ticket created, 2 to 8 Mar 2026"),
        (TicketList(_FILTERS, "backlog"), found(287), "287 tickets open, at the end of 28 Feb 2026"),
        (TicketList(_FILTERS, "backlog", "overdue"), found(14), "14 tickets open and past a target now"),
        (
            TicketList(_MARCH, "csat", "numerator", words="late"),
            found(3, customer_type=("School", "Library")),
            "3 tickets rated 4 or 5, 2 to 8 Mar 2026, customer type School and Library, matching “late”",
        ),
        (
            TicketList(_MARCH, clock=(("hour_of_week", "33"),)),
            found(9),
            "9 tickets created, 2 to 8 Mar 2026, Tuesdays 09:00 to 10:00",
        ),
        (
            TicketList(_MARCH, "resolution_time", "3600..5400"),
            found(9, unit="minutes"),
            "9 tickets resolved, full resolution time from 1.0 h to under 1.5 h, 2 to 8 Mar 2026",
        ),
        (
            TicketList(_MARCH, "resolution_time", "2..4"),
            found(9, unit="days"),
            "9 tickets resolved, full resolution time from 2 days to under 4 days, 2 to 8 Mar 2026",
        ),
    ],
)
def test_the_sentence_reads_like_the_number(listed: TicketList, told: ListedTickets, sentence: str) -> None:
    assert listed_sentence(listed, told).replace(phrasing.SPACE, " ") == sentence


def test_a_number_of_something_else_than_tickets_is_explained() -> None:
    assert measured_sentence(TicketList(_FILTERS, "resolved"), found(12, 12)) == ""
    assert measured_sentence(TicketList(_FILTERS, "sla_attainment"), found(12, 30)).startswith("30 targets: ")
    assert measured_sentence(TicketList(_FILTERS, "reopens"), found(12, 14)).startswith("14 reopens: ")
    assert measured_sentence(TicketList(_FILTERS, "customers_resolved"), found(12, 9)).startswith("9 customers: ")
    assert measured_sentence(TicketList(_FILTERS, "next_reply_time"), found(12, 19)).startswith("19 replies: ")


def test_all_parts_of_the_open_tickets_have_words() -> None:
    slugs = [slug for slug, metric in METRICS.items() if metric.kind is Kind.LEVEL]
    assert slugs
    for slug in slugs:
        words = {happened(TicketList(_FILTERS, slug, part)) for part in ("all", "overdue", "due_soon", "old")}
        assert len(words) == 4
