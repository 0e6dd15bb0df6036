"""What retraining learns from 50 corrections of a category that the champion does not know, and from bad ones.

`--data bookshop` takes the demo bookshop's texts; `banking77` and `hwu64` take fifteen categories of public sets in
`SUPPORT_SHARED_DATA` (default: `../shared/data`). Each run withholds one category, trains a champion on the others, and
teaches the category by 50 corrections of which none, or three in ten, are wrong. Figures are on texts new to both.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.training.comparison import Comparison, compare
from classifier_service.training.csv_tickets import Columns, read_labelled
from classifier_service.training.evaluation import answer
from classifier_service.training.evidence import gather_evidence
from classifier_service.training.labelled_tickets import CORRECTED_WEIGHT, LabelledTickets
from classifier_service.training.train import TrainedModel, TrainingPlan, learn, train
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.labelled_texts import labelled_texts

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "intents"
_FILES: Final = {"banking77": "banking77_train.csv", "hwu64": "hwu64_fold1_train.csv"}
_CORRECTIONS: Final = 50
_WRONG: Final = 15
_CATEGORIES: Final = 15
_BATCHES: Final = ("right", "others called new", "new called others")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A champion's tickets, corrections of a category that it does not know, and tickets new to everybody."""

    history: LabelledTickets
    withheld: str
    taught: LabelledTickets
    strays: LabelledTickets
    unseen: LabelledTickets

    def batch(self, kind: str, seed: int) -> LabelledTickets:
        """Return 50 corrections, three in ten of them wrong unless the batch is right."""
        chance = np.random.default_rng(seed)
        others = sorted(set(self.history.labels))
        texts, labels = list(self.taught.texts), [self.withheld] * _CORRECTIONS
        for place in range(_WRONG if kind != _BATCHES[0] else 0):
            if kind == _BATCHES[1]:
                texts[place] = self.strays.texts[place]
            else:
                labels[place] = others[int(chance.integers(len(others)))]
        weights = (CORRECTED_WEIGHT,) * _CORRECTIONS
        return LabelledTickets(tuple(texts), tuple(labels), weights, (), (True,) * _CORRECTIONS)


def main() -> None:
    """Teach and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", choices=("bookshop", *_FILES), default="bookshop")
    parser.add_argument("--flavour", choices=tuple(Flavour), default=Flavour.FAST)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--categories", type=int, default=5, help="how many categories are withheld, one at a time")
    chosen = parser.parse_args()
    for seed in range(chosen.seeds):
        for lesson in _lessons(chosen.data, seed, chosen.categories):
            plan = TrainingPlan(Flavour(chosen.flavour), datetime(2026, 7, 1, tzinfo=UTC))
            champion, _out_of_fold = learn(lesson.history, plan)
            for kind in _BATCHES:
                trained = train(_with(lesson.history, lesson.batch(kind, seed)), plan)
                verdict = compare(gather_evidence(champion, trained))
                _tell(lesson, kind, champion, trained, verdict)


def _lessons(name: str, seed: int, most: int) -> Iterator[Lesson]:
    tickets = _bookshop(seed) if name == "bookshop" else _public(name, seed)
    chance = np.random.default_rng(seed)
    mixed = tickets.select(chance.permutation(len(tickets)))
    history, unseen = (mixed.select(np.arange(place, len(mixed), 2)).as_read() for place in (0, 1))
    counts = {label: history.labels.count(label) for label in sorted(set(tickets.labels))}
    enough = [label for label, count in counts.items() if count >= _CORRECTIONS]
    for withheld in chance.permutation(enough)[:most].tolist():
        is_new = np.array(history.labels) == withheld
        others = history.select(np.flatnonzero(~is_new))
        yield Lesson(
            history=others.select(np.arange(_WRONG, len(others))),
            withheld=withheld,
            taught=history.select(np.flatnonzero(is_new)[:_CORRECTIONS]),
            strays=others.select(np.arange(_WRONG)),
            unseen=unseen,
        )


def _bookshop(seed: int) -> LabelledTickets:
    return labelled_texts(1_500, 100 + seed, read_effects(None), date(2026, 7, 1))


def _public(name: str, seed: int) -> LabelledTickets:
    tickets = read_labelled(_DATA / _FILES[name], Columns())
    common = [label for label in sorted(set(tickets.labels)) if tickets.labels.count(label) >= 2 * _CORRECTIONS + 20]
    kept = set(np.random.default_rng(seed).permutation(common)[:_CATEGORIES].tolist())
    return tickets.select([place for place, label in enumerate(tickets.labels) if label in kept])


def _with(history: LabelledTickets, batch: LabelledTickets) -> LabelledTickets:
    plain = LabelledTickets(history.texts, history.labels, (1.0,) * len(history), (), (False,) * len(history))
    return plain.and_also(batch)


def _tell(lesson: Lesson, kind: str, champion: ModelBundle, trained: TrainedModel, verdict: Comparison) -> None:
    is_new = np.array(lesson.unseen.labels) == lesson.withheld
    others = lesson.unseen.select(np.flatnonzero(~is_new))
    said = _filed(trained.bundle, lesson.unseen) == lesson.withheld
    recall, precision = (said & is_new).sum() / is_new.sum(), (said & is_new).sum() / max(said.sum(), 1)
    before, after = (_shares(each, others) for each in (champion, trained.bundle))
    mark = "promoted" if verdict.is_better else "kept"
    print(
        f"{lesson.withheld:28.28} {kind:17} {mark:8} recall {recall:.3f} precision {precision:.3f}; others: likeliest "
        f"right {before[0]:.3f} -> {after[0]:.3f}, filed rightly {before[1]:.3f} -> {after[1]:.3f}. {verdict.reason}",
        flush=True,
    )


def _shares(bundle: ModelBundle, tickets: LabelledTickets) -> tuple[float, float]:
    """Return the share of tickets whose likeliest category is right, and of those that are filed rightly."""
    answers = answer(bundle.category_model, tickets, bundle.familiarity)
    is_filed = answers.confidence >= bundle.abstention_threshold
    return float(answers.is_right.mean()), float((answers.is_right & is_filed).mean())


def _filed(bundle: ModelBundle, tickets: LabelledTickets) -> NDArray[np.str_]:
    answers = answer(bundle.category_model, tickets, bundle.familiarity)
    return np.where(answers.confidence >= bundle.abstention_threshold, np.array(answers.predicted), "")


if __name__ == "__main__":
    main()
