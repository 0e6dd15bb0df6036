"""Lets champion and challenger answer tickets that neither has learnt from."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import TrainingDataError
from classifier_service.models.bundle import ModelBundle, told
from classifier_service.training.comparison import LEAST_TICKETS, Evidence, Filed
from classifier_service.training.evaluation import answer
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainedModel, answer_unseen


def gather_evidence(champion: ModelBundle, trained: TrainedModel) -> Evidence:
    """Return the answers of a champion and a challenger to the tickets that the challenger was measured on."""
    tickets = trained.unseen
    is_shared = np.isin(np.array(tickets.labels), champion.category_model.classes)
    is_learnt = is_shared & _has_learnt(champion, tickets)
    new, own = np.flatnonzero(~is_learnt), np.flatnonzero(is_learnt)
    challenger = Filed(trained.unseen_answers, trained.bundle.abstention_threshold)
    unknown = tickets.select(new)
    before, after = _own(champion, trained, own)
    return Evidence(
        champion=_champions(champion, unknown, challenger.select(new)),
        challenger=challenger.select(new),
        is_shared=is_shared[new],
        is_corrected=unknown.corrected,
        before=before,
        after=after,
    )


def _has_learnt(champion: ModelBundle, tickets: LabelledTickets) -> NDArray[np.bool_]:
    """Return whether the champion has learnt each ticket with its present category.

    A ticket that was filed elsewhere since is new to it: it has been told something else. An old champion has kept no
    categories; every text that it has learnt from counts as learnt.
    """
    if champion.learnt_answers.packed:
        return champion.learnt_answers.hold(map(told, tickets.texts, tickets.labels))
    return champion.learnt_texts.hold(tickets.texts)


def _champions(champion: ModelBundle, tickets: LabelledTickets, challenger: Filed) -> Filed:
    if not len(tickets):
        return replace(challenger, threshold=champion.abstention_threshold)
    answers = answer(champion.category_model, tickets, champion.familiarity)
    return Filed(answers, champion.abstention_threshold)


def _own(
    champion: ModelBundle, trained: TrainedModel, places: NDArray[np.int64]
) -> tuple[Filed, Filed] | tuple[None, None]:
    """Return answers to the champion's own tickets, by a model made like it of them alone, and by the challenger."""
    folded = len(trained.unseen) - len(trained.held_out)
    known, held_out = (trained.unseen.select(part) for part in (places[places < folded], places[places >= folded]))
    if len(places) < LEAST_TICKETS or not len(held_out):
        return None, None
    try:
        stand_in = answer_unseen(known, held_out, replace(trained.plan, flavour=champion.flavour))
    except TrainingDataError:
        return None, None
    after = Filed(trained.unseen_answers, trained.bundle.abstention_threshold)
    return Filed(stand_in.answers, stand_in.threshold), after.select(places[stand_in.places])
