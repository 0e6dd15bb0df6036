"""The tickets that are learnt and those that are answered are different ones."""

from benchmarks.intent_data import few_of_each
from classifier_service.training.labelled_tickets import LabelledTickets

TICKETS = LabelledTickets(tuple(f"text {place}" for place in range(30)), ("a",) * 10 + ("b",) * 20)


def test_a_few_of_each_category_are_drawn_by_the_seed() -> None:
    """The others are all the rest; another seed draws others."""
    known, others = few_of_each(TICKETS, 5, 0)
    assert sorted(known.labels) == ["a"] * 5 + ["b"] * 5
    assert sorted(known.texts + others.texts) == sorted(TICKETS.texts)
    assert few_of_each(TICKETS, 5, 0)[0].texts == known.texts
    assert few_of_each(TICKETS, 5, 1)[0].texts != known.texts


def test_a_number_below_one_is_a_share() -> None:
    """Four fifths of each category, whatever its size."""
    known, _others = few_of_each(TICKETS, 0.8, 0)
    assert sorted(known.labels) == ["a"] * 8 + ["b"] * 16
