"""Whether a new model is better than the champion by more than chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import binomtest

from classifier_service.models.bundle import ModelBundle
from classifier_service.training.evaluation import Answers, answer
from classifier_service.training.labelled_tickets import LabelledTickets

SIGNIFICANCE: Final = 0.05
LEAST_TICKETS: Final = 30


@dataclass(frozen=True, slots=True)
class Comparison:
    """Champion and challenger on the same tickets.

    Attributes:
        tickets: How many tickets both answered; neither model has learnt from any of them.
        only_challenger_right: How many of them the challenger alone got right.
        only_champion_right: How many the champion alone got right.
        p_value: Of the exact two-sided McNemar test (McNemar, 1947): if neither model were better, the chance of so
            uneven a split of the tickets that only one got right.
        is_better: Whether the challenger should serve.
        reason: The verdict as a sentence.
    """

    tickets: int
    only_challenger_right: int
    only_champion_right: int
    p_value: float
    is_better: bool
    reason: str


def compare(champion: ModelBundle, challenger: Answers, held_out: LabelledTickets) -> Comparison:
    """Compare on the held-out tickets that the champion has not learnt from either.

    Args:
        champion: The bundle that serves.
        challenger: The new model's answers to the held-out tickets.
        held_out: The held-out tickets.
    """
    unseen = np.flatnonzero(~champion.learnt_texts.hold(held_out.texts))
    if len(unseen) < LEAST_TICKETS:
        reason = (
            f"Kept the champion: it has learnt from all but {len(unseen)} of the {len(held_out)} held-out tickets, "
            f"and {LEAST_TICKETS} are needed to compare."
        )
        return Comparison(len(unseen), 0, 0, 1.0, is_better=False, reason=reason)
    champion_right = answer(champion.category_model, held_out.select(unseen)).is_right
    return judge(challenger.is_right[unseen].tolist(), champion_right.tolist())


def judge(challenger_right: list[bool], champion_right: list[bool]) -> Comparison:
    """Compare two models by whether each got each ticket right."""
    pairs = list(zip(challenger_right, champion_right, strict=True))
    wins, losses = pairs.count((True, False)), pairs.count((False, True))
    p_value = float(binomtest(wins, wins + losses).pvalue) if wins + losses else 1.0
    is_better = wins > losses and p_value < SIGNIFICANCE
    verdict = "Promoted" if is_better else "Kept the champion"
    why = "" if is_better else ", which may be chance" if wins > losses else ", which is no gain"
    reason = (
        f"{verdict}: of {len(pairs)} held-out tickets the new model alone is right on {wins}, "
        f"the champion alone on {losses} (p = {p_value:.3f}){why}."
    )
    return Comparison(len(pairs), wins, losses, p_value, is_better, reason)
