"""What an address lists, and how it is written."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.numbers.filters import Days, Period, TicketFilters
from portal.topics.tickets.address import (
    INSTANTS,
    Order,
    Place,
    SortBy,
    TicketList,
    read_list,
    read_words,
)
from portal.topics.tickets.dataset import PageEnd

DAYS = Days(date(2024, 1, 1), date(2026, 3, 31))
_FILTERS = TicketFilters(date(2026, 1, 1), date(2026, 3, 1), Period.CUSTOM)
_TEXT = st.text(max_size=40)
_LISTS = st.builds(
    TicketList,
    st.sampled_from((_FILTERS, _FILTERS.with_values("category", ("book, order", None, "~")))),
    st.sampled_from(("created", "resolved", "csat")),
    st.sampled_from(("all", "numerator", "3600..7200")),
    st.sampled_from(((), (("hour_of_week", "33"),), (("weekday", "0"), ("precision", "date")))),
    _TEXT.map(read_words),
    st.builds(Order, st.sampled_from(SortBy), st.booleans()),
)


@st.composite
def places(draw: st.DrawFn) -> tuple[TicketList, Place | None]:
    """Make a list and a place in it."""
    listed = draw(_LISTS)
    keys = st.datetimes(timezones=st.just(None)).map(lambda at: f"{at.isoformat()}+00:00")
    numbers = st.integers(0, 2**31 - 1).map(str)
    key = draw(st.none() | (keys if listed.order.by in INSTANTS else numbers))
    end = PageEnd(key, draw(st.integers(0, 10**9 - 1)), draw(st.integers(0, 10**9 - 1)))
    return listed, draw(st.none() | st.builds(Place, st.just(end), st.booleans()))


@given(places())
def test_what_is_written_into_an_address_is_read_from_it(made: tuple[TicketList, Place | None]) -> None:
    listed, place = made
    assert read_list(listed.to_search(place), DAYS) == (listed, place, ())


@given(st.text(max_size=300))
def test_no_address_is_an_error(search: str) -> None:
    listed, place, _ = read_list(search, DAYS)
    again = read_list(listed.to_search(place), DAYS)
    assert again[:2] == (listed, place)


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("?metric=csat&part=1;drop", "part of the number"),
        ("?sort=subject", "order in the address"),
        ("?hour=24", "hour or the day of the week"),
    ],
)
def test_what_cannot_be_used_is_said(search: str, words: str) -> None:
    listed, _, notices = read_list(search, DAYS)
    assert words in notices[0]
    assert listed.order == Order()


@pytest.mark.parametrize(
    "place",
    ["after=deadbeef.50.17.2026-01-01T00:00:00+00:00", "after=50", "after=", "before=x.y.z", "after=%00.1.1.1"],
)
def test_a_place_of_another_list_is_the_beginning(place: str) -> None:
    assert read_list(f"?{place}", DAYS)[1] is None


@pytest.mark.parametrize(
    "key", ["2026-13-01T00:00:00+00:00", "2026-01-01T00:00:00", "12", "x'; drop table", "infinity"]
)
def test_a_place_with_a_key_that_is_no_instant_is_the_beginning(key: str) -> None:
    listed = TicketList(_FILTERS)
    search = listed.to_search(Place(PageEnd(key, 17, 50)))
    assert read_list(search, DAYS)[1] is None


@pytest.mark.parametrize("key", ["-1", "2147483648", "1e3", "٣", "2026-01-01T00:00:00+00:00"])
def test_a_place_with_a_key_that_is_no_whole_number_is_the_beginning(key: str) -> None:
    listed = TicketList(_FILTERS, order=Order(SortBy.RESOLUTION))
    search = listed.to_search(Place(PageEnd(key, 17, 50)))
    assert read_list(search, DAYS)[1] is None


def test_without_its_drill_down_a_list_keeps_filters_search_and_order() -> None:
    listed = TicketList(_FILTERS, "csat", "numerator", (("hour", "9"),), "refund", Order(SortBy.PRIORITY))
    assert listed.is_drill_down
    assert listed.without_drill_down() == replace(listed, metric="created", part="all", clock=())
    assert not listed.without_drill_down().is_drill_down


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("10002", ("10002",)), ("#10002", ("#10002", "10002")), ("# ABC-7", ("# ABC-7", "ABC-7"))],
)
def test_a_number_in_a_source_may_have_letters_and_a_mark_before_it(words: str, numbers: tuple[str, ...]) -> None:
    assert TicketList(_FILTERS, words=words).source_numbers == numbers


@pytest.mark.parametrize(
    ("words", "number", "email"),
    [
        ("4711", 4711, None),
        ("# 4711", 4711, None),
        ("order 4711", None, None),
        ("a@b.example", None, "a@b.example"),
        ("write to a@b.example", None, None),
        ("9" * 30, None, None),
    ],
)
def test_numbers_and_addresses_are_told_from_words(words: str, number: int | None, email: str | None) -> None:
    listed = TicketList(_FILTERS, words=words)
    assert (listed.number, listed.email) == (number, email)
