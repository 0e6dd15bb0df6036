"""What a form may change of a ticket."""

import pytest

from portal.topics.tickets.edits import (
    Call,
    Correction,
    Exclusion,
    InvalidEditError,
    checked_change,
    checked_edit,
)


@pytest.mark.parametrize(
    ("form", "edit"),
    [
        ({"change": "category", "category": "refund"}, Correction("category", "refund")),
        ({"change": "category", "category": ""}, Correction("category", None)),
        ({"change": "priority", "priority": "urgent"}, Correction("priority", "urgent")),
        ({"change": "exclusion", "exclusion": "spam", "into": " "}, Exclusion("spam")),
        ({"change": "exclusion", "exclusion": "merged", "into": " 17 "}, Exclusion("merged", "17")),
        ({"change": "exclusion", "exclusion": ""}, Exclusion(None)),
        ({"change": "call", "kind": "chat", "minutes": "12.5", "note": " Sent \n it "}, Call("chat", 12.5, "Sent it")),
    ],
)
def test_a_form_is_read_as_the_change_that_it_means(form: dict[str, str], edit: object) -> None:
    assert checked_edit(form) == edit


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"change": "status", "status": "solved"},
        {"change": "priority", "priority": ""},
        {"change": "priority", "priority": "asap"},
        {"change": "exclusion", "exclusion": "boring"},
        {"change": "exclusion", "exclusion": "merged"},
        {"change": "exclusion", "exclusion": "spam", "into": "17"},
        {"change": "call", "kind": "fax", "minutes": "1"},
        {"change": "call", "kind": "call", "minutes": "nan"},
        {"change": "call", "kind": "call", "minutes": "0"},
        {"change": "call", "kind": "call", "minutes": "1441"},
        {"change": "call", "kind": "call", "minutes": "1", "note": "x" * 501},
        {"change": "call", "kind": "call", "minutes": "1", "note": "a\x00b"},
    ],
)
def test_what_is_no_change_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(InvalidEditError):
        checked_edit(form)


@pytest.mark.parametrize("text", ["", "x", "-1", "²", "1" * 19])
def test_only_a_number_names_a_change(text: str) -> None:
    assert checked_change("17") == 17
    with pytest.raises(InvalidEditError):
        checked_change(text)
