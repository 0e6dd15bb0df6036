"""The address of one ticket."""

from datetime import date

import pytest

from portal.numbers.filters import Days
from portal.topics.tickets.address import read_list
from portal.topics.tickets.ticket_address import asks_for_whole_text, read_ticket_number, with_whole_text

DAYS = Days(date(2024, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/tickets/17", 17),
        ("/tickets/x", None),
        ("/tickets/17/18", None),
        ("/tickets/", None),
        ("/tickets/" + "9" * 40, None),
    ],
)
def test_a_path_names_a_ticket_or_none(path: str, number: int | None) -> None:
    assert read_ticket_number(path) == number


def test_a_tickets_address_can_ask_for_its_long_texts() -> None:
    search = "?metric=csat&q=a+b"
    assert not asks_for_whole_text(search)
    assert asks_for_whole_text(with_whole_text(search))
    assert with_whole_text(with_whole_text(search)) == with_whole_text(search)
    assert read_list(with_whole_text(search), DAYS)[0] == read_list(search, DAYS)[0]
