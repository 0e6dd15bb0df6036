"""Splits tickets into those to learn from and those to measure on, so that no text is on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import TrainingDataError
from classifier_service.models.text_hashes import TextHashes, normalised
from classifier_service.training.labelled_tickets import LabelledTickets

HELD_OUT_SHARE: Final = 0.2
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Split:
    """Tickets to learn from and tickets to measure on; no text, or nearly the same text, is in both."""

    training: LabelledTickets
    held_out: LabelledTickets


def split_tickets(tickets: LabelledTickets, seed: int) -> Split:
    """Hold out a fifth of each category: the newest where times are known, else a random fifth.

    Of the categories that people set, a random fifth of each is held out: corrections are the newest tickets, and if
    the newest of all were held out, what a person taught last would never be learnt from. Equal texts stay together.
    A held-out ticket is dropped if its text, or nearly the same text, is among those to learn from.

    Raises:
        TrainingDataError: If no tickets to learn from, or none to measure on, would be left.
    """
    is_held_out = _held_out(tickets, seed)
    training, held_out = tickets.select(np.flatnonzero(~is_held_out)), tickets.select(np.flatnonzero(is_held_out))
    is_known = TextHashes.of(training.texts).hold(held_out.texts)
    split = Split(training, held_out.select(np.flatnonzero(~is_known)))
    if not len(split.held_out):
        message = "The tickets repeat the same few texts, or nearly: nothing is left to measure on."
        raise TrainingDataError(message, "Label tickets with different texts, then train again.")
    return split


def _held_out(tickets: LabelledTickets, seed: int) -> NDArray[np.bool_]:
    # Corrections are dealt on their own. Each fold has the same share of each category, so one can be held out.
    kinds = [f"{label}\n{mark}" for label, mark in zip(tickets.labels, tickets.corrected.tolist(), strict=True)]
    is_held_out: NDArray[np.bool_] = fold_numbers(tickets.texts, kinds, seed) == FOLDS - 1
    if (instants := tickets.instants) is None:
        return is_held_out
    ages = np.argsort([instant.timestamp() for instant in instants], kind="stable")
    labels, is_imported = np.array(tickets.labels)[ages], ~tickets.corrected[ages]
    for label in sorted(set(tickets.labels)):
        own = ages[is_imported & (labels == label)]
        is_held_out[own] = False
        is_held_out[own[round(len(own) * (1 - HELD_OUT_SHARE)) :]] = True
    return is_held_out


def fold_numbers(texts: Sequence[str], labels: Sequence[str], seed: int) -> NDArray[np.int64]:
    """Return the fold, 0..4, of every ticket.

    Each category is spread evenly over the folds, at random by the seed; near-duplicates go to the same fold, whatever
    their label.
    """
    chance = np.random.default_rng(seed)
    folds: dict[str, int] = {}
    dealt: dict[str, int] = {}
    keys = [normalised(text) for text in texts]
    for place in chance.permutation(len(texts)).tolist():
        if keys[place] not in folds:
            turn = dealt.get(labels[place], 0)
            dealt[labels[place]] = turn + 1
            folds[keys[place]] = turn % FOLDS
    return np.array([folds[key] for key in keys], dtype=np.int64)
