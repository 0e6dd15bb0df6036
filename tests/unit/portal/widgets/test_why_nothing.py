"""A card that is empty says whether nothing was ever recorded, or the period and the filters leave none."""

from dataclasses import replace
from datetime import date

import pytest

from portal.numbers.filters import Days, Period, TicketFilters, from_search
from tests.factories.why_nothing import make_why

_DAYS = Days(date(2024, 1, 1), date(2026, 3, 1))
_METRICS = (
    "created",
    "resolution_time",
    "resolution_business_time",
    "first_reply_time",
    "first_reply_business_time",
    "next_reply_time",
    "next_reply_business_time",
    "sla_tickets_met",
    "csat",
)


def read(search: str) -> TicketFilters:
    """Return the filters of an address."""
    return from_search(search, _DAYS)[0]


@pytest.mark.parametrize("metric", _METRICS)
def test_what_was_never_recorded_is_told_from_what_the_filters_leave_out(metric: str) -> None:
    """The one says with what it comes; the other leads to where there is something."""
    filters = read("?channel=chat")
    never, here = make_why(filters, metric).of(metric), make_why(filters).of(metric)
    assert "yet." in never.why
    assert never.what_to_do
    assert never.ways_out == ()
    assert "that match these filters" in here.why
    assert here.why != never.why
    assert [words for words, _ in here.ways_out] == ["Remove the filters", "Show all time"]


def test_a_desk_where_all_is_solved_has_had_tickets() -> None:
    """Nothing is open, and nothing is missing."""
    filters = read("?period=all")
    assert make_why(filters, "backlog").of("backlog").why == "No tickets were open at the end of any day shown."
    assert make_why(filters, "created").of("backlog").why == "No tickets are recorded yet."


@pytest.mark.parametrize(
    ("search", "said", "ways"),
    [
        ("", "No tickets came in during these days.", ["Show all time"]),
        ("?period=all&channel=chat", "No tickets that match these filters came in.", ["Remove the filters"]),
    ],
)
def test_only_what_is_set_is_offered_to_be_lifted(search: str, said: str, ways: list[str]) -> None:
    """Nobody is told to choose more days than all."""
    empty = make_why(read(search)).of("created")
    assert (empty.why, [words for words, _ in empty.ways_out]) == (said, ways)


def test_the_ways_out_lead_to_the_same_page_and_keep_what_it_shows() -> None:
    """The measure chosen stays, and the reader's own choice is still known."""
    why = replace(make_why(read("?period=last_7_days&channel=chat")), kept={"measure": "first_reply"})
    links = dict(why.of("resolution_time").ways_out)
    assert links["Remove the filters"].startswith("?period=last_7_days&measure=first_reply&own=")
    ever = from_search(links["Show all time"], _DAYS)[0]
    assert (ever.period, ever.values("channel")) == (Period.ALL, ("chat",))
    assert ever.own == "period=last_7_days&channel=chat"


def test_a_way_out_to_the_usual_choice_is_an_address_too() -> None:
    """An empty one would be no link at all."""
    why = make_why(TicketFilters(date(2026, 1, 1), date(2026, 3, 1), where=(("channel", ("chat",)),)))
    assert dict(why.of("created").ways_out)["Remove the filters"] == "?"
