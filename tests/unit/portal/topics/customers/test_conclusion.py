"""What is said of the customer who needed the most support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.topics.customers.conclusion import differs, ranked
from portal.topics.customers.dataset import Ranked, Ranking


def row(label: str, tickets: int, minutes: float | None = None, reopens: int | None = None) -> Ranked:
    """Return a customer."""
    return Ranked(label, "", 1, tickets, None, minutes, reopens, "", "")


def said(*rows: Ranked, sort: str = "tickets") -> str:
    """Return the sentence over some rows, the most first."""
    return ranked(Ranking("person", sort, rows, 1, len(rows), 0, 0, rows[:2], ""))


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (40, 20, "Thabo needed the most: 40 tickets, twice as many as the next."),
        (14, 7, "Thabo needed the most: 14 tickets, twice as many as the next, which may be chance."),
        (60, 20, "Thabo needed the most: 60 tickets, 3.0 times as many as the next."),
        (8, 8, "Thabo needed the most: 8 tickets, as much as Lerato."),
        (1, 0, "Thabo needed the most: 1 ticket, Lerato, who comes next, nothing."),
    ],
)
def test_the_first_is_held_against_the_runner_up(first: int, second: int, sentence: str) -> None:
    """How many times as many, and whether chance would bring that too."""
    assert said(row("Thabo", first), row("Lerato", second)) == sentence


def test_work_and_reopenings_have_their_own_words() -> None:
    """Minutes are no counts, so chance is not spoken of."""
    rows = row("Thabo", 3, 120.0, 4), row("Lerato", 9, 60.0, 1)
    assert said(*rows, sort="minutes") == ("Thabo needed the most: 2.0\u00a0h of work, twice as much as the next.")
    assert said(*rows, sort="reopens") == (
        "Thabo needed the most: reopened 4 times, 4.0 times as often as the next, which may be chance."
    )


def test_what_is_not_known_is_not_said() -> None:
    """Nobody is first by what no ticket has; one alone is held against nobody."""
    assert said(row("Thabo", 3), sort="minutes") == "What these customers are ranked by is not known."
    assert said() == "What these customers are ranked by is not known."
    assert said(row("Thabo", 3)) == "Thabo needed the most: 3 tickets. Nobody else wrote."


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_who_differs_does_not_depend_on_the_order(one: int, other: int) -> None:
    """Nor do two that are equal ever differ."""
    assert differs(one, other) == differs(other, one)
    assert not differs(one, one)
