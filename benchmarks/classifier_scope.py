"""How many texts of other trades the classifier files, and how much it still answers of what it has learnt.

`--data bookshop` (the first model of the demo with its keywords) files 200 tickets of other trades, and does so again
having learnt nothing of trades like theirs; `clinc150` (learnt
from `train`) is asked `val` and `oos_val`; `banking77` (four fifths learnt) is asked its last fifth, HWU64, CLINC150.
The public sets are read from `SUPPORT_SHARED_DATA` (default: `../shared/data`).
"""

import argparse
import os
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.foreign_tickets import foreign_tickets
from classifier_service.classification import Ticket
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.models.familiarity import Familiarity
from classifier_service.pipeline import TicketClassifier, Versions
from classifier_service.rules.defaults import default_rules
from classifier_service.training.csv_tickets import Columns, read_labelled
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainingPlan, learn
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.labelled_texts import labelled_texts
from standalone.first_model import first_tickets

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "intents"
_UNTIL: Final = date(2026, 7, 1)
_OTHERS: Final = 2_000
_GOLDEN: Final = _ROOT / "tests" / "integration" / "classifier_service" / "golden_tickets.toml"
_LIKE_THESE: Final = (
    *("it_helpdesk", "software_products", "telecoms", "hr_payroll", "travel", "hotels", "taxis", "clinics"),
    *("pharmacies", "dentists_opticians", "maintenance", "utilities", "insurance", "building_supplies"),
)
"""The trades nearest to those of the foreign tickets: left out, to see how new trades are told."""


def main() -> None:
    """Learn, ask and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", choices=("bookshop", "clinc150", "banking77"), default="bookshop")
    parser.add_argument("--flavour", choices=tuple(Flavour), default=Flavour.FAST)
    parser.add_argument("--tickets", type=int, default=10_000, help="most tickets that are learnt from")
    parser.add_argument("--final", action="store_true", help="score the final half of the foreign tickets too")
    chosen = parser.parse_args()
    plan = TrainingPlan(Flavour(chosen.flavour), datetime(2026, 7, 1, tzinfo=UTC))
    if chosen.data == "bookshop":
        _bookshop(plan, is_final=chosen.final)
        return
    known, unseen, others = _clinc150() if chosen.data == "clinc150" else _banking77()
    mixed = np.random.default_rng(plan.seed).permutation(len(known))[: chosen.tickets]
    bundle, _out_of_fold = learn(known.select(np.sort(mixed)), plan)
    for name, texts in others.items():
        _tell(name, _confidences(bundle, unseen.texts), _confidences(bundle, texts), bundle.abstention_threshold)


def _bookshop(plan: TrainingPlan, *, is_final: bool) -> None:
    own = {
        "the demo's": [Ticket("", text) for text in labelled_texts(600, 77, read_effects(None), _UNTIL).texts],
        "golden": [Ticket(each["subject"], each["content"]) for each in tomllib.loads(_GOLDEN.read_text())["tickets"]],
    }
    for name, others in (("all trades", plan.others), ("none like these", plan.others.without(*_LIKE_THESE))):
        bundle, _out_of_fold = learn(first_tickets(_UNTIL), replace(plan, is_of_template=True, others=others))
        print(f"Learnt from {name}.")
        usual = {whose: _filed(bundle, tickets) for whose, tickets in own.items()}
        for half in ("development", "final") if is_final else ("development",):
            some = [each for each in foreign_tickets() if each.half == half]
            filed = _filed(bundle, [each.ticket for each in some])
            for whose, inside in usual.items():
                _tell(f"{half[:5]} {whose}", inside, filed, bundle.abstention_threshold)
            for trade in sorted({each.trade for each in some}):
                is_own = np.array([each.trade == trade for each in some])
                print(f"  {trade:10} filed {(filed[1] >= bundle.abstention_threshold)[is_own].mean():.1%}")


def _filed(bundle: ModelBundle, tickets: Sequence[Ticket]) -> NDArray[np.float64]:
    """Return confidences with the shop's keywords: the first row without familiarity, the second with it."""

    def asked(familiarity: Familiarity | None) -> list[float]:
        classifier = TicketClassifier(
            bundle.category_model,
            bundle.sentiment_model,
            default_rules(),
            Versions("bench", "default"),
            bundle.abstention_threshold,
            familiarity,
        )
        return [each.category.confidence for each in classifier.classify(tickets)]

    return np.array([asked(None), asked(bundle.familiarity)])


def _confidences(bundle: ModelBundle, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return confidences of the model alone: the first row without familiarity, the second with it."""
    probabilities = bundle.category_model.probabilities(texts)
    best = probabilities.max(axis=1).astype(np.float64)
    likeness = 1.0 if bundle.familiarity is None else bundle.familiarity.likeness(texts, probabilities)
    return np.array([best, best * likeness])


def _tell(name: str, known: NDArray[np.float64], others: NDArray[np.float64], threshold: float) -> None:
    for word, inside, outside in zip(("model alone", "with familiarity"), known, others, strict=True):
        area = roc_auc_score(np.arange(len(inside) + len(outside)) < len(inside), np.concatenate([inside, outside]))
        print(
            f"{name:16} {word:17} AUC {area:.3f}  of {len(outside)} others filed {(outside >= threshold).mean():.1%}  "
            f"of {len(inside)} of its own answered {(inside >= threshold).mean():.1%}  at {threshold:.2f}",
            flush=True,
        )


def _clinc150() -> tuple[LabelledTickets, LabelledTickets, dict[str, tuple[str, ...]]]:
    path = _DATA / "clinc150_train_val.json"
    known, unseen, others = (read_labelled(path, Columns(), [part]) for part in ("train", "val", "oos_val"))
    return known.as_read(), unseen.as_read(), {"CLINC150 oos": others.as_read().texts}


def _banking77() -> tuple[LabelledTickets, LabelledTickets, dict[str, tuple[str, ...]]]:
    tickets = read_labelled(_DATA / "banking77_train.csv", Columns()).as_read()
    mixed = np.random.default_rng(0).permutation(len(tickets))
    cut = len(mixed) * 4 // 5
    hwu64 = read_labelled(_DATA / "hwu64_fold1_train.csv", Columns()).as_read().texts[::5]
    clinc = read_labelled(_DATA / "clinc150_train_val.json", Columns(), ["val"]).as_read().texts
    others = {"HWU64": hwu64[:_OTHERS], "CLINC150": clinc[:_OTHERS]}
    return tickets.select(mixed[:cut]), tickets.select(mixed[cut:]), others


if __name__ == "__main__":
    main()
