"""How often the classifier is right after few examples of each category, how well it is calibrated, and what it asks.

Reads BANKING77, CLINC150 or HWU64 in `SUPPORT_SHARED_DATA` (default: `../shared/data`). `--examples` of each category
are learnt (0.8: four fifths of each), drawn from the training half by each of `--seeds`, and the rest of that half is
answered. With `--examples all` every text is answered by a model of four fifths of the others, dealt by the first seed
with near-duplicates together, or CLINC150's texts for validation by a model of all. The texts are encoded on the first
run and kept in `SUPPORT_BENCH_DIR`.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

import numpy as np

from benchmarks.intent_data import CLINC, NAMES, few_of_each, training_half, validation
from benchmarks.kept_vectors import kept_encoder
from classifier_service.models.accurate import AccurateModel
from classifier_service.models.bundle import Flavour
from classifier_service.training.calibration import expected_calibration_error
from classifier_service.training.evaluation import answer, evaluate
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainingPlan, learn

_ALL: Final = "all"
_NOW: Final = datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Figures:
    accuracy: float
    calibration_error: float
    asked: float

    def __str__(self) -> str:
        return (
            f"accuracy {self.accuracy:.4f}, calibration error {self.calibration_error:.4f}, "
            f"encoder asked {self.asked:.2f}"
        )


def main() -> None:
    """Train, measure and print, for each number of examples and each seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=NAMES, default="banking77")
    parser.add_argument("--flavour", choices=tuple(Flavour), default=Flavour.ACCURATE)
    parser.add_argument("--examples", nargs="+", default=["5", "10", "30", _ALL])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    chosen = parser.parse_args()
    flavour, tickets = Flavour(chosen.flavour), training_half(chosen.data)
    encoder = kept_encoder(chosen.data) if flavour is Flavour.ACCURATE else None
    for examples in chosen.examples:
        name = f"{chosen.data} {examples}"
        if examples == _ALL:
            plan = TrainingPlan(flavour, _NOW, encoder=encoder, seed=chosen.seeds[0])
            _timed(name, partial(_all, chosen.data, tickets, plan))
            continue
        found = []
        for seed in chosen.seeds:
            known, others = few_of_each(tickets, float(examples), seed)
            plan = TrainingPlan(flavour, _NOW, encoder=encoder)
            found.append(_timed(f"{name} seed {seed}", partial(_answered, known, others, plan)))
        spread = np.std([each.accuracy for each in found])
        print(f"{name}: {_mean(found)}, mean of {len(found)} seeds (spread of accuracy {spread:.4f})", flush=True)


def _all(data: str, tickets: LabelledTickets, plan: TrainingPlan) -> _Figures:
    if data == CLINC:
        return _answered(tickets, validation(), plan)
    _bundle, folded = learn(tickets, plan)
    error = expected_calibration_error(folded.confidence, folded.is_right)
    return _Figures(float(folded.is_right.mean()), error, float(folded.asked_encoder.mean()))


def _answered(known: LabelledTickets, others: LabelledTickets, plan: TrainingPlan) -> _Figures:
    """Learn some tickets and answer others."""
    model = learn(known, plan)[0].category_model
    metrics = evaluate(answer(model, others), 0.0).metrics
    asked = float(model.asks_encoder(others.texts).mean()) if isinstance(model, AccurateModel) else 0.0
    return _Figures(metrics.accuracy, metrics.expected_calibration_error, asked)


def _timed(name: str, measure: Callable[[], _Figures]) -> _Figures:
    began = time.process_time()
    figures = measure()
    print(f"{name}: {figures}, {time.process_time() - began:.0f} CPU-s", flush=True)
    return figures


def _mean(found: list[_Figures]) -> _Figures:
    rows = np.array([(each.accuracy, each.calibration_error, each.asked) for each in found])
    return _Figures(*rows.mean(axis=0).tolist())


if __name__ == "__main__":
    main()
