"""Whether a batch of corrections can be trusted: whether it agrees with itself and with the desk's other tickets.

The new model answers each correction without having seen it, but having seen the others. Of the corrections that it
answers, few may be contradicted: about as many as of the other tickets, and some more, because people correct what is
hard. In a batch of which three in ten are wrong, three in ten are contradicted.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.training.evaluation import Answers

LEAST_CORRECTIONS: Final = 10
HARDER: Final = 0.15
"""Share of answered corrections that may be contradicted beyond the usual share of wrong answers."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far new corrections agree with everything else.

    Attributes:
        corrections: How many there are.
        answered: How many of them the new model answers, each without having seen it.
        contradicted: How many of those it would have filed under another category.
        usual: How many would be contradicted if the corrections were like the other tickets.
        is_trusted: Whether no more than the usual share and `HARDER` are contradicted.
    """

    corrections: int
    answered: int
    contradicted: int
    usual: float
    is_trusted: bool


def agreement(
    answers: Answers, is_answered: NDArray[np.bool_], is_corrected: NDArray[np.bool_], usual_errors: float
) -> Agreement | None:
    """Return how far the corrections among some tickets agree; None if fewer than `LEAST_CORRECTIONS` are answered.

    Args:
        answers: Answers to tickets by models that had not seen them.
        is_answered: Whether the model is sure enough to answer each of them.
        is_corrected: Whether a person set the category of each of them.
        usual_errors: Share of wrong answers among the answered tickets that nobody corrected, 0..1.
    """
    asked = is_corrected & is_answered
    answered = int(asked.sum())
    if answered < LEAST_CORRECTIONS:
        return None
    contradicted = int((asked & ~answers.is_right).sum())
    is_trusted = contradicted <= (usual_errors + HARDER) * answered
    return Agreement(int(is_corrected.sum()), answered, contradicted, usual_errors * answered, is_trusted)
