"""How often the classifier is right after few examples of each category, how well it is calibrated, and what it asks.

Reads BANKING77, CLINC150 or HWU64 in `SUPPORT_SHARED_DATA` (default: `../shared/data`). `--examples` of each category
are learnt, drawn from the training half by each of `--seeds`, and the rest of that half is answered. With
`--examples all` a fifth of each category is answered by a model of the rest, or CLINC150's validation part.
"""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.accurate import AccurateModel
from classifier_service.models.bundle import Flavour
from classifier_service.models.encoder import shared_encoder
from classifier_service.training.csv_tickets import Columns, read_labelled
from classifier_service.training.evaluation import answer, evaluate
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.remembered_vectors import RememberingEncoder
from classifier_service.training.train import TrainingPlan, learn

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "intents"
_ALL: Final = "all"
_FOLDS: Final = 5
_NOW: Final = datetime.now(UTC)


def main() -> None:
    """Train, measure and print, for each number of examples and each seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=("banking77", "clinc150", "hwu64"), default="banking77")
    parser.add_argument("--flavour", choices=tuple(Flavour), default=Flavour.ACCURATE)
    parser.add_argument("--examples", nargs="+", default=["5", "10", "30", _ALL])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    chosen = parser.parse_args()
    flavour = Flavour(chosen.flavour)
    # Each text is encoded once, for all the trainings and their answers.
    encoder = RememberingEncoder(shared_encoder()) if flavour is Flavour.ACCURATE else None
    for examples in chosen.examples:
        for seed in chosen.seeds:
            known, others = _halves(chosen.data, examples, seed)
            _measure(
                f"{chosen.data} {examples} seed {seed}", known, others, TrainingPlan(flavour, _NOW, encoder=encoder)
            )


def _measure(name: str, known: LabelledTickets, others: LabelledTickets, plan: TrainingPlan) -> None:
    began = time.process_time()
    bundle, out_of_fold = learn(known, plan)
    seconds = time.process_time() - began
    model = bundle.category_model
    metrics = evaluate(answer(model, others.as_read()), 0.0).metrics
    asked = model.asks_encoder(others.texts).mean() if isinstance(model, AccurateModel) else 0.0
    print(
        f"{name}: accuracy {metrics.accuracy:.4f}, calibration error {metrics.expected_calibration_error:.4f}, "
        f"out of fold {out_of_fold.is_right.mean():.4f}, encoder asked {asked:.2f}, "
        f"{len(known)} learnt in {seconds:.0f} CPU-s, {len(others)} answered",
        flush=True,
    )


def _halves(data: str, examples: str, seed: int) -> tuple[LabelledTickets, LabelledTickets]:
    """Return the tickets to learn from, and those to answer."""
    if data == "clinc150":
        known = read_labelled(_DATA / "clinc150_train_val.json", Columns(), ["train"])
        if examples == _ALL:
            return known, read_labelled(_DATA / "clinc150_train_val.json", Columns(), ["val"])
    else:
        file = "banking77_train.csv" if data == "banking77" else "hwu64_fold1_train.csv"
        known = read_labelled(_DATA / file, Columns())
    taken = np.zeros(len(known), bool)
    for places in _by_category(known, seed):
        count = len(places) * (_FOLDS - 1) // _FOLDS if examples == _ALL else int(examples)
        taken[places[:count]] = True
    return known.select(np.flatnonzero(taken)), known.select(np.flatnonzero(~taken))


def _by_category(tickets: LabelledTickets, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield the places of each category's tickets, in an order drawn by the seed."""
    chance, labels = np.random.default_rng(seed), np.array(tickets.labels)
    for label in np.unique(labels).tolist():
        yield chance.permutation(np.flatnonzero(labels == label))


if __name__ == "__main__":
    main()
