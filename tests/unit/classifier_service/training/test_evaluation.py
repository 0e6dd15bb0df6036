"""A card's figures are those of scikit-learn, counted otherwise."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from classifier_service.errors import TrainingDataError
from classifier_service.training.evaluation import Answers, answer, evaluate, milliseconds_a_ticket
from classifier_service.training.labelled_tickets import LabelledTickets
from tests.factories.models import ConstantModel

SLUGS = st.sampled_from(["book_order", "account_issue", "return_refund"])
PAIRS = st.lists(st.tuples(SLUGS, SLUGS, st.floats(0, 1, width=32)), min_size=1, max_size=40)


@given(PAIRS)
def test_figures_are_those_of_scikit_learn(pairs: list[tuple[str, str, float]]) -> None:
    """Accuracy, macro-F1 over the categories that there are, and each category's own."""
    right, predicted = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    evaluation = evaluate(Answers(right, predicted, np.array([pair[2] for pair in pairs], np.float32)), 1.0)
    assert evaluation.metrics.accuracy == pytest.approx(accuracy_score(right, predicted))
    macro = f1_score(right, predicted, labels=sorted(set(right)), average="macro", zero_division=0)
    assert evaluation.metrics.macro_f1 == pytest.approx(macro)
    names = [category.category for category in evaluation.categories]
    expected = zip(*precision_recall_fscore_support(right, predicted, labels=names, zero_division=0), strict=True)
    for category, figures in zip(evaluation.categories, expected, strict=True):
        assert (category.precision, category.recall, category.f1, category.tickets) == pytest.approx(figures)
    assert sum(cell.tickets for cell in evaluation.confusion) == len(pairs)
    assert all(
        cell.tickets == sum(pair[:2] == (cell.actual, cell.predicted) for pair in pairs)
        for cell in evaluation.confusion
    )


def test_a_models_answers_are_its_likeliest_categories() -> None:
    """With the probability as confidence."""
    answers = answer(ConstantModel(), LabelledTickets(("a", "b"), ("book_order", "something_new")))
    assert answers.predicted == ("book_order", "book_order")
    assert answers.confidence.tolist() == [0.75, 0.75]
    assert answers.is_right.tolist() == [True, False]


def test_nothing_cannot_be_measured_on() -> None:
    """A clear error, no division by zero."""
    with pytest.raises(TrainingDataError):
        answer(ConstantModel(), LabelledTickets((), ()))


def test_cost_is_time_a_ticket() -> None:
    """By a clock that moves 3 s between two looks: 3,000 ms for 2 tickets."""
    ticks = itertools.count(step=3)
    assert milliseconds_a_ticket(ConstantModel(), ["a", "b"], lambda: float(next(ticks))) == 1_500
