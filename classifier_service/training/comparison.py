"""Whether a new model should serve instead of the champion. docs/adr/0069 gives the reasons and the measurements.

Every ticket has a cost: nothing for a right answer, 1 for none, `WRONG_COST` for a wrong one. Four things are asked,
and the first that is not as it should be keeps the champion:

1. Do the new corrections agree with one another and with the other tickets? See `corrections`.
2. Do the categories that the champion knows lose no more, beyond chance, than if a point of their tickets were filed
   wrongly? The tickets are those that the champion has learnt from, so it may not answer them itself: a model made in
   the same way, without the new tickets, stands in for it.
3. On tickets new to both, of categories that both know, is the new model no worse?
4. On all tickets that are new to the champion, those of categories that only the new model knows among them, does the
   new model cost less, by more than chance?
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, norm

from classifier_service.training.abstention import WRONG_COST, costs
from classifier_service.training.corrections import Agreement, agreement
from classifier_service.training.evaluation import Answers

SIGNIFICANCE: Final = 0.05
LEAST_TICKETS: Final = 30
LEAST_OF_NEW: Final = 15
"""Fewest tickets of a category that only the challenger knows, on which it can be judged alone."""
MOST_LOST: Final = 0.01
"""How much may be lost on the champion's own tickets, as the share of them that might as well be filed wrongly."""


@dataclass(frozen=True, slots=True)
class Side:
    """Champion and challenger on the same tickets, which neither has learnt from.

    Attributes:
        tickets: How many tickets both answered.
        gained: On how many of them the challenger costs less.
        lost: On how many it costs more.
        champion_cost: Mean cost of a ticket with the champion.
        challenger_cost: Mean cost with the challenger.
        champion_right: Share of tickets that the champion answers rightly, 0..1.
        challenger_right: Share that the challenger answers rightly.
        p_value: Of the exact two-sided sign test: if neither model were better, the chance of so uneven a split.
        least_loss: How much more a ticket costs with the challenger, at the least: what is beyond chance, one-sided.
    """

    tickets: int
    gained: int
    lost: int
    champion_cost: float
    challenger_cost: float
    champion_right: float
    challenger_right: float
    p_value: float
    least_loss: float

    @property
    def is_gain(self) -> bool:
        """Whether the challenger costs less, by more than chance."""
        return self.challenger_cost < self.champion_cost and self.gained > self.lost and self.p_value < SIGNIFICANCE

    @property
    def is_loss(self) -> bool:
        """Whether the challenger costs more, by more than chance."""
        return self.challenger_cost > self.champion_cost and self.lost > self.gained and self.p_value < SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class Filed:
    """A model's answers to tickets, and the confidence below which it abstains."""

    answers: Answers
    threshold: float

    @property
    def is_answered(self) -> NDArray[np.bool_]:
        """Whether each ticket is answered."""
        return self.answers.confidence >= self.threshold

    def select(self, places: NDArray[np.int64]) -> "Filed":
        """Return the answers at some places."""
        return Filed(self.answers.select(places), self.threshold)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of champion and challenger, on tickets that neither has learnt from.

    Attributes:
        champion: The champion's answers to the tickets that are new to it.
        challenger: The challenger's answers to the same tickets.
        is_shared: Whether the champion knows the category of each of them.
        is_corrected: Whether a person set the category of each of them.
        before: Answers to the champion's own tickets by models made like the champion that had not seen them; None
            where there are too few.
        after: The challenger's answers to the tickets of `before`.
    """

    champion: Filed
    challenger: Filed
    is_shared: NDArray[np.bool_]
    is_corrected: NDArray[np.bool_]
    before: Filed | None = None
    after: Filed | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a challenger.

    Attributes:
        shared: On tickets of categories that both know.
        only_new: On tickets of categories that only the challenger knows.
        together: On both.
        own: On the champion's own tickets; None where there are too few.
        corrections: Whether the new corrections agree; None where there are too few.
        is_better: Whether the challenger should serve.
        reason: The verdict as a sentence.
    """

    shared: Side
    only_new: Side
    together: Side
    own: Side | None
    corrections: Agreement | None
    is_better: bool
    reason: str


