"""Very unequal categories: macro-F1 and the cost of training, against scikit-learn's LinearSVC on the same tickets.

Reads BANKING77's training half in `SUPPORT_SHARED_DATA` (default: `../shared/data`). Its 77 categories are put into
seven, the largest with `--shares` of 70, the smallest with 0.5 % of the tickets, and a tenth of the labels is wrong.
Of each of the 77, three fifths may be learnt from, and the rest is answered. A ticket is one text, or with
`--questions 5` five: three of its category and two of any, so that tickets are long and their topics mixed.
"""

import argparse
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from benchmarks.intent_data import training_half
from benchmarks.kept_vectors import kept_encoder
from classifier_service.models.bundle import Flavour
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainingPlan, train

_SHARES: Final = (70.0, 18.0, 6.0, 3.0, 1.5, 1.0, 0.5)
_WRONG_LABELS: Final = 0.1
_LEARNT: Final = 0.6
_OWN_SHARE: Final = 0.6
_LEAST: Final = 6


@dataclass(frozen=True, slots=True)
class _Pool:
    """Texts, and for each of the seven categories the places of those that belong to it."""

    texts: tuple[str, ...]
    of_category: tuple[NDArray[np.int64], ...]


def main() -> None:
    """Make the tickets, train, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=4_000, help="tickets to learn from")
    parser.add_argument("--answered", type=int, default=2_500)
    parser.add_argument("--questions", type=int, default=1)
    parser.add_argument("--flavour", nargs="+", choices=tuple(Flavour), default=[Flavour.FAST])
    parser.add_argument("--shares", nargs="+", type=float, default=_SHARES)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    chosen = parser.parse_args()
    for seed in chosen.seeds:
        chance = np.random.default_rng(seed)
        known, others = (
            _tickets(pool, count, chosen.questions, np.array(chosen.shares), chance)
            for pool, count in zip(
                _pools(np.array(chosen.shares), chance), (chosen.tickets, chosen.answered), strict=True
            )
        )
        length = np.mean([len(text) for text in known.texts])
        print(f"seed {seed}: {len(known)} learnt of {length:.0f} characters, {len(others)} answered", flush=True)
        _rivals(known, others)
        for flavour in chosen.flavour:
            _ours(known, others, Flavour(flavour))


def _pools(shares: NDArray[np.float64], chance: np.random.Generator) -> tuple[_Pool, _Pool]:
    """Put the categories into as many as there are shares, more into larger ones, and divide the texts of each."""
    tickets = training_half("banking77")
    labels = np.array(tickets.labels)
    names = chance.permutation(np.unique(labels))
    ends = np.round(np.cumsum(shares) / shares.sum() * (len(names) - len(shares))).astype(int)
    group_of = np.searchsorted(ends + np.arange(1, len(shares) + 1), np.arange(len(names)), side="right")
    group = dict(zip(names.tolist(), group_of.tolist(), strict=True))
    belongs = np.array([group[label] for label in tickets.labels])
    learnt = np.zeros(len(labels), bool)
    for name in names.tolist():
        places = chance.permutation(np.flatnonzero(labels == name))
        learnt[places[: round(_LEARNT * len(places))]] = True
    first, second = (
        _Pool(tickets.texts, tuple(np.flatnonzero(part & (belongs == each)) for each in range(len(shares))))
        for part in (learnt, ~learnt)
    )
    return first, second


def _tickets(
    pool: _Pool, count: int, questions: int, shares: NDArray[np.float64], chance: np.random.Generator
) -> LabelledTickets:
    """Make tickets by the shares; with one question each, no text is used twice."""
    anywhere = np.concatenate(pool.of_category)
    own = max(1, round(questions * _OWN_SHARE))
    texts, labels = [], []
    for category, places in enumerate(pool.of_category):
        wanted = max(_LEAST, round(count * shares[category] / shares.sum()))
        if questions == 1:
            drawn = chance.permutation(places)[:wanted, None]
        else:
            drawn = np.hstack(
                [chance.choice(places, (wanted, own)), chance.choice(anywhere, (wanted, questions - own))]
            )
        for row in chance.permuted(drawn, axis=1).tolist():
            texts.append(" ".join(pool.texts[place] for place in row))
            labels.append(f"queue_{category + 1}")
    named = np.array(labels)
    wrong = np.flatnonzero(chance.random(len(named)) < _WRONG_LABELS)
    named[wrong] = named[chance.permutation(wrong)]
    order = chance.permutation(len(named)).tolist()
    return LabelledTickets(tuple(texts[place] for place in order), tuple(named[order].tolist()))


def _rivals(known: LabelledTickets, others: LabelledTickets) -> None:
    for name, weight in (("LinearSVC", None), ("LinearSVC, balanced", "balanced")):
        began = time.process_time()
        rival = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LinearSVC(class_weight=weight, random_state=0)
        ).fit(known.texts, known.labels)
        seconds = time.process_time() - began
        _say(name, rival.predict(others.texts), others, seconds)


def _ours(known: LabelledTickets, others: LabelledTickets, flavour: Flavour) -> None:
    """Train as `classifier train` does, with a fifth held out and two models made; the texts are encoded before."""
    encoder = kept_encoder("unequal") if flavour is Flavour.ACCURATE else None
    if encoder is not None:
        encoder([*known.texts, *others.texts])
    began = time.process_time()
    trained = train(known, TrainingPlan(flavour, datetime.now(UTC), encoder=encoder))
    seconds = time.process_time() - began
    model = trained.bundle.category_model
    predicted = np.array(model.classes)[model.probabilities(others.texts).argmax(axis=1)]
    _say(flavour, predicted, others, seconds)


def _say(name: str, predicted: NDArray[np.str_], others: LabelledTickets, seconds: float) -> None:
    right = np.array(others.labels)
    macro = f1_score(right, predicted, average="macro", zero_division=0)
    print(
        f"  {name:22} macro-F1 {macro:.3f}, accuracy {(predicted == right).mean():.3f}, {seconds:.1f} CPU-s",
        flush=True,
    )


if __name__ == "__main__":
    main()
