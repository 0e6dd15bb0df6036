"""Public texts with their intents, BANKING77, CLINC150 and HWU64, and how benchmarks divide them."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.needed_data import SHARED, needed
from classifier_service.training.csv_tickets import Columns, read_labelled
from classifier_service.training.labelled_tickets import LabelledTickets

CLINC: Final = "clinc150"
_FILES: Final = {
    "banking77": "banking77_train.csv",
    CLINC: "clinc150_train_val.json",
    "hwu64": "hwu64_fold1_train.csv",
}
NAMES: Final = tuple(_FILES)


def training_half(data: str) -> LabelledTickets:
    """Return the texts of a collection that may be learnt from; of CLINC150 those that are in scope."""
    path = needed(SHARED / "intents" / _FILES[data])
    return read_labelled(path, Columns(), ["train"] if data == CLINC else [])


def validation() -> LabelledTickets:
    """Return CLINC150's own texts for validation, in scope."""
    return read_labelled(needed(SHARED / "intents" / _FILES[CLINC]), Columns(), ["val"])


def few_of_each(tickets: LabelledTickets, examples: float, seed: int) -> tuple[LabelledTickets, LabelledTickets]:
    """Return some tickets of each category, drawn by the seed, and all others.

    Args:
        tickets: All of them.
        examples: How many of each category; below 1 the share of each.
        seed: Draws them.
    """
    taken = np.zeros(len(tickets), bool)
    for places in _by_category(tickets, seed):
        taken[places[: int(examples if examples >= 1 else examples * len(places))]] = True
    return tickets.select(np.flatnonzero(taken)), tickets.select(np.flatnonzero(~taken))


def _by_category(tickets: LabelledTickets, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield the places of each category's tickets, in an order drawn by the seed."""
    chance, labels = np.random.default_rng(seed), np.array(tickets.labels)
    for label in np.unique(labels).tolist():
        yield chance.permutation(np.flatnonzero(labels == label))
