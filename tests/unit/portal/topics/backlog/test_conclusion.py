"""What the list of forgotten people says is true of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.topics.backlog import conclusion as says
from portal.topics.backlog.dataset import FollowUp, Forgotten, Unanswered

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("done", "still_open", "marked", "said"),
    [
        (0, 0, 0, says.NOBODY),
        (0, 0, 3, "Every customer who waited is marked as done: 3."),
        (1, 1, 0, "1 solved or closed ticket ends with words nobody answered; 1 open ticket ends with the customer's"),
        (0, 2, 0, "No solved or closed ticket ends with a customer's unanswered words; 2 open tickets end with"),
        (2, 0, 1, "2 solved or closed tickets end with words nobody answered; 0 open tickets end with"),
    ],
)
def test_the_sentence_counts_what_is_listed(done: int, still_open: int, marked: int, said: str) -> None:
    """Solved and closed tickets apart from open ones."""
    statuses = ["closed"] * done + ["open"] * still_open
    rows = tuple(Unanswered(place, AT, "", status, "/") for place, status in enumerate(statuses))
    assert says.forgotten(Forgotten(AT, "UTC", rows, 0), marked).startswith(said)


def test_an_empty_list_says_that_nobody_waits_only_where_every_message_is_recorded() -> None:
    """Without them it is not known; and some tickets are not all."""
    nothing = Forgotten(AT, "UTC", (), 2)
    assert says.nobody(nothing) == (
        says.NOBODY,
        "All days, whatever the period. 2 last messages that only thank are left out.",
    )
    assert says.nobody(replace(nothing, is_filtered=True))[0] == says.NOBODY_HERE
    assert says.nobody(replace(nothing, is_complete=False)) == (says.NOT_KNOWN, says.TO_KNOW)
    assert "others may wait too" in says.counted(replace(nothing, is_complete=False))


def test_a_mark_has_its_day_by_the_desks_clock() -> None:
    """An hour before midnight in London is the next day in Johannesburg."""
    mark = FollowUp("phone", "thandi", datetime(2026, 3, 1, 23, tzinfo=UTC))
    assert says.done(mark, "Africa/Johannesburg").replace("\u00a0", " ").endswith("thandi, 2 Mar 2026")


def test_a_subject_is_never_told_as_what_was_said() -> None:
    """It stands there where nothing else does, and says what it is."""
    row = Unanswered(1, AT, "", "open", "/", "Slow site")
    assert says.words(row) == "Slow site (the subject; what was said is not recorded)"
    assert says.words(replace(row, text="Hello?")) == "Hello?"
    assert says.words(replace(row, subject="")) == says.NOT_RECORDED
