"""Labelled tickets are whole, and are known by their content."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from classifier_service.errors import TrainingDataError
from classifier_service.training.labelled_tickets import LabelledTickets

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
TICKETS = LabelledTickets(("late", "refund"), ("order", "return"), (1.0, 3.0), (NOON, NOON + timedelta(days=1)))


@pytest.mark.parametrize(
    "change",
    [
        {"labels": ("order",)},
        {"weights": (1.0,)},
        {"created_at": (NOON,)},
        {"weights": (1.0, 0.0)},
        {"weights": (1.0, float("nan"))},
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, Any]) -> None:
    """A missing label would shift all others."""
    with pytest.raises(TrainingDataError):
        replace(TICKETS, **change)


def test_the_hash_is_of_content() -> None:
    """Equal content is an equal hash, in whatever zone its times are written; any change is another hash."""
    elsewhere = NOON.astimezone(timezone(timedelta(hours=2)))
    assert replace(TICKETS, created_at=(elsewhere, TICKETS.created_at[1])).data_hash() == TICKETS.data_hash()
    others = [
        replace(TICKETS, texts=("lat", "erefund")),
        replace(TICKETS, labels=("return", "order")),
        replace(TICKETS, weights=()),
        replace(TICKETS, created_at=()),
        TICKETS.select([1, 0]),
    ]
    assert len({TICKETS.data_hash(), *(other.data_hash() for other in others)}) == 6


def test_rare_categories_and_empty_texts_are_left_out() -> None:
    """Four tickets cannot be learnt from and measured on; white space says nothing."""
    tickets = LabelledTickets(("a",) * 14 + (" ",), ("many",) * 5 + ("few",) * 4 + ("more",) * 6)
    kept = tickets.without_rare()
    assert kept.labels == ("many",) * 5 + ("more",) * 5
    assert " " not in kept.texts


def test_one_category_is_nothing_to_learn() -> None:
    """The message says what is missing."""
    with pytest.raises(TrainingDataError, match="two categories"):
        LabelledTickets(("a",) * 14, ("many",) * 10 + ("few",) * 4).without_rare()


def test_times_count_only_if_all_are_known() -> None:
    """A split by time needs every time."""
    assert TICKETS.instants == TICKETS.created_at
    assert replace(TICKETS, created_at=(NOON, None)).instants is None
    assert replace(TICKETS, created_at=()).instants is None
