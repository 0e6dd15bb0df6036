"""How often the classifier's models are right, how well their confidence is calibrated, and how long an answer takes.

Reads BANKING77 (`--data banking77`, out of fold) or CLINC150 (`--data clinc150`, trained on `train`, measured on `val`)
in `SUPPORT_SHARED_DATA` (default: `../shared/data`). `--flavour` is `fast` or `accurate`.
"""

import argparse
import io
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import joblib
import psutil

from benchmarks.logistic_pipeline import fast_pipeline, to_fast_model
from benchmarks.needed_data import needed
from classifier_service.models.bundle import Flavour
from classifier_service.training.calibration import expected_calibration_error
from classifier_service.training.csv_tickets import Columns, read_labelled
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.report import report_on, without_scope
from classifier_service.training.train import TrainingPlan, learn

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "intents"
_BATCH: Final = 256


def main() -> None:
    """Train a model and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", choices=("banking77", "clinc150"), default="banking77")
    parser.add_argument("--flavour", choices=tuple(Flavour), default=Flavour.FAST)
    chosen = parser.parse_args()
    known = _training_tickets(chosen.data)
    began = time.perf_counter()
    bundle, out_of_fold = learn(known, TrainingPlan(Flavour(chosen.flavour), datetime.now(UTC)))
    print(f"{chosen.flavour} on {chosen.data}: {len(known)} tickets learnt in {time.perf_counter() - began:.0f} s")
    error = expected_calibration_error(out_of_fold.confidence, out_of_fold.is_right)
    print(f"out of fold: accuracy {out_of_fold.is_right.mean():.4f}, calibration error {error:.4f}")
    print(f"share of tickets that reach the encoder: {out_of_fold.asked_encoder.mean():.3f}")
    stream = io.BytesIO()
    joblib.dump(bundle, stream)
    print(f"model {len(stream.getvalue()) / 1e6:.1f} MB")
    if chosen.data == "clinc150":
        some, others = without_scope(
            read_labelled(_DATA / "clinc150_train_val.json", Columns(), ["val", "oos_val"]), "oos"
        )
        report = report_on(bundle, None, some, others)
        print(f"validation: accuracy {report.evaluation.metrics.accuracy:.4f}")
        print(f"calibration error {report.evaluation.metrics.expected_calibration_error:.4f}")
        print(f"share of tickets that reach the encoder: {report.encoder_share:.3f}")
        print(f"out of scope, recall at 95 % coverage: {report.out_of_scope_recall_at_95_coverage}")
        print(f"out of scope, recall at the threshold {report.abstention_threshold:.3f}: {report.out_of_scope_recall}")
    one, batch = _milliseconds(bundle.category_model.probabilities, known.texts)
    print(f"one ticket {one:.3f} ms, {_BATCH} tickets {batch:.1f} ms, {_megabytes()} MB resident after training")
    if chosen.flavour == Flavour.FAST:
        _against_scikit_learn(known)


def _training_tickets(name: str) -> LabelledTickets:
    if name == "banking77":
        return read_labelled(needed(_DATA / "banking77_train.csv"), Columns())
    return read_labelled(needed(_DATA / "clinc150_train_val.json"), Columns(), ["train"])


def _against_scikit_learn(known: LabelledTickets) -> None:
    """Print how much quicker our predictor is than the scikit-learn pipeline it was made from."""
    some = known.select(range(0, len(known), 4))
    pipeline = fast_pipeline().fit(list(some.texts), list(some.labels))
    theirs = _milliseconds(pipeline.predict_proba, known.texts)
    ours = _milliseconds(to_fast_model(pipeline).probabilities, known.texts)
    print(f"scikit-learn's pipeline: {theirs[0] / ours[0]:.1f} x for one, {theirs[1] / ours[1]:.1f} x for {_BATCH}")


def _milliseconds(predict: Callable[[list[str]], object], texts: tuple[str, ...]) -> tuple[float, float]:
    """Return the milliseconds for one ticket alone and for a batch, after a warm-up."""
    predict(list(texts[:_BATCH]))
    began = time.perf_counter()
    for text in texts[1::40]:
        predict([text])
    one = (time.perf_counter() - began) / len(texts[1::40])
    began = time.perf_counter()
    for start in range(0, 8 * _BATCH, _BATCH):
        predict(list(texts[start : start + _BATCH]))
    return one * 1e3, (time.perf_counter() - began) / 8 * 1e3


def _megabytes() -> int:
    return int(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    main()
