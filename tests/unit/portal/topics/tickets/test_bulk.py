"""Correcting many tickets at once: what the form may hold, and what it offers."""

import pytest

from portal.topics.tickets.bulk import MOST, BulkEdit, bulk_form, checked_bulk
from portal.topics.tickets.edits import Correction, InvalidEditError
from tests.unit.portal.topics.tickets.test_list import texts

_FORM = {"becomes": "category:refund", "list": "?metric=backlog", "expected": "12"}


def test_chosen_rows_or_the_whole_list_become_one_thing() -> None:
    edit = Correction("category", "refund")
    assert checked_bulk(_FORM, ["3", "4"]) == BulkEdit(edit, (3, 4), "?metric=backlog", 12)
    assert checked_bulk(_FORM | {"all": "yes"}, ["3"]) == BulkEdit(edit, (), "?metric=backlog", 12)


@pytest.mark.parametrize(
    ("changed", "tickets"),
    [
        ({}, []),
        ({}, ["x"]),
        ({}, ["1"] * (MOST + 1)),
        ({"becomes": ""}, ["1"]),
        ({"becomes": "status:solved"}, ["1"]),
        ({"becomes": "exclusion:spam"}, ["1"]),
        ({"becomes": "priority:asap"}, ["1"]),
        ({"expected": "many"}, ["1"]),
    ],
)
def test_what_is_no_correction_of_tickets_is_refused(changed: dict[str, str], tickets: list[str]) -> None:
    with pytest.raises(InvalidEditError):
        checked_bulk(_FORM | changed, tickets)


def test_the_whole_list_is_offered_up_to_a_limit() -> None:
    def said(total: int) -> str:
        return "".join(texts(bulk_form("?q=x", total, [("refund", "Return or refund")], "token")))

    assert "All 500 that match" in said(MOST)
    assert "that match" not in said(MOST + 1)
    assert "Return or refund" in said(1)
