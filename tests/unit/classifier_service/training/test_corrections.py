"""A batch of corrections is trusted as far as the desk's other tickets bear it out."""

import numpy as np
import pytest

from classifier_service.training.corrections import HARDER, LEAST_CORRECTIONS, Agreement, agreement
from classifier_service.training.evaluation import Answers


def agreed(right: int, wrong: int, unanswered: int = 0, usual_errors: float = 0.1) -> Agreement | None:
    """Return the agreement of corrections beside ten tickets that nobody corrected."""
    count = right + wrong + unanswered
    predicted = ("one",) * right + ("two",) * (count - right) + ("two",) * 10
    answers = Answers(("one",) * (count + 10), predicted, np.ones(count + 10, np.float32))
    places = np.arange(count + 10)
    return agreement(answers, places < right + wrong, places < count, usual_errors)


@pytest.mark.parametrize(
    ("right", "wrong", "is_trusted"),
    [(40, 0, True), (38, 8, True), (35, 15, False), (31, 9, True), (29, 11, False)],
)
def test_more_contradictions_than_hard_tickets_explain_are_not_trusted(
    right: int,
    wrong: int,
    is_trusted: bool,
) -> None:
    """Where a tenth is usual, up to a quarter is borne."""
    found = agreed(right, wrong)
    assert found is not None
    assert found.is_trusted is is_trusted
    assert found.contradicted == wrong
    assert found.usual == pytest.approx(0.1 * (right + wrong))


def test_what_is_not_answered_contradicts_nothing() -> None:
    """A model that is not sure says nothing against a person."""
    found = agreed(10, 0, unanswered=40)
    assert found == Agreement(50, 10, 0, 1.0, is_trusted=True)


def test_too_few_answers_say_nothing() -> None:
    """One contradiction of three is no batch."""
    assert agreed(LEAST_CORRECTIONS - 2, 1) is None


def test_a_desk_where_much_is_wrong_bears_more() -> None:
    """The usual errors are added to what is borne."""
    found = agreed(60, 40, usual_errors=0.3)
    assert found is not None
    assert found.is_trusted == (0.3 + HARDER >= 0.4)
