"""Nothing that is measured on was learnt from, nearly or exactly."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.errors import TrainingDataError
from classifier_service.models.text_hashes import TextHashes, normalised
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.splitting import FOLDS, fold_numbers, split_tickets

TEXTS = st.lists(
    st.sampled_from(["order 12 late", "Order 9 LATE!", "refund", "réfund", "hi", "where is it?"]) | st.text()
)
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "near", ["Where is order 4711?", "where  is ORDER 12", "Where is order 0 !!", "where-is_order 3"]
)
def test_near_duplicates_are_normalised_to_the_same(near: str) -> None:
    """Case, punctuation and numbers make no other text."""
    assert normalised(near) == "where is order 0"


@given(TEXTS, TEXTS)
def test_hashes_know_exactly_what_they_were_made_of(known: list[str], asked: list[str]) -> None:
    """Up to near-duplicates."""
    expected = [normalised(text) in {normalised(other) for other in known} for text in asked]
    assert TextHashes.of(known).hold(asked).tolist() == expected


@given(TEXTS, st.integers(0, 5))
def test_near_duplicates_are_in_one_fold(texts: list[str], seed: int) -> None:
    """Else a fold would be asked what it has learnt."""
    folds = fold_numbers(texts, ["a"] * len(texts), seed)
    fold_of: dict[str, int] = {}
    for text, fold in zip(texts, folds.tolist(), strict=True):
        assert fold_of.setdefault(normalised(text), fold) == fold


def test_folds_hold_each_category_evenly() -> None:
    """Of 50 different texts of each of two categories every fold has ten of each; another seed deals otherwise."""
    texts = [f"{chr(97 + place % 26)}{chr(97 + place // 26)} text" for place in range(100)]
    labels = ["one" if place % 2 else "two" for place in range(100)]
    folds = fold_numbers(texts, labels, 1)
    for label in ("one", "two"):
        assert np.bincount(folds[np.array(labels) == label]).tolist() == [10] * FOLDS
    assert folds.tolist() == fold_numbers(texts, labels, 1).tolist()
    assert folds.tolist() != fold_numbers(texts, labels, 2).tolist()


def tickets(count: int, *, dated: bool) -> LabelledTickets:
    """Return different texts of two categories, the newest first."""
    return LabelledTickets(
        texts=tuple(f"{'abcdefghij'[place % 10]} {'klmnopqrst'[place // 10]}" for place in range(count)),
        labels=tuple("one" if place % 2 else "two" for place in range(count)),
        created_at=tuple(START - timedelta(days=place) for place in range(count)) if dated else (),
    )


def test_the_newest_fifth_is_held_out() -> None:
    """As it will be used: on tickets that come in later."""
    split = split_tickets(tickets(100, dated=True), seed=1)
    assert len(split.held_out) == 20
    assert min(split.held_out.instants or ()) > max(split.training.instants or ())


def test_without_times_a_fifth_of_each_category_is_held_out() -> None:
    """By chance, from the seed."""
    split = split_tickets(tickets(100, dated=False), seed=1)
    assert sorted(split.held_out.labels) == ["one"] * 10 + ["two"] * 10
    assert split == split_tickets(tickets(100, dated=False), seed=1)


def test_a_duplicate_across_the_split_is_not_measured_on() -> None:
    """A newest ticket that was nearly seen before says nothing about the model."""
    some = tickets(100, dated=True)
    repeated = LabelledTickets((some.texts[99].upper() + "!", *some.texts[1:]), some.labels, (), some.created_at)
    split = split_tickets(repeated, seed=1)
    assert len(split.held_out) == 19
    assert not TextHashes.of(split.training.texts).hold(split.held_out.texts).any()


def test_the_same_text_over_and_over_cannot_be_measured_on() -> None:
    """A clear error instead of figures that mean nothing."""
    with pytest.raises(TrainingDataError, match="same few texts"):
        split_tickets(LabelledTickets(("hello",) * 50, ("one", "two") * 25), seed=1)