def compare(evidence: Evidence) -> Comparison:
    """Judge a challenger."""
    everywhere = np.arange(len(evidence.is_shared))
    shared, only_new, together = (
        side_of(evidence.champion.select(places), evidence.challenger.select(places))
        for places in (np.flatnonzero(evidence.is_shared), np.flatnonzero(~evidence.is_shared), everywhere)
    )
    own = side_of(evidence.before, evidence.after) if evidence.before and evidence.after else None
    corrections = agreement(
        evidence.challenger.answers, evidence.challenger.is_answered, evidence.is_corrected, _usual_errors(evidence)
    )
    verdict = Comparison(shared, only_new, together, own, corrections, is_better=False, reason="")
    against = _objection(verdict)
    kept = f"Kept the champion: {against}."
    gained = f"Promoted: {_counted(together, only_new)}."
    return Comparison(
        shared, only_new, together, own, corrections, is_better=against is None, reason=kept if against else gained
    )


def side_of(champion: Filed, challenger: Filed) -> Side:
    """Compare two models' answers to the same tickets."""
    if not len(champion.answers.right):
        return Side(0, 0, 0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    (one, one_right), (other, other_right) = (_costs_and_hits(each) for each in (champion, challenger))
    gained, lost = int((other < one).sum()), int((other > one).sum())
    return Side(
        tickets=len(one),
        gained=gained,
        lost=lost,
        champion_cost=float(one.mean()),
        challenger_cost=float(other.mean()),
        champion_right=float(one_right.mean()),
        challenger_right=float(other_right.mean()),
        p_value=float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0,
        least_loss=_least(other - one),
    )


def _least(more: NDArray[np.float64]) -> float:
    """Return the lower bound of a mean: too high in one sample of `SIGNIFICANCE`."""
    return float(more.mean() - norm.isf(SIGNIFICANCE) * more.std() / np.sqrt(len(more)))


def _costs_and_hits(filed: Filed) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    is_right = filed.answers.is_right
    return costs(filed.answers.confidence, is_right, filed.threshold), is_right & filed.is_answered


def _usual_errors(evidence: Evidence) -> float:
    """Return the share of wrong answers that the challenger gives on tickets that nobody corrected, 0..1."""
    others = [evidence.challenger.select(np.flatnonzero(~evidence.is_corrected)), evidence.after]
    wrong = sum(int((~each.answers.is_right & each.is_answered).sum()) for each in others if each)
    answered = sum(int(each.is_answered.sum()) for each in others if each)
    return wrong / answered if answered else 0.0


def _objection(verdict: Comparison) -> str | None:
    """Return why the champion stays; None if nothing speaks against the challenger."""
    together, own, corrections = verdict.together, verdict.own, verdict.corrections
    if together.tickets < LEAST_TICKETS and verdict.only_new.tickets < LEAST_OF_NEW:
        return f"only {together.tickets} tickets are new to it, and {LEAST_TICKETS} are needed to compare"
    if corrections is not None and not corrections.is_trusted:
        return (
            f"of {corrections.answered} new corrections that the new model answers, {corrections.contradicted} "
            f"contradict the other tickets, where {corrections.usual:.0f} would be usual; look through them again"
        )
    if own is not None and own.least_loss > MOST_LOST * WRONG_COST:
        return (
            f"with the new tickets, {own.challenger_right:.1%} of the tickets that it knows would be filed rightly, "
            f"at {own.challenger_cost:.2f} readings each, without them {own.champion_right:.1%}, at "
            f"{own.champion_cost:.2f}"
        )
    if verdict.shared.is_loss:
        return f"on categories that both know the new model is worse: {_counted(verdict.shared, None)}"
    if not together.is_gain:
        why = "which may be chance" if together.gained > together.lost else "which is no gain"
        return f"{_counted(together, verdict.only_new)}, {why}"
    return None


def _counted(side: Side, only_new: Side | None) -> str:
    new = f", {only_new.tickets} of a category that it does not know," if only_new and only_new.tickets else ""
    return (
        f"of {side.tickets} tickets new to the champion{new} the new model alone does better on {side.gained}, "
        f"the champion alone on {side.lost} (p = {side.p_value:.3f}); a ticket costs {side.challenger_cost:.2f} "
        f"readings with the new model, {side.champion_cost:.2f} with the champion"
    )
